package io.thicket.sim.cli;

import io.thicket.sim.run.RunSummary;
import io.thicket.sim.run.ScenarioRun;
import io.thicket.sim.scenario.file.Scenario;
import java.lang.management.ManagementFactory;

/** What a run costs from the making of this on, which is on the thread that runs it. */
final class RunMeter {
    private final long startedNs = System.nanoTime();
    private final long startedCpuNs = cpuNs();

    /** What came of {@code run}, which is over; a bridge is still open then, and its figures are those of the run. */
    RunSummary summary(Scenario scenario, ScenarioRun run) {
        return RunSummary.of(
                scenario,
                run,
                SimRunCommand.commit(),
                (System.nanoTime() - startedNs) / 1e9,
                (cpuNs() - startedCpuNs) / 1e9,
                PeakMemory.bytes());
    }

    private static long cpuNs() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
