package io.thicket.sim.kernel;

import io.thicket.agent.port.Timers;
import org.jspecify.annotations.Nullable;

/** Something that will happen. Ordered by time, then as {@link Simulation} says. */
public final class Event implements Timers.Handle {
    private final EventQueue queue;
    private final long atUs;
    private final long order;
    private @Nullable Runnable task;

    /** Whose timer it is; null if it is none. */
    private final @Nullable VirtualTimers timers;

    /** In the same list of the {@link EventRing}. */
    @Nullable
    Event next;

    /** In the list of {@link #timers}. */
    @Nullable
    Event sibling;

    Event(EventQueue queue, long atUs, long order, Runnable task, @Nullable VirtualTimers timers) {
        this.queue = queue;
        this.atUs = atUs;
        this.order = order;
        this.task = task;
        this.timers = timers;
    }

    public long atUs() {
        return atUs;
    }

    long order() {
        return order;
    }

    boolean isBefore(Event other) {
        return atUs < other.atUs || atUs == other.atUs && order < other.order;
    }

    public int owner() {
        return Simulation.ownerIn(order);
    }

    /** Takes it back; nothing happens if it ran already. */
    @Override
    public void cancel() {
        if (task != null) {
            task = null;
            queue.onCancelled();
            forget();
        }
    }

    /** Whether it waits still. */
    public boolean isPending() {
        return task != null;
    }

    void run() {
        Runnable due = task;
        task = null;
        if (due != null) {
            forget();
            due.run();
        }
    }

    private void forget() {
        VirtualTimers its = timers;
        if (its != null) {
            its.forget(this);
        }
    }
}
