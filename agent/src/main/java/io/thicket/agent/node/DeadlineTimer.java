package io.thicket.agent.node;

import io.thicket.agent.port.Timers;
import io.thicket.routing.MeshRouter;
import org.jspecify.annotations.Nullable;

/** One armed timer that follows a deadline which moves with every call. */
abstract class DeadlineTimer implements Runnable {
    private final Timers timers;
    private Timers.@Nullable Handle handle;
    private long armedForMs = MeshRouter.NEVER;
    private boolean closed;

    DeadlineTimer(Timers timers) {
        this.timers = timers;
    }

    /** Called at or after each time that {@link #rearm} was told. */
    abstract void onTime();

    /** The deadline as it is now, for an {@link #onTime} that did not come to tell it. */
    abstract long deadlineMs();

    /**
     * The deadline is {@code next} now, {@link MeshRouter#NEVER} for none. One that moved away is left to ring early, which is
     * harmless; one that came closer is armed anew.
     */
    final void rearm(long next) {
        if (next >= armedForMs || closed) {
            return;
        }
        if (handle != null) {
            handle.cancel();
        }
        armedForMs = next;
        handle = timers.at(next, this);
    }

    final void stop() {
        closed = true;
        if (handle != null) {
            handle.cancel();
        }
    }

    /** It rings; for the loop. */
    @Override
    public final void run() {
        armedForMs = MeshRouter.NEVER;
        handle = null;
        try {
            onTime();
        } finally {
            rearm(deadlineMs()); // A task that threw must not stop the clock, whatever it armed before.
        }
    }
}
