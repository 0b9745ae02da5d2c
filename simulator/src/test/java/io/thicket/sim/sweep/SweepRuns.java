package io.thicket.sim.sweep;

import io.thicket.sim.scenario.file.SeedList;
import io.thicket.sim.scenario.file.SweepPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** Sweeps whose runs are made up, so that they take no time. */
final class SweepRuns {
    static final String TEXT = "[nodes]\ncount = 2\n";

    private SweepRuns() {}

    static SweepPlan plan(String seeds, String... sets) {
        SweepPlan plan = new SweepPlan(
                Map.of(), SeedList.parse(seeds), Optional.empty(), SweepPlan.USUAL_FIGURE, SweepPlan.USUAL_BATCH);
        for (String set : sets) {
            plan = plan.withSets(List.of(set));
        }
        return plan;
    }

    static SweepHeader header(SweepPlan plan) {
        return new SweepHeader(
                "test",
                "test.toml",
                "hash of it",
                SweepHeader.sha256(TEXT),
                "commit",
                OptionalLong.empty(),
                plan,
                Shard.WHOLE,
                Map.of());
    }

    static RunOutcome outcome(double pdr, String hash) {
        return RunOutcome.of("{\"pdr\":" + pdr + ",\"offered\":100,\"delivered\":" + Math.round(pdr * 100)
                + ",\"traceHash\":\"" + hash + "\",\"checks\":[{\"name\":\"delivery\",\"measured\":" + pdr
                + ",\"atLeast\":0.5,\"held\":" + (pdr >= 0.5) + "}]}");
    }

    /** Does the runs of {@code header} that are not there in {@code directory}; {@code runs} makes them up. */
    static SweepTable sweep(
            Path directory, SweepHeader header, boolean resume, int workers, Function<RunJob, RunOutcome> runs)
            throws IOException, SweepException, InterruptedException {
        try (SweepOutput output = SweepOutput.open(directory, header, resume)) {
            SweepJobs jobs =
                    new SweepJobs(header, TEXT, Path.of("test.toml"), output.outcomes(), output.file(), progress -> {});
            WorkerPool.run(workers, () -> worker(runs), jobs);
            return output.finish();
        }
    }

    static Worker worker(Function<RunJob, RunOutcome> runs) {
        return new Worker() {
            @Override
            public RunOutcome run(RunJob job) {
                return runs.apply(job);
            }

            @Override
            public void close() {}
        };
    }

    static List<String> lines(SweepTable table) {
        return table.lines(List.of("pdr"));
    }
}
