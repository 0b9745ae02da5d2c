package io.thicket.sim.sweep;

import io.thicket.agent.config.ConfigException;
import io.thicket.sim.scenario.file.ScenarioReader;
import io.thicket.sim.scenario.file.SweepPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The runs of a sweep that are still to do. Without a wanted precision, the first seed of every point, then the second one; with
 * one, batch by batch of each point until its interval is narrow enough. Only whole batches are looked at, so that what is run does
 * not depend on how many workers there are or how fast they are.
 */
public final class SweepJobs implements Jobs {
    /** How far it is; told after every run. */
    public record Progress(int done, int planned, int failed, int unheld, int pointsDone, int points) {}

    private static final class PointState {
        int released;
        int pending;
        boolean done;
    }

    private final SweepHeader header;
    private final String text;
    private final Path scenario;
    private final SweepFile file;
    private final Consumer<Progress> listener;
    private final List<SweepPlan.Point> points;
    private final Map<Integer, RunOutcome> outcomes;
    private final Map<Integer, PointState> states = new HashMap<>();
    private final Deque<Integer> queue = new ArrayDeque<>();
    private int planned;
    private int unfinished;
    private int failed;
    private int unheld;

    /**
     * @param text of the scenario, as it was at the start
     * @param scenario the file that it is from
     * @param outcomes of runs that are done; failed ones among them are done again
     * @param file gets every further one
     */
    public SweepJobs(
            SweepHeader header,
            String text,
            Path scenario,
            Map<Integer, RunOutcome> outcomes,
            SweepFile file,
            Consumer<Progress> listener) {
        this.header = header;
        this.text = text;
        this.scenario = scenario;
        this.file = file;
        this.listener = listener;
        this.points = header.plan().points();
        this.outcomes = new HashMap<>(outcomes);
        this.outcomes.values().removeIf(outcome -> !outcome.isOk());
        this.outcomes.values().forEach(this::count);
        if (header.plan().precision().isEmpty()) {
            releaseAll();
        } else {
            for (SweepPlan.Point point : points) {
                if (header.isOurs(point.number(), 0)) {
                    unfinished++;
                    planned += header.plan().seeds().size();
                    states.put(point.number(), new PointState());
                    releaseBatches(point.number());
                }
            }
        }
    }

    private void releaseAll() {
        for (int seed = 0; seed < header.plan().seeds().size(); seed++) {
            for (SweepPlan.Point point : points) {
                if (header.isOurs(point.number(), seed)) {
                    planned++;
                    release(point.number(), seed);
                }
            }
        }
    }

    /** Whether it is still to do. */
    private boolean release(int point, int seed) {
        int run = header.run(point, seed);
        if (outcomes.containsKey(run)) {
            return false;
        }
        queue.add(run);
        return true;
    }

    /** Releases batches until one has something to do, or the point is done. */
    private void releaseBatches(int point) {
        PointState state = states.get(point);
        if (state == null) {
            return;
        }
        int seeds = header.plan().seeds().size();
        while (state.pending == 0 && !state.done) {
            if (state.released >= seeds || state.released > 0 && isPrecise(point, state.released)) {
                state.done = true;
                unfinished--;
                planned -= unneeded(point, state.released);
                return;
            }
            int end = Math.min(seeds, state.released + header.plan().batch());
            for (int seed = state.released; seed < end; seed++) {
                state.pending += release(point, seed) ? 1 : 0;
            }
            state.released = end;
        }
    }

    /** Seeds from {@code first} on that are not run; some may be there from a sweep that wanted more precision. */
    private int unneeded(int point, int first) {
        int unneeded = 0;
        for (int seed = first; seed < header.plan().seeds().size(); seed++) {
            unneeded += outcomes.containsKey(header.run(point, seed)) ? 0 : 1;
        }
        return unneeded;
    }

    private boolean isPrecise(int point, int seeds) {
        List<Map<String, Double>> runs = new ArrayList<>();
        for (int seed = 0; seed < seeds; seed++) {
            @Nullable RunOutcome outcome = outcomes.get(header.run(point, seed));
            if (outcome != null && outcome.isOk()) {
                runs.add(Figures.of(outcome));
            }
        }
        return Figures.isPrecise(header.plan(), runs);
    }

    @Override
    public synchronized Optional<RunJob> next() throws InterruptedException {
        while (queue.isEmpty() && unfinished > 0) {
            wait();
        }
        if (queue.isEmpty()) {
            return Optional.empty();
        }
        int run = queue.remove();
        int seeds = header.plan().seeds().size();
        SweepPlan.Point point = points.get(run / seeds);
        try {
            return Optional.of(new RunJob(
                    run,
                    ScenarioReader.textWith(text, scenario.toString(), point.settings()),
                    scenario + " with " + point,
                    scenario,
                    header.plan().seeds().get(run % seeds),
                    header.untilMs()));
        } catch (ConfigException e) {
            throw new AssertionError("every point was read before the first run", e);
        }
    }

    @Override
    public synchronized void done(RunJob job, RunOutcome outcome) throws IOException {
        int seeds = header.plan().seeds().size();
        int point = job.number() / seeds;
        file.add(point, job.number() % seeds, outcome);
        outcomes.put(job.number(), outcome);
        count(outcome);
        PointState state = states.get(point);
        if (state != null) {
            state.pending--;
            releaseBatches(point);
        }
        notifyAll();
        listener.accept(progress());
    }

    /** How far it is. */
    public synchronized Progress progress() {
        int pointsDone =
                (int) states.values().stream().filter(state -> state.done).count();
        return new Progress(outcomes.size(), planned, failed, unheld, pointsDone, states.size());
    }

    private void count(RunOutcome outcome) {
        failed += outcome.isOk() ? 0 : 1;
        unheld += outcome.failedChecks().isEmpty() ? 0 : 1;
    }
}
