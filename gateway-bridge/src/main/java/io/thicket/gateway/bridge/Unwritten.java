package io.thicket.gateway.bridge;

import io.thicket.routing.NodeId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;

/**
 * Readings that were heard and are in no page at the broker yet. They stay unanswered until they are, since what a page does not show would
 * be unknown after a restart; but only so many, because the broker stops when too much is unanswered.
 */
final class Unwritten {
    /** While it catches up a gateway leaves no more of its own readings unanswered; mosquitto stops at 20. */
    private static final int MAX = 16;

    /** No more are left unanswered at any time. A broker that keeps to the Receive Maximum of a gateway, 64, never comes there. */
    static final int MAX_OPEN = 1_024;

    private static final int MAX_OF_OTHERS = 8;
    /** From so many on the pages are written at once. */
    private static final int URGENT = 4;

    private static final long WRITTEN_WITHIN_MS = 10_000;

    private final BridgeEffects effects;
    private final Deque<Reading> readings = new ArrayDeque<>();
    private int ofOthers;
    /** Pages on their way to the broker and back. */
    private final Set<NodeId> pagesOut = new HashSet<>();

    private record Reading(long token, SiteNode node, long epoch, long seq, boolean own, long heardMs) {}

    Unwritten(BridgeEffects effects) {
        this.effects = effects;
    }

    /** Keeps a reading that came as {@code token}, and answers older ones if there are too many. */
    void add(long nowMs, long token, HeldReading.Key key, SiteNode node, boolean own, boolean upToDate) {
        if (!own && ofOthers >= MAX_OF_OTHERS) {
            answerOldestOfOthers();
        }
        readings.add(new Reading(token, node, key.epoch(), key.seq(), own, nowMs));
        node.unanswered++;
        ofOthers += own ? 0 : 1;
        // While it catches up: else the broker would not come to the marker.
        if (readings.size() > (upToDate ? MAX_OPEN : MAX)) {
            answer(readings.remove());
        }
    }

    /** The broker retains this page of {@code node}: what it shows is answered. */
    void written(SiteNode node, LedgerPage page) {
        if (node.unanswered == 0) {
            return; // nearly always: others' readings are answered long before
        }
        Iterator<Reading> all = readings.iterator();
        while (all.hasNext()) {
            Reading reading = all.next();
            if (reading.node() == node && page.contains(reading.epoch(), reading.seq())) {
                all.remove();
                answer(reading);
            }
        }
    }

    /** This page is on its way to the broker. */
    void writing(LedgerPage page) {
        pagesOut.add(page.node());
    }

    /** This page came back from the broker; nothing happens if it was not on its way. */
    void back(LedgerPage page) {
        pagesOut.remove(page.node());
    }

    /** Whether a page is on its way. */
    boolean isAnyOut() {
        return !pagesOut.isEmpty();
    }

    /** The broker stops when too much is unanswered; before that the pages are due, one round at a time. */
    boolean isUrgent() {
        return readings.size() >= URGENT && pagesOut.isEmpty();
    }

    /** If the broker does not take pages, hearing goes on without them. */
    void giveUp(long nowMs) {
        Reading oldest = readings.peek();
        if (oldest != null && nowMs - oldest.heardMs() >= WRITTEN_WITHIN_MS) {
            readings.forEach(reading -> effects.heard(reading.token()));
            clear();
        }
    }

    /** A new connection: no page is on its way. */
    void connected() {
        pagesOut.clear();
    }

    /** The connection is gone: they come again. */
    void clear() {
        readings.forEach(reading -> reading.node().unanswered = 0);
        readings.clear();
        ofOthers = 0;
        pagesOut.clear();
    }

    /** Readings of others are kept open, too, but only some: their gateways may be dead. */
    private void answerOldestOfOthers() {
        Iterator<Reading> all = readings.iterator();
        Reading oldest = all.next();
        while (oldest.own()) {
            oldest = all.next();
        }
        all.remove();
        answer(oldest);
    }

    private void answer(Reading reading) {
        reading.node().unanswered--;
        ofOthers -= reading.own() ? 0 : 1;
        effects.heard(reading.token());
    }
}
