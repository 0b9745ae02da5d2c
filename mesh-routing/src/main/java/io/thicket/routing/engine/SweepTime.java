package io.thicket.routing.engine;

import io.thicket.routing.MeshRouter;
import io.thicket.routing.engine.RuleSwitches.Rule;

/**
 * When something in the routing table is over at the earliest. Until then a sweep has nothing to do, so that an idle second costs the
 * same however many destinations are held. Too early is harmless, too late is not: whatever changes an entry says so.
 */
final class SweepTime {
    /** Even if nothing is due: {@link RouteEntry#isInUse} keeps half of a time, which must not come round again. */
    private static final long LONGEST_MS = 3_600_000;

    private final RuleSwitches rules;
    private long atMs = Long.MIN_VALUE;

    SweepTime(RuleSwitches rules) {
        this.rules = rules;
    }

    boolean isDue(long nowMs) {
        return nowMs >= atMs;
    }

    long atMs() {
        return atMs;
    }

    /** A sweep begins; it names each entry that it leaves in the table. */
    void begin(long nowMs) {
        atMs = nowMs + LONGEST_MS;
    }

    /** Many entries have changed: the next sweep looks at all of them. */
    void changedMany() {
        atMs = Long.MIN_VALUE;
    }

    /** This entry is new or has changed. */
    void changed(RouteEntry entry) {
        atMs = Math.min(atMs, dueAtMs(entry));
    }

    private long dueAtMs(RouteEntry entry) {
        boolean hasAlternates = !entry.alternates.isEmpty();
        if (!entry.active && hasAlternates) {
            return Long.MIN_VALUE; // one of them may become usable at any time
        }
        Candidate current = entry.current;
        if (current == null && !hasAlternates) {
            return rules.isOn(Rule.U6_HOLD) ? entry.holdUntilMs + 1 : Long.MIN_VALUE;
        }
        long dueMs = current == null ? MeshRouter.NEVER : entry.validUntilMs;
        dueMs = Math.min(dueMs, entry.settleAtMs);
        for (int i = 0; i < entry.alternates.size(); i++) {
            Candidate alternate = entry.alternates.get(i);
            dueMs = Math.min(
                    dueMs, alternate.storedAtMs + alternate.hop.parameters().alternateLifeMs());
        }
        return dueMs;
    }
}
