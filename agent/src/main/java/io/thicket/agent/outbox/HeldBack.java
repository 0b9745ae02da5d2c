package io.thicket.agent.outbox;

import io.thicket.routing.MeshRouter;
import java.util.Comparator;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The readings of an outbox that were called too large, each alone, until they are tried again. What one hop says of the links behind it may
 * be wrong, the router may find another way, and a link of small frames may be a wide one again soon.
 *
 * <p>There may be as many as the outbox has room for: no call looks at all of them, {@link #makeDue} alone at up to half.
 */
final class HeldBack {
    /** Of outboxes that hold nothing back, which is nearly all. Never written to; made before any time, as clocks may begin below 0. */
    static final HeldBack NOTHING = new HeldBack(Long.MIN_VALUE);

    /** So often a reading is called too large before that is believed: with the pauses between, after two minutes or some more. */
    static final int MAX_REFUSALS = 12;

    static final long FIRST_PAUSE_MS = 1_000;
    static final long MAX_PAUSE_MS = 16_000;

    /** After so many refusals within {@link #BURST_MS} nothing is tried until these are over: a hop may answer at once. */
    static final int MAX_BURST = 32;

    static final long BURST_MS = 100;

    /**
     * After so many refusals within {@link #AGAIN_MS} of what had been refused before, no more of that is tried until these are over: a mesh in
     * which thousands are held back has other things to do, too. While the way takes them there is no such bound.
     */
    static final int MAX_AGAIN = 8;

    static final long AGAIN_MS = 1_000;

    private static final Comparator<Held> BY_DUE =
            Comparator.comparingLong(Held::dueMs).thenComparingLong(held -> held.reading().seq);

    private NavigableSet<Held> waiting = new TreeSet<>(BY_DUE);

    /** Those that are due whatever their pause says. */
    private NavigableSet<Held> asked = new TreeSet<>(BY_DUE);

    private long burstStartMs;
    private int burst;
    private long againStartMs;
    private int again;
    private long fullUntilMs;

    /**
     * A reading and the message it was in alone.
     *
     * @param number that of the message, by which it is repeated; 0 if none was made
     * @param turn of the message
     * @param dueMs when it may be tried again
     */
    record Held(KeptReading reading, long number, int turn, long dueMs) {}

    HeldBack(long nowMs) {
        burstStartMs = nowMs;
        againStartMs = nowMs;
        fullUntilMs = nowMs;
    }

    /** How long a reading waits that was refused so often, 1 to {@link #MAX_REFUSALS}. */
    static long pauseMs(int refusals) {
        return Math.min(MAX_PAUSE_MS, FIRST_PAUSE_MS << (refusals - 1));
    }

    void add(Held held) {
        waiting.add(held);
        held.reading().held = held;
    }

    void remove(Held held) {
        if (!waiting.remove(held)) {
            asked.remove(held);
        }
        held.reading().held = null;
    }

    /** Which is next; null if none is due or none may be tried. */
    @Nullable
    Held due(long nowMs) {
        if (isEmpty() || nextMs() > nowMs) {
            return null;
        }
        return asked.isEmpty() ? waiting.first() : asked.first();
    }

    /** When {@link #due} will have one, {@link MeshRouter#NEVER} if nothing is held back. */
    long nextMs() {
        if (isEmpty()) {
            return MeshRouter.NEVER;
        }
        long mayMs = again < MAX_AGAIN ? fullUntilMs : Math.max(fullUntilMs, againStartMs + AGAIN_MS);
        return asked.isEmpty() ? Math.max(mayMs, waiting.first().dueMs()) : mayMs;
    }

    /** All are due now. */
    void makeDue() {
        NavigableSet<Held> fewer = waiting;
        if (waiting.size() > asked.size()) {
            waiting = asked;
            asked = fewer;
            fewer = waiting;
        }
        asked.addAll(fewer);
        fewer.clear();
    }

    /** A reading was called too large, for so many times now. */
    void refused(long nowMs, int refusals) {
        if (nowMs - burstStartMs >= BURST_MS) {
            burstStartMs = nowMs;
            burst = 0;
        }
        burst++;
        if (refusals > 1) {
            if (nowMs - againStartMs >= AGAIN_MS) {
                againStartMs = nowMs;
                again = 0;
            }
            again++;
        }
    }

    /** From when on more may be found too large; a time that has passed if it may now. */
    long nextBurstMs() {
        return burst < MAX_BURST ? burstStartMs : burstStartMs + BURST_MS;
    }

    /** The router takes nothing before that. */
    void fullUntil(long ms) {
        fullUntilMs = ms;
    }

    boolean isEmpty() {
        return waiting.isEmpty() && asked.isEmpty();
    }
}
