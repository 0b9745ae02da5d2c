package io.thicket.sim.kernel;

import io.thicket.agent.port.Timers;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The loop and the clock of one boot of one node. {@link #kill} is the power cut: nothing that was scheduled runs any
 * more and nothing new is taken. The clock starts at an offset of its own, because no two machines share a monotonic
 * clock and code that mixes them up must fail here.
 */
public final class VirtualTimers implements Timers {
    /** Most timers and tasks of one node that may wait. */
    public static final int MAX_PENDING = 100_000;

    private static final int CLOCK_STEPS = 24;
    private static final int KILLED = -1;

    private final Simulation simulation;
    private final int node;
    private final long offsetMs;

    /** What waits, the newest first: a list of siblings. */
    private @Nullable Event newest;

    /** {@link #KILLED} after the power cut. */
    private int pending;

    /** Null of a clock that keeps the simulation's time, as almost all do: it is asked at every call. */
    private final @Nullable LongUnaryOperator aheadMs;

    /**
     * Timers of {@code node}, whose clock keeps the simulation's time.
     *
     * @param offsetMs what this node's clock shows at the start of the simulation
     */
    public VirtualTimers(Simulation simulation, int node, long offsetMs) {
        this(simulation, node, offsetMs, null);
    }

    /**
     * Timers of a node whose clock does not keep the simulation's time.
     *
     * @param aheadMs how far it is ahead at a time of the simulation, ms; it may change by less than a tenth of the time that passes;
     *     null if it is never ahead
     */
    public VirtualTimers(Simulation simulation, int node, long offsetMs, @Nullable LongUnaryOperator aheadMs) {
        this.simulation = simulation;
        this.node = node;
        this.offsetMs = offsetMs;
        this.aheadMs = aheadMs;
    }

    @Override
    public long nowMs() {
        return local(simulation.nowMs()) + offsetMs;
    }

    @Override
    public Handle at(long atMs, Runnable task) {
        if (!isAlive()) {
            return () -> {};
        }
        // The node's ms tick over at whole ms of the simulation, so "at" never fires before nowMs() shows it.
        long simulatedMs = atMs >= Long.MAX_VALUE / 2000 ? Long.MAX_VALUE / 2000 : simulated(atMs - offsetMs);
        return schedule(simulatedMs * 1000, task);
    }

    private long local(long simulatedMs) {
        LongUnaryOperator ahead = aheadMs;
        return ahead == null ? simulatedMs : simulatedMs + ahead.applyAsLong(simulatedMs);
    }

    /** The first ms of the simulation at which the clock shows {@code localMs}; each step leaves a tenth of the error. */
    private long simulated(long localMs) {
        LongUnaryOperator ahead = aheadMs;
        if (ahead == null) {
            return localMs;
        }
        long simulatedMs = localMs;
        for (int i = 0; i < CLOCK_STEPS && local(simulatedMs) != localMs; i++) {
            simulatedMs = localMs - ahead.applyAsLong(simulatedMs);
        }
        while (local(simulatedMs) < localMs) {
            simulatedMs++;
        }
        return simulatedMs;
    }

    @Override
    public boolean post(Runnable task) {
        if (!isAlive()) {
            return false;
        }
        schedule(simulation.nowUs(), task);
        return true;
    }

    /** How many timers and posted tasks wait. */
    public int pending() {
        return Math.max(0, pending);
    }

    public boolean isAlive() {
        return pending != KILLED;
    }

    /** Ends this boot: every timer and task dies. */
    public void kill() {
        for (Event timer = newest; timer != null; timer = newest) {
            timer.cancel();
        }
        pending = KILLED;
    }

    private Handle schedule(long atUs, Runnable task) {
        if (pending >= MAX_PENDING) {
            throw new IllegalStateException("node " + node + " has " + MAX_PENDING + " timers");
        }
        Event timer = simulation.scheduleTimer(node, atUs, task, this);
        timer.sibling = newest;
        newest = timer;
        pending++;
        return timer;
    }

    /** It was cancelled or is about to run. Nearly always a node has this one alone. */
    void forget(Event timer) {
        if (newest == timer) {
            newest = timer.sibling;
        } else {
            youngerThan(timer).sibling = timer.sibling;
        }
        timer.sibling = null;
        pending--;
    }

    private Event youngerThan(Event timer) {
        for (Event each = newest; each != null; each = each.sibling) {
            if (each.sibling == timer) {
                return each;
            }
        }
        throw new AssertionError("no timer of node " + node);
    }
}
