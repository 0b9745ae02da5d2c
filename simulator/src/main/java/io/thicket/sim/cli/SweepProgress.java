package io.thicket.sim.cli;

import io.thicket.sim.run.Plural;
import io.thicket.sim.sweep.SweepJobs;
import java.io.PrintWriter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Tells how far a sweep is. */
final class SweepProgress {
    private static final long SAY_EVERY_NS = 500_000_000L;

    private final @Nullable PrintWriter err;
    private final long startedNs = System.nanoTime();
    private long saidNs;
    private int doneBefore;
    private boolean said;

    /** {@code err} is null to say nothing. */
    SweepProgress(@Nullable PrintWriter err) {
        this.err = err;
    }

    /** What an ended writer left of a line. */
    void torn(long bytes) {
        if (err != null) {
            err.println("the last line was torn, " + Plural.of(bytes, "byte")
                    + " of it are cut off; that run is done again");
        }
    }

    void begin(SweepJobs.Progress progress) {
        doneBefore = progress.done();
        if (err != null && doneBefore > 0) {
            err.println(doneBefore + " of " + Plural.of(progress.planned(), "run") + " are there already");
        }
    }

    void at(SweepJobs.Progress progress) {
        long nowNs = System.nanoTime();
        if (err == null || said && nowNs - saidNs < SAY_EVERY_NS && progress.done() < progress.planned()) {
            return;
        }
        double perRun = (nowNs - startedNs) / 1e9 / Math.max(1, progress.done() - doneBefore);
        String line = String.format(
                Locale.ROOT,
                "%d of %s%s%s%s%s, %.0f s to go",
                progress.done(),
                progress.points() > 0 ? "at most " : "",
                Plural.of(progress.planned(), "run"),
                progress.points() > 0
                        ? ", " + progress.pointsDone() + " of " + Plural.of(progress.points(), "point")
                        : "",
                progress.failed() > 0 ? ", " + progress.failed() + " FAILED" : "",
                progress.unheld() > 0 ? ", " + progress.unheld() + " with a check that did not hold" : "",
                perRun * Math.max(0, progress.planned() - progress.done()));
        err.print("\r" + line + " ".repeat(Math.max(0, 78 - line.length())));
        err.flush();
        saidNs = nowNs;
        said = true;
    }

    /** Ends the line on the terminal. */
    void end() {
        if (said && err != null) {
            err.println();
            err.flush();
        }
    }
}
