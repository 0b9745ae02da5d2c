package io.thicket.sim.cli;

import io.thicket.sim.run.ScenarioRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tells how far a run is, and holds it back to the wanted speed. */
final class RunProgress implements ScenarioRun.Progress {
    /** A run that waits hears within this time that it is to end. */
    private static final long WAIT_MS = 100;

    private static final long SAY_EVERY_NS = 1_000_000_000L;

    private final @Nullable PrintWriter err;
    private final long endUs;
    private final double factor;
    private final long startedNs = System.nanoTime();
    private long saidNs = startedNs;
    private long saidEvents;
    private boolean said;
    private volatile boolean stopped;
    private boolean endedEarly;
    private Supplier<String> more = () -> "";

    /**
     * @param err null to say nothing
     * @param factor simulated seconds per second, infinite for as fast as it goes
     */
    RunProgress(@Nullable PrintWriter err, long endUs, double factor) {
        this.err = err;
        this.endUs = endUs;
        this.factor = factor;
    }

    /** From now on the line ends with this. */
    void ending(Supplier<String> newMore) {
        more = newMore;
    }

    /** The run ends soon. Any thread. */
    void stop() {
        stopped = true;
    }

    /** The run was ended before its end, at a console. */
    void stoppedHere() {
        endedEarly = true;
    }

    /** Whether {@link #stop} or {@link #stoppedHere} ended it before its end. */
    boolean isStopped() {
        return endedEarly;
    }

    @Override
    public boolean at(long simulatedUs, long events) {
        long nowNs = System.nanoTime();
        if (err != null && nowNs - saidNs >= SAY_EVERY_NS) {
            say(err, simulatedUs, events, nowNs);
        }
        long dueNs = Double.isInfinite(factor) ? 0 : startedNs + (long) (simulatedUs * 1_000 / factor);
        boolean goesOn = (Double.isInfinite(factor) || waitUntil(dueNs)) && !stopped;
        endedEarly = stopped && simulatedUs < endUs;
        return goesOn;
    }

    private void say(PrintWriter to, long simulatedUs, long events, long nowNs) {
        double wallS = (nowNs - startedNs) / 1e9;
        double speedUp = simulatedUs / 1e6 / wallS;
        double perSecond = (events - saidEvents) / ((nowNs - saidNs) / 1e9);
        double remainingS = speedUp > 0 ? (endUs - simulatedUs) / 1e6 / speedUp : 0;
        String line = String.format(
                        Locale.ROOT,
                        "%.0f of %.0f s simulated, %.1f times as fast, %.0f events/s, %.0f s to go",
                        simulatedUs / 1e6,
                        endUs / 1e6,
                        speedUp,
                        perSecond,
                        remainingS)
                + more.get();
        to.print("\r" + line + " ".repeat(Math.max(0, 78 - line.length())));
        to.flush();
        saidNs = nowNs;
        saidEvents = events;
        said = true;
    }

    /** Ends the line on the terminal. */
    void end() {
        if (said && err != null) {
            err.println();
            err.flush();
            said = false;
        }
    }

    /** {@code file} takes no more. Told at once and whether or not progress is: of a run of hours, there may be time to make room. */
    void endsHere(PrintWriter to, Path file, IOException problem) {
        end();
        to.println(file + " ends here, and the run goes on: " + problem.getMessage());
        to.flush();
    }

    private boolean waitUntil(long dueNs) {
        try {
            for (long waitMs = msTo(dueNs); waitMs > 0 && !stopped; waitMs = msTo(dueNs)) {
                Thread.sleep(Math.min(WAIT_MS, waitMs));
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static long msTo(long dueNs) {
        return (dueNs - System.nanoTime()) / 1_000_000;
    }
}
