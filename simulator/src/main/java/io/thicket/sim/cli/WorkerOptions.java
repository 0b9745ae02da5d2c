package io.thicket.sim.cli;

import io.thicket.agent.cli.ExitCode;
import io.thicket.agent.cli.Failure;
import io.thicket.agent.config.Units;
import io.thicket.sim.sweep.Worker;
import io.thicket.sim.sweep.WorkerPool;
import io.thicket.sim.sweep.WorkerProcess;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** How many processes do runs, and what each may use. */
final class WorkerOptions {
    private static final long LEAST_HEAP = 64L << 20;

    @Option(names = "--jobs", paramLabel = "N", description = "Processes at a time (default: one for each processor).")
    private int jobs = Math.min(WorkerPool.MAX_WORKERS, Runtime.getRuntime().availableProcessors());

    @Option(
            names = "--memory",
            paramLabel = "SIZE",
            description =
                    "Heap of each process, e.g. 512MiB (default: three quarters of the machine's for all together).")
    private Optional<String> memory = Optional.empty();

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            description = "End a run that takes longer; it counts as failed (default: ${DEFAULT-VALUE}).",
            defaultValue = "1h")
    private String timeout = "1h";

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
        try {
            // The JVM takes a quarter of the machine for itself by default.
            long usual = Math.min(
                    Runtime.getRuntime().maxMemory(), 3 * Runtime.getRuntime().maxMemory() / count());
            long heap = memory.map(Units::bytes).orElse(Math.max(LEAST_HEAP, usual));
            long timeoutMs = Units.duration(timeout).toMillis();
            if (heap < LEAST_HEAP || timeoutMs < 1) {
                throw new Failure(ExitCode.USAGE, "--memory is at least 64MiB, and --timeout more than 0");
            }
            WorkerProcess.Launch launch =
                    WorkerProcess.Launch.likeThis(ThicketMain.class.getName(), List.of("sim", "worker"), heap);
            return () -> new WorkerProcess(launch, timeoutMs);
        } catch (IllegalArgumentException e) {
            throw new Failure(ExitCode.USAGE, e.getMessage());
        }
    }
}
