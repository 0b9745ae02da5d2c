package io.thicket.routing.engine;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * When to send the next HELLO: RFC 6206 without suppression, since every HELLO is also a link measurement. One instance
 * per link.
 */
final class Trickle {
    /** Who asks for {@link #dueMs} so often that it is told of each change. */
    interface Listener {
        /** The next HELLO or interval change is due then. */
        void due(long atMs);
    }

    /** Twelve days: no interval is longer, whatever the link's class says. */
    private static final long MOST_MS = (1 << 30) - 1;

    private final int minMs;
    private int maxMs;
    private final RandomGenerator random;
    private int intervalMs;
    private long intervalStartMs;
    private long dueMs;
    private boolean sentInInterval;
    private boolean early;
    private long lastSentMs;

    /** What the last HELLO announced. */
    private int promisedMs = Integer.MAX_VALUE;

    private @Nullable Listener listener;

    Trickle(RoutingParameters parameters, RandomGenerator random, long nowMs) {
        this.minMs = (int) Math.min(MOST_MS, parameters.helloMinMs());
        this.maxMs = (int) Math.min(MOST_MS, parameters.helloMaxMs());
        this.random = random;
        this.lastSentMs = nowMs - minMs;
        begin(nowMs, minMs);
        // The first HELLO of a boot need not wait for half an interval; a jitter is enough against simultaneous
        // power-up,
        // and a restarted relay shall forward again within a second.
        dueMs = nowMs + random.nextLong(Math.max(1, minMs / 4));
    }

    /** From now on {@code who} hears of it. */
    void tell(Listener who) {
        listener = who;
        who.due(dueMs);
    }

    /** RFC 6206 s4.2: an inconsistency (new neighbour, a gateway's own uplink) starts again at Imin. */
    void reset(long nowMs) {
        if (intervalMs > minMs) {
            shorten(nowMs, minMs);
        }
    }

    /**
     * One HELLO within {@code withinMs} and no change of interval (2.5: a new Seq over a changed tree); a fifth of Imin
     * after the last one at the earliest, so that no amount of news makes more than five in Imin.
     */
    void sendEarly(long nowMs, long withinMs) {
        long due = earlyMs(nowMs, withinMs, minMs / 5);
        if (sentInInterval || due - dueMs < 0) {
            sendAt(due);
        }
    }

    /** The same, {@code apartMs} after the last one at the earliest; the next interval's own HELLO does if it may come before. */
    void sendApart(long nowMs, long withinMs, long apartMs) {
        long due = earlyMs(nowMs, withinMs, apartMs);
        if (due - dueMs < 0) {
            sendAt(due);
        }
    }

    private long earlyMs(long nowMs, long withinMs, long apartMs) {
        return Math.max(nowMs + random.nextLong(Math.max(1, withinMs)), lastSentMs + apartMs);
    }

    private void sendAt(long helloMs) {
        due(helloMs);
        sentInInterval = false;
        early = true;
    }

    /** No interval is longer than {@code longestMs} from now on, nor the present one. */
    void limit(long nowMs, long longestMs) {
        maxMs = (int) Math.min(MOST_MS, longestMs);
        if (intervalMs > maxMs) {
            shorten(nowMs, maxMs);
        }
    }

    /** When the next HELLO or interval change is due. */
    long dueMs() {
        return dueMs;
    }

    /** To be called at {@link #dueMs()}: true if a HELLO is to be sent now. */
    boolean fire(long nowMs) {
        long endMs = intervalStartMs + intervalMs;
        if (!sentInInterval) {
            sentInInterval = true;
            lastSentMs = nowMs;
            promisedMs = nextMs();
            due(Math.max(endMs, nowMs));
            return true;
        }
        begin(nowMs, Math.min(nextMs(), promisedMs)); // a limit that grew meanwhile is announced first
        return false;
    }

    /** Whether the HELLO that {@link #fire} just told of is the interval's own, not an early one for some news. */
    boolean wasRegular() {
        return !early;
    }

    /** What is due has to wait; the interval goes on. */
    void postpone(long untilMs) {
        due(Math.max(dueMs, untilMs));
    }

    /** The interval that follows the present one: what neighbours should expect. */
    long announcedIntervalMs() {
        return nextMs();
    }

    private int nextMs() {
        return Math.min(intervalMs * 2, maxMs); // fits, even twice the longest
    }

    /** A HELLO that was to come sooner than the new interval's comes in its place: it has news. */
    private void shorten(long nowMs, int lengthMs) {
        long helloMs = sentInInterval ? Long.MAX_VALUE : dueMs;
        begin(nowMs, lengthMs);
        due(Math.min(dueMs, helloMs));
    }

    private void due(long atMs) {
        dueMs = atMs;
        if (listener != null) {
            listener.due(atMs);
        }
    }

    private void begin(long nowMs, int lengthMs) {
        intervalMs = lengthMs;
        intervalStartMs = nowMs;
        due(nowMs + lengthMs / 2 + random.nextLong(Math.max(1, lengthMs / 2)));
        sentInInterval = false;
        early = false;
    }
}
