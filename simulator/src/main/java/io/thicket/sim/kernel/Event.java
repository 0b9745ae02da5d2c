package io.thicket.sim.kernel;

import org.jspecify.annotations.Nullable;

/** Something that will happen. Ordered by time, then as {@link Simulation} says. */
public final class Event {
    private final EventQueue queue;
    private final long atUs;
    private final long order;
    private final int owner;
    private @Nullable Runnable task;

    /** In the same list of the {@link EventRing}. */
    @Nullable
    Event next;

    Event(EventQueue queue, long atUs, long order, int owner, Runnable task) {
        this.queue = queue;
        this.atUs = atUs;
        this.order = order;
        this.owner = owner;
        this.task = task;
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
        return owner;
    }

    /** Takes it back; nothing happens if it ran already. */
    public void cancel() {
        if (task != null) {
            task = null;
            queue.onCancelled();
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
            due.run();
        }
    }
}
