package io.thicket.agent.node;

import io.thicket.agent.port.Timers;
import io.thicket.routing.MeshRouter;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** One armed timer that follows a deadline which moves with every call. */
final class DeadlineTimer {
    private final Timers timers;
    private final Runnable onTime;
    private final LongSupplier deadline;
    private Timers.@Nullable Handle handle;
    private long armedForMs = MeshRouter.NEVER;
    private boolean closed;

    /** {@code onTime} runs at or after each time that {@code deadline} gives, {@link MeshRouter#NEVER} for none. */
    DeadlineTimer(Timers timers, Runnable onTime, LongSupplier deadline) {
        this.timers = timers;
        this.onTime = onTime;
        this.deadline = deadline;
    }

    /** A deadline that moved away is left to ring early, which is harmless; one that came closer is armed anew. */
    void rearm() {
        long next = deadline.getAsLong();
        if (closed || next >= armedForMs) {
            return;
        }
        if (handle != null) {
            handle.cancel();
        }
        armedForMs = next;
        handle = timers.at(next, this::ring);
    }

    void close() {
        closed = true;
        if (handle != null) {
            handle.cancel();
        }
    }

    private void ring() {
        armedForMs = MeshRouter.NEVER;
        handle = null;
        try {
            onTime.run();
        } finally {
            rearm(); // A task that threw must not stop the clock.
        }
    }
}
