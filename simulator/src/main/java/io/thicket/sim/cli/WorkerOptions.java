package io.thicket.sim.cli;

import io.thicket.agent.cli.ExitCode;
import io.thicket.agent.cli.Failure;
import io.thicket.sim.sweep.Worker;
import io.thicket.sim.sweep.WorkerPool;
import java.util.function.Supplier;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How many processes do runs, and what each may use. */
final class WorkerOptions {
    @Option(names = "--jobs", paramLabel = "N", description = "Processes at a time (default: one for each processor).")
    private int jobs = Math.min(WorkerPool.MAX_WORKERS, Runtime.getRuntime().availableProcessors());

    @Mixin
    private WorkerLimits limits = new WorkerLimits();

    WorkerOptions() {}

    /** How many; refused if it makes no sense. */
    int count() throws Failure {
        if (jobs < 1 || jobs > WorkerPool.MAX_WORKERS) {
            throw new Failure(ExitCode.USAGE, "--jobs is 1 to " + WorkerPool.MAX_WORKERS + ", not " + jobs);
        }
        return jobs;
    }

    /** Makes workers that are processes of this same program. */
    Supplier<Worker> maker() throws Failure {
        return limits.maker(count());
    }
}
