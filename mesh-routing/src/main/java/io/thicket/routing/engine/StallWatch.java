package io.thicket.routing.engine;

/** Notices that the node stood still, and until when what it hears after that may be of before (4.1 I21). */
final class StallWatch {
    /** A delay beyond this (or a quarter of D) means that the node stood still. */
    static final long STALL_MS = 1_000;

    /** After a stall, what waited in sockets and queues is read within this time, and thrown away. */
    private static final long DRAIN_MS = 1_000;

    private final Links links;

    /** Nothing that waited meanwhile may be heard until the deadlines were served. */
    private boolean stalled;

    /** The end of the time after a stall in which frames of before it may still come up. */
    private long deafUntilMs = Long.MIN_VALUE / 2;

    StallWatch(Links links) {
        this.links = links;
    }

    /** True if a call at this time, with that deadline, is the first one after the node stood still. */
    boolean begins(long nowMs, long lateMs) {
        if (stalled || lateMs <= STALL_MS || lateMs <= links.messageLifeMs() / 4) {
            return false;
        }
        stalled = true;
        deafUntilMs = nowMs + DRAIN_MS;
        return true;
    }

    /** What comes in may have waited. A loop serves its deadlines before it reads what waited: nobody can tell how old that is. */
    boolean isDeaf(long nowMs) {
        return stalled || nowMs - deafUntilMs < 0;
    }

    /** The deadlines are being served. Whether that ends a stall. */
    boolean ends() {
        boolean ended = stalled;
        stalled = false;
        return ended;
    }
}
