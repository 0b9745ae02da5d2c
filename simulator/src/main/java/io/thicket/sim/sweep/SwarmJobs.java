package io.thicket.sim.sweep;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Random scenarios, one for each seed, until there are enough or the time is over. */
public final class SwarmJobs implements Jobs {
    private final long firstSeed;
    private final int maxNodes;
    private final long runs;
    private final BooleanSupplier timeIsOver;
    private final BiConsumer<Long, RunOutcome> failed;
    private final Consumer<SwarmJobs> listener;
    private final TreeMap<Integer, RunOutcome> failures = new TreeMap<>();
    private int given;
    private int done;

    /**
     * @param maxNodes of each scenario
     * @param runs at most
     * @param timeIsOver asked before each run
     * @param failed told of each run that failed, by its seed
     * @param listener told after each run
     */
    public SwarmJobs(
            long firstSeed,
            int maxNodes,
            long runs,
            BooleanSupplier timeIsOver,
            BiConsumer<Long, RunOutcome> failed,
            Consumer<SwarmJobs> listener) {
        this.firstSeed = firstSeed;
        this.maxNodes = maxNodes;
        this.runs = runs;
        this.timeIsOver = timeIsOver;
        this.failed = failed;
        this.listener = listener;
    }

    @Override
    public synchronized Optional<RunJob> next() {
        if (given >= runs || timeIsOver.getAsBoolean()) {
            return Optional.empty();
        }
        return Optional.of(job(given++, seed(given - 1), maxNodes));
    }

    /** The run of one seed. */
    public static RunJob job(int number, long seed, int maxNodes) {
        String text = SwarmScenario.text(seed, maxNodes);
        return new RunJob(number, text, "swarm", Path.of("swarm.toml"), seed, OptionalLong.empty());
    }

    @Override
    public synchronized void done(RunJob job, RunOutcome outcome) {
        done++;
        if (!outcome.isOk() || !outcome.failedChecks().isEmpty()) {
            failures.put(job.number(), outcome);
            failed.accept(job.seed(), outcome);
        }
        listener.accept(this);
    }

    /** The seed of a run. */
    public long seed(int number) {
        return firstSeed + number;
    }

    /** How many are done. */
    public synchronized int done() {
        return done;
    }

    /** What failed, by number of the run. */
    public synchronized Map<Integer, RunOutcome> failures() {
        return new TreeMap<>(failures);
    }
}
