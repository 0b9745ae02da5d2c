package io.thicket.sim.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The event queue and the virtual clock. Time jumps to the next event. Of the events of one instant those of nobody run first, then
 * those of the nodes in the order of their numbers; of one node's first what was scheduled by {@link #schedule}, then its timers, each
 * in the order in which they were scheduled. So it does not matter to other nodes when a node made up its mind. Single-threaded; times
 * are microseconds since the start of the simulation.
 */
public final class Simulation {
    /** The owner of an event that belongs to no node (a fault, the end of a phase). */
    public static final int NOBODY = -1;

    /** Most events that may wait; more is a leak in what is simulated. */
    public static final int MAX_PENDING_EVENTS = 10_000_000;

    /** In the order among the events of an instant: below it is how many were scheduled before, which takes years to get so far. */
    private static final int TIMER_BIT = 39;

    /** Above it is the owner, of whom there can be eight million. */
    private static final int OWNER_SHIFT = TIMER_BIT + 1;

    private final List<EventObserver> observers = new ArrayList<>();
    private final EventQueue queue = new EventQueue();
    private long nowUs;
    private long nextSequence;
    private long executed;

    /** Hears of every event after it ran; an exception of an observer ends the run. */
    public void observe(EventObserver observer) {
        observers.add(observer);
    }

    public long nowUs() {
        return nowUs;
    }

    /** The time in ms, rounded down. */
    public long nowMs() {
        return nowUs / 1000;
    }

    /** How many events ran so far. */
    public long executedEvents() {
        return executed;
    }

    /** How many events wait. */
    public int pendingEvents() {
        return queue.size();
    }

    /**
     * Runs {@code task} at {@code atUs}, or now if that is past.
     *
     * @param owner the node that the task touches, or {@link #NOBODY}
     */
    public Event schedule(int owner, long atUs, Runnable task) {
        return schedule(owner, atUs, task, null, nextSequence++);
    }

    /**
     * Places for {@code count} events, as if they were scheduled now: {@link #scheduleAt} takes the first, which is returned, and those
     * that follow. So that many that are known from the start need not wait in the queue all the time.
     */
    public long reserve(int count) {
        long first = nextSequence;
        nextSequence += count;
        return first;
    }

    /** As {@link #schedule} when {@code place} was reserved; nothing that would run later at that instant may have run. */
    public Event scheduleAt(long place, int owner, long atUs, Runnable task) {
        return schedule(owner, atUs, task, null, place);
    }

    /** The same behind all else that {@code owner} does at that instant. */
    Event scheduleTimer(int owner, long atUs, Runnable task, VirtualTimers timers) {
        return schedule(owner, atUs, task, timers, nextSequence++);
    }

    /** Who owns the event of that place in the order. */
    static int ownerIn(long order) {
        return (int) (order >> OWNER_SHIFT) + NOBODY;
    }

    private Event schedule(int owner, long atUs, Runnable task, @Nullable VirtualTimers timers, long sequence) {
        if (pendingEvents() >= MAX_PENDING_EVENTS) {
            throw new IllegalStateException(MAX_PENDING_EVENTS + " events wait: something schedules without end");
        }
        long kind = timers == null ? 0 : 1;
        long order = (long) (owner - NOBODY) << OWNER_SHIFT | kind << TIMER_BIT | sequence;
        Event event = new Event(queue, Math.max(atUs, nowUs), order, task, timers);
        queue.add(event);
        return event;
    }

    /** Runs the next event; false if there is none. */
    public boolean step() {
        Event event = queue.poll(Long.MAX_VALUE);
        if (event == null) {
            return false;
        }
        step(event);
        return true;
    }

    private void step(Event event) {
        nowUs = event.atUs();
        executed++;
        event.run();
        for (int i = 0; i < observers.size(); i++) {
            observers.get(i).afterEvent(nowUs, executed, event.owner());
        }
    }

    /** Runs every event up to and including {@code untilUs} and leaves the clock there. */
    public void runUntil(long untilUs) {
        for (Event due = queue.poll(untilUs); due != null; due = queue.poll(untilUs)) {
            step(due);
        }
        nowUs = Math.max(nowUs, untilUs);
    }

    /** Runs every event before {@code atUs} and leaves the clock there, where nothing has happened yet. */
    public void runBefore(long atUs) {
        while (nextEventUs() < atUs) {
            step();
        }
        nowUs = Math.max(nowUs, atUs);
    }

    /** Runs until {@code condition} holds after an event, or until {@code limitUs}; says whether it held. */
    public boolean runUntil(BooleanSupplier condition, long limitUs) {
        boolean holds = condition.getAsBoolean();
        while (!holds && nextEventUs() <= limitUs) {
            step();
            holds = condition.getAsBoolean();
        }
        if (!holds) {
            nowUs = Math.max(nowUs, limitUs);
        }
        return holds;
    }

    /** When the next event is due, {@link Long#MAX_VALUE} if none waits. */
    public long nextEventUs() {
        Event next = queue.peek();
        return next == null ? Long.MAX_VALUE : next.atUs();
    }

    /** Hears of events. */
    @FunctionalInterface
    public interface EventObserver {
        /**
         * An event ran.
         *
         * @param number of the event, from 1
         * @param owner the node that it touched, or {@link #NOBODY}
         */
        void afterEvent(long nowUs, long number, int owner);
    }
}
