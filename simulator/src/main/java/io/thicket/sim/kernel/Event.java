package io.thicket.sim.kernel;

import org.jspecify.annotations.Nullable;

/** Something that will happen. Ordered by time, then by the order of scheduling. */
public final class Event {
    private final Simulation simulation;
    private final long atUs;
    private final long sequence;
    private final int owner;
    private @Nullable Runnable task;

    Event(Simulation simulation, long atUs, long sequence, int owner, Runnable task) {
        this.simulation = simulation;
        this.atUs = atUs;
        this.sequence = sequence;
        this.owner = owner;
        this.task = task;
    }

    public long atUs() {
        return atUs;
    }

    long sequence() {
        return sequence;
    }

    public int owner() {
        return owner;
    }

    /** Takes it back; nothing happens if it ran already. */
    public void cancel() {
        if (task != null) {
            task = null;
            simulation.onCancelled();
        }
    }

    /** Whether it waits still. */
    public boolean isPending() {
        return task != null;
    }

    boolean isCancelled() {
        return task == null;
    }

    void run() {
        Runnable due = task;
        task = null;
        if (due != null) {
            due.run();
        }
    }
}
