package io.thicket.sim.cli;

import io.thicket.agent.config.Written;
import io.thicket.sim.run.ScenarioRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tells how far a run is, and holds it back to the wanted speed. */
final class RunProgress implements ScenarioRun.Progress {
    /** A run that waits hears within this time that it is to end. */
    private static final long WAIT_MS = 100;

    private static final long SAY_EVERY_NS = 1_000_000_000L;

    /** A run that is to keep a speed, and is further behind than this, does not keep it. */
    private static final long BEHIND_NS = 5_000_000_000L;

    private final @Nullable PrintWriter err;
    private final long endUs;
    private final double factor;
    private final LongSupplier clockNs;
    private final long startedNs;
    private long saidNs;
    private long saidEvents;
    private boolean said;
    private volatile boolean stopped;
    private boolean endedEarly;
    private boolean troubled;
    private Supplier<String> more = () -> "";
    private Runnable watch = () -> {};

    /**
     * @param err null to say nothing
     * @param factor simulated seconds per second, infinite for as fast as it goes
     */
    RunProgress(@Nullable PrintWriter err, long endUs, double factor) {
        this(err, endUs, factor, System::nanoTime);
    }

    /** The same by another clock. */
    RunProgress(@Nullable PrintWriter err, long endUs, double factor, LongSupplier clockNs) {
        this.err = err;
        this.endUs = endUs;
        this.factor = factor;
        this.clockNs = clockNs;
        this.startedNs = clockNs.getAsLong();
        this.saidNs = startedNs;
    }

    /** From now on the line ends with this. */
    void ending(Supplier<String> newMore) {
        more = newMore;
    }

    /**
     * From now on tells {@code to} when readings are not counted any more, and when they are again: of a run of hours, there may be time to
     * mend it. Whether or not progress is told.
     *
     * @param problem why they are not counted, empty if they are
     */
    void watching(Supplier<String> problem, PrintWriter to) {
        watch = () -> {
            String now = problem.get();
            if (now.isEmpty() == troubled) {
                troubled = !troubled;
                end();
                to.println(troubled ? "readings are not counted now: " + now : "readings are counted again");
                to.flush();
            }
        };
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
        long nowNs = clockNs.getAsLong();
        watch.run();
        if (err != null && nowNs - saidNs >= SAY_EVERY_NS) {
            say(err, simulatedUs, events, nowNs);
        }
        boolean goesOn = (Double.isInfinite(factor) || waitUntil(dueNs(simulatedUs))) && !stopped;
        endedEarly = stopped && simulatedUs < endUs;
        return goesOn;
    }

    private void say(PrintWriter to, long simulatedUs, long events, long nowNs) {
        double wallS = (nowNs - startedNs) / 1e9;
        double speedUp = simulatedUs / 1e6 / wallS;
        double perSecond = (events - saidEvents) / ((nowNs - saidNs) / 1e9);
        boolean keepsUp = !Double.isInfinite(factor) && nowNs - dueNs(simulatedUs) < BEHIND_NS;
        double goesOnAt = keepsUp ? factor : speedUp; // at its start a run is behind, and not for long
        double remainingS = goesOnAt > 0 ? (endUs - simulatedUs) / 1e6 / goesOnAt : 0;
        String pace = keepsUp
                ? "at " + Written.number(factor) + "x"
                : String.format(Locale.ROOT, "%.1f times as fast", speedUp);
        String line = String.format(
                        Locale.ROOT,
                        "%.0f of %.0f s simulated, %s, %.0f events/s, %.0f s to go",
                        simulatedUs / 1e6,
                        endUs / 1e6,
                        pace,
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

    private long dueNs(long simulatedUs) {
        return startedNs + (long) (simulatedUs * 1_000 / factor);
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

    private long msTo(long dueNs) {
        return (dueNs - clockNs.getAsLong()) / 1_000_000;
    }
}
