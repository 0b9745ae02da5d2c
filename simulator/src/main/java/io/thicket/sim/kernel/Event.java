package io.thicket.sim.kernel;

import org.jspecify.annotations.Nullable;

/** Something that will happen. Ordered by time, then by the order of scheduling. */
public final class Event implements Comparable<Event> {
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

    @Override
    public int compareTo(Event other) {
        int byTime = Long.compare(atUs, other.atUs);
        return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(sequence);
    }
}
