package io.thicket.sim.bridge;

import io.thicket.sim.kernel.Simulation;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a simulation at the pace of a clock, and takes what comes from outside at the present time. A machine that cannot keep up
 * leaves the simulation behind, which then runs as fast as it can until it has caught up; how far it was behind is measured.
 */
final class RealTime {
    /** Events closer together than this are run at once: waiting has a price, too. */
    static final long LEAST_STEP_US = 1_000;

    /** Simulated time between two looks at what waits, if the simulation is behind. */
    static final long MOST_STEP_US = 10_000;

    /** Tasks taken between two steps, so that a flood of them cannot hold the simulation up. */
    static final int TASKS_PER_STEP = 256;

    /** A simulation that is further behind is late. */
    static final long LATE_US = 100_000;

    private static final long LONGEST_WAIT_US = 50_000;

    /** The queue, as it is waited for. */
    interface Waiting {
        @Nullable
        Runnable poll();

        @Nullable
        Runnable await(long ns);
    }

    private final LongSupplier nowNs;
    private final Waiting waiting;
    private boolean started;
    private long originNs;
    private long lookedNs;
    private volatile boolean stopping;
    private volatile long lagUs;
    private long mostLagUs;
    private long lateNs;
    private @Nullable Runnable next;

    RealTime(LongSupplier nowNs, Waiting waiting) {
        this.nowNs = nowNs;
        this.waiting = waiting;
    }

    /** Ends {@link #runUntil} soon. Any thread. */
    void stop() {
        stopping = true;
    }

    /** Runs to {@code untilUs}, which takes as long as it says; false if it was stopped before. */
    boolean runUntil(Simulation simulation, long untilUs) {
        if (!started) {
            started = true;
            originNs = nowNs.getAsLong() - simulation.nowUs() * 1_000;
            lookedNs = nowNs.getAsLong();
        }
        while (!isStopped() && simulation.nowUs() < untilUs) {
            simulation.runUntil(nextStopUs(simulation, untilUs));
            take();
            simulation.runUntil(simulation.nowUs());
            long behindUs = look(simulation);
            long dueUs = Math.min(untilUs, Math.max(simulation.nextEventUs(), simulation.nowUs() + LEAST_STEP_US));
            long waitUs = dueUs - simulation.nowUs() - behindUs;
            if (waitUs > 0 && next == null) {
                next = waiting.await(Math.min(waitUs, LONGEST_WAIT_US) * 1_000);
            }
        }
        return !isStopped();
    }

    /** The present; if much is to be done before it, only a part of the way. Time in which nothing happens is no work. */
    private long nextStopUs(Simulation simulation, long untilUs) {
        long presentUs = Math.min(presentUs(), untilUs);
        long idleUntilUs = Math.min(presentUs, simulation.nextEventUs());
        return Math.max(simulation.nowUs(), Math.min(presentUs, idleUntilUs + MOST_STEP_US));
    }

    private boolean isStopped() {
        return stopping || Thread.currentThread().isInterrupted();
    }

    private long presentUs() {
        return (nowNs.getAsLong() - originNs) / 1_000;
    }

    private void take() {
        Runnable task = next == null ? waiting.poll() : next;
        next = null;
        for (int i = 1; task != null; i++) {
            task.run();
            if (i == TASKS_PER_STEP) {
                return;
            }
            task = waiting.poll();
        }
    }

    private long look(Simulation simulation) {
        long now = nowNs.getAsLong();
        long behindUs = Math.max(0, (now - originNs) / 1_000 - simulation.nowUs());
        lagUs = behindUs;
        mostLagUs = Math.max(mostLagUs, behindUs);
        if (behindUs > LATE_US) {
            lateNs += now - lookedNs;
        }
        lookedNs = now;
        return behindUs;
    }

    /** How far the simulation is behind the clock. Any thread. */
    long lagMs() {
        return lagUs / 1_000;
    }

    /** The furthest that it was behind. */
    long mostLagMs() {
        return mostLagUs / 1_000;
    }

    /** For how long it was late, seconds. */
    double lateSeconds() {
        return lateNs / 1e9;
    }
}
