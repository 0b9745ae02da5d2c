package io.thicket.sim.cli;

import io.thicket.agent.cli.ExitCode;
import io.thicket.agent.cli.Failure;
import io.thicket.sim.sweep.Worker;
import io.thicket.sim.sweep.WorkerProcess;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** What each process that does runs may use. */
final class WorkerLimits {
    private static final long LEAST_HEAP = 64L << 20;

    @Option(
            names = "--memory",
            paramLabel = "SIZE",
            description =
                    "Heap of each process, e.g. 512MiB (default: a quarter of the machine's, of many processes three quarters for all together).")
    private Optional<String> memory = Optional.empty();

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            description = "End a run that takes longer; it counts as failed (default: ${DEFAULT-VALUE}).",
            defaultValue = "1h")
    private String timeout = "1h";

    WorkerLimits() {}

    /** Makes workers that are processes of this same program, of which there are so many at a time. */
    Supplier<Worker> maker(int count) throws Failure {
        try {
            // The JVM takes a quarter of the machine for itself by default.
            long usual = Math.min(
                    Runtime.getRuntime().maxMemory(), 3 * Runtime.getRuntime().maxMemory() / count);
            long heap = memory.map(text -> OptionText.bytes("--memory", text)).orElse(Math.max(LEAST_HEAP, usual));
            long timeoutMs = OptionText.duration("--timeout", timeout).toMillis();
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
