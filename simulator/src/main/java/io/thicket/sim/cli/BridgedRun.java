package io.thicket.sim.cli;

import io.thicket.agent.cli.ExitCode;
import io.thicket.agent.cli.Failure;
import io.thicket.sim.bridge.Bridge;
import io.thicket.sim.run.ScenarioRun;
import io.thicket.sim.scenario.file.Scenario;
import java.io.PrintWriter;
import java.io.UncheckedIOException;

/** What {@code thicket sim run --bridge} does beside a run: opens and closes, says what is reachable where, ends on Ctrl-C. */
final class BridgedRun {
    /** Further behind than this is said in the progress line. */
    private static final long WORTH_SAYING_MS = 100;

    private BridgedRun() {}

    /** A run and what becomes of it. */
    interface Work {
        /** Runs it and writes what came of it; the exit code. */
        int of(ScenarioRun run) throws Failure;
    }

    /** Runs {@code scenario} bridged; {@code said} is where people are told what is reachable. */
    static int run(Scenario scenario, PrintWriter said, Work work) throws Failure {
        return run(scenario, said, work, () -> {});
    }

    /** The same; {@code stopped} is called on another thread on Ctrl-C, after the run was asked to end. */
    static int run(Scenario scenario, PrintWriter said, Work work, Runnable stopped) throws Failure {
        try (Bridge bridge = Bridge.open(scenario);
                CleanStop stop = new CleanStop(() -> {
                    bridge.stop();
                    stopped.run();
                })) {
            ScenarioRun run = new ScenarioRun(scenario, bridge);
            bridge.attach(run.lab());
            bridge.lines().forEach(said::println);
            said.flush();
            int code = work.of(run);
            bridge.end(); // before the process may end: brokers hear a farewell
            return stop.ended(code);
        } catch (UncheckedIOException e) {
            throw new Failure(ExitCode.UNAVAILABLE, e.getMessage());
        }
    }

    /** Has {@code progress} tell of the bridge, too: how late it is, and when its readings are not counted. */
    static void watch(ScenarioRun run, RunProgress progress, PrintWriter err) {
        progress.ending(() -> lag(run));
        progress.watching(() -> run.bridge().map(Bridge::problem).orElse(""), err);
    }

    private static String lag(ScenarioRun run) {
        long lagMs = run.bridge().map(Bridge::lagMs).orElse(0L);
        return lagMs < WORTH_SAYING_MS ? "" : ", " + lagMs + " ms BEHIND the clock";
    }
}
