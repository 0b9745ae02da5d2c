package io.thicket.routing.engine;

import io.thicket.routing.MeshRouter;
import io.thicket.routing.engine.RuleSwitches.Rule;
import java.util.List;

/**
 * When something in the routing table is over at the earliest. Until then a sweep has nothing to do, so that an idle second costs the
 * same however many destinations are held; and then it looks only at the entries of which something is over. Too early is harmless, too
 * late is not: whatever changes an entry says so.
 */
final class SweepTime {
    /** Even if nothing is due: an entry keeps halves of times, which must not come round again ({@link RouteEntry#limitAges}). */
    private static final long LONGEST_MS = 3_600_000;

    private final RuleSwitches rules;

    /** Their times are those at which something of them is over, ms since {@link #allAtMs}. */
    private final Destinations entries;

    private long atMs = Long.MIN_VALUE;

    /** When all entries were looked at last. */
    private long allAtMs = Long.MIN_VALUE / 2;

    private boolean manyChanged = true;

    SweepTime(RuleSwitches rules, Destinations entries) {
        this.rules = rules;
        this.entries = entries;
    }

    boolean isDue(long nowMs) {
        return nowMs >= atMs;
    }

    long atMs() {
        return atMs;
    }

    /** A sweep begins: what it has to look at. Each of these that it leaves in the table it names by {@link #changed}. */
    List<RouteEntry> begin(long nowMs) {
        boolean looksAtAll = manyChanged || nowMs - allAtMs >= LONGEST_MS;
        manyChanged = false;
        allAtMs = looksAtAll ? nowMs : allAtMs;
        atMs = allAtMs + LONGEST_MS;
        if (looksAtAll) {
            return entries;
        }
        int elapsedMs = (int) (nowMs - allAtMs);
        atMs = Math.min(atMs, allAtMs + entries.firstAfter(elapsedMs));
        return entries.upTo(elapsedMs);
    }

    /** Many entries have changed: the next sweep looks at all of them. */
    void changedMany() {
        manyChanged = true;
        atMs = Long.MIN_VALUE;
    }

    /** This entry is new or has changed, or was looked at. */
    void changed(long nowMs, RouteEntry entry) {
        long dueMs = dueAtMs(nowMs, entry);
        // After the longest time all are looked at, and this is set anew.
        entries.setTime(entry, (int) (Math.max(allAtMs, Math.min(dueMs, allAtMs + LONGEST_MS)) - allAtMs));
        atMs = Math.min(atMs, dueMs);
    }

    private long dueAtMs(long nowMs, RouteEntry entry) {
        boolean hasAlternates = entry.hasAlternates();
        if (!entry.isActive() && hasAlternates) {
            return Long.MIN_VALUE; // one of them may become usable at any time
        }
        Candidate current = entry.current();
        if (current == null && !hasAlternates) {
            return rules.isOn(Rule.U6_HOLD) ? entry.holdUntilMs(nowMs) + 1 : Long.MIN_VALUE;
        }
        long dueMs = current == null ? MeshRouter.NEVER : entry.validUntilMs(nowMs);
        if (entry.isSettling()) {
            dueMs = Math.min(dueMs, entry.settleAtMs(nowMs));
        }
        for (Alternate alternate = entry.alternates(); alternate != null; alternate = alternate.next) {
            long lifeMs = alternate.hop().parameters().alternateLifeMs();
            dueMs = Math.min(dueMs, nowMs - alternate.ageMs(nowMs) + lifeMs);
        }
        return dueMs;
    }
}
