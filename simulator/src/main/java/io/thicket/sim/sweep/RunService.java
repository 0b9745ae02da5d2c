package io.thicket.sim.sweep;

import io.thicket.agent.config.ConfigException;
import io.thicket.sim.run.RunSummary;
import io.thicket.sim.run.ScenarioRun;
import io.thicket.sim.scenario.file.Scenario;
import io.thicket.sim.scenario.file.ScenarioReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.LongSupplier;

/** Does the runs that it is given, one after the other. */
public final class RunService {
    /** Lines of a stack trace that tell where something broke. */
    private static final int STACK_LINES = 6;

    /** Of a run that did not begin. */
    static final String NO_SCENARIO = "this scenario cannot be run";

    private final String commit;
    private final LongSupplier peakRssBytes;

    public RunService(String commit, LongSupplier peakRssBytes) {
        this.commit = commit;
        this.peakRssBytes = peakRssBytes;
    }

    /** One run, whatever comes of it. */
    public RunOutcome run(RunJob job) {
        try {
            Scenario scenario = ScenarioReader.readMade(job.text(), job.name(), job.file(), job.overrides());
            return RunOutcome.of(summary(scenario).json());
        } catch (ConfigException e) {
            return RunOutcome.failed(NO_SCENARIO + ": " + e.getMessage());
        } catch (RuntimeException | AssertionError | StackOverflowError e) {
            // A fault in the code under test is what many of these runs look for.
            return RunOutcome.failed(text(e));
        }
    }

    private RunSummary summary(Scenario scenario) {
        ScenarioRun run = new ScenarioRun(scenario);
        long startedNs = System.nanoTime();
        long startedCpuNs = cpuNs();
        run.run((simulatedUs, events) -> true);
        return RunSummary.of(
                scenario,
                run,
                commit,
                (System.nanoTime() - startedNs) / 1e9,
                (cpuNs() - startedCpuNs) / 1e9,
                peakRssBytes.getAsLong());
    }

    private static String text(Throwable problem) {
        StringBuilder text = new StringBuilder(problem.toString());
        StackTraceElement[] stack = problem.getStackTrace();
        for (int i = 0; i < Math.min(STACK_LINES, stack.length); i++) {
            text.append("\n    at ").append(stack[i]);
        }
        return text.toString();
    }

    private static long cpuNs() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    /**
     * Answers each line of {@code in} with one of {@code out}. {@code orphaned} is run when {@code in} ends, also in the middle of a
     * run: nobody waits for it any more.
     */
    public void serve(InputStream in, OutputStream out, Runnable orphaned) throws IOException {
        BlockingQueue<String> lines = new ArrayBlockingQueue<>(1);
        Thread reader = new Thread(() -> read(in, lines, orphaned), "jobs");
        reader.setDaemon(true);
        reader.start();
        try {
            while (true) {
                String answer;
                try {
                    answer = run(RunJob.parse(lines.take())).line();
                } catch (SweepException e) {
                    answer = RunOutcome.failed("no job: " + e.getMessage()).line();
                }
                out.write((answer + "\n").getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void read(InputStream in, BlockingQueue<String> lines, Runnable orphaned) {
        try (BufferedReader text = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = text.readLine(); line != null; line = text.readLine()) {
                lines.put(line);
            }
        } catch (IOException e) {
            // The other end is gone.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        orphaned.run();
    }
}
