package io.thicket.agent.port;

/** The node's own time and its loop. One implementation waits for real, the other is the simulator's event queue. */
public interface Timers {
    /** Milliseconds of one monotonic clock. */
    long nowMs();

    /** Runs {@code task} on the loop at {@code atMs} or later. Called on the loop only. */
    Handle at(long atMs, Runnable task);

    /** Runs {@code task} on the loop soon. May be called from any thread. Returns false if the loop has ended or its queue is full. */
    boolean post(Runnable task);

    /** Whether the caller is on the loop. May be called from any thread; where there is one thread only, always true. */
    default boolean isOnLoop() {
        return true;
    }

    /** Tasks that threw. */
    default long errors() {
        return 0;
    }

    /** Posts refused because the queue was full or the loop had ended. */
    default long refusedPosts() {
        return 0;
    }

    /** A timer that can be taken back. */
    interface Handle {
        void cancel();
    }
}
