package io.thicket.routing.engine;

/** Replies in a row that one neighbour left unanswered, and until when it is therefore the last choice for one (2.5). */
final class ReplyFailures {
    /** For how long after the first, doubling to an hour. */
    private static final long BLACKLIST_MS = 60_000;

    private static final int BLACKLIST_DOUBLINGS = 6;

    private int inRow;
    private long untilMs;

    void add(long nowMs) {
        long forMs = BLACKLIST_MS << Math.min(inRow, BLACKLIST_DOUBLINGS);
        inRow++;
        untilMs = nowMs + Math.min(forMs, BLACKLIST_MS * 60);
    }

    boolean isLastChoice(long nowMs) {
        return untilMs - nowMs > 0;
    }
}
