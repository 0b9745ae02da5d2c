package io.thicket.agent.node;

import io.thicket.agent.port.Timers;
import io.thicket.routing.MeshRouter;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** One armed timer that follows a deadline which moves with every call. */
final class DeadlineTimer implements Runnable {
    private final Timers timers;
    private final Runnable onTime;
    private final LongSupplier deadline;
    private Timers.@Nullable Handle handle;
    private long armedForMs = MeshRouter.NEVER;
    private boolean closed;

    /**
     * {@code onTime} runs at or after each time that {@link #rearm} was told; {@code deadline} gives the same time, for an
     * {@code onTime} that did not come to tell it.
     */
    DeadlineTimer(Timers timers, Runnable onTime, LongSupplier deadline) {
        this.timers = timers;
        this.onTime = onTime;
        this.deadline = deadline;
    }

    /**
     * The deadline is {@code next} now, {@link MeshRouter#NEVER} for none. One that moved away is left to ring early, which is
     * harmless; one that came closer is armed anew.
     */
    void rearm(long next) {
        if (next >= armedForMs || closed) {
            return;
        }
        if (handle != null) {
            handle.cancel();
        }
        armedForMs = next;
        handle = timers.at(next, this);
    }

    void close() {
        closed = true;
        if (handle != null) {
            handle.cancel();
        }
    }

    /** It rings; for the loop. */
    @Override
    public void run() {
        armedForMs = MeshRouter.NEVER;
        handle = null;
        try {
            onTime.run();
        } finally {
            rearm(deadline.getAsLong()); // A task that threw must not stop the clock, whatever it armed before.
        }
    }
}
