package io.thicket.sim.cli;

import io.thicket.agent.cli.ExitCode;
import io.thicket.agent.cli.Failure;
import io.thicket.agent.senml.JsonWriter;
import io.thicket.sim.bridge.Bridge;
import io.thicket.sim.recording.BlockInfo;
import io.thicket.sim.recording.RunFileReader;
import io.thicket.sim.recording.RunSource;
import io.thicket.sim.run.Plural;
import io.thicket.sim.run.RunRecording;
import io.thicket.sim.run.RunSummary;
import io.thicket.sim.run.ScenarioRun;
import io.thicket.sim.scenario.file.Scenario;
import io.thicket.sim.view.ViewServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code thicket sim view}. */
@Command(
        name = "view",
        description = {
            "Show a run in the browser: FILE is a recording (sim run --trace), or a scenario, which runs and is shown live.",
            "",
            "The page is served on 127.0.0.1 only, until Ctrl-C. All options but --port and --no-browser are of scenarios.",
            "",
            "Exit codes: 2 the file or the command line is wrong, 69 the port is taken, or no broker answers, 73 a file cannot be written,"
                    + " 130 Ctrl-C ended it; with --bridge that of the checks instead: 0 each held, 1 one did not."
        },
        footer = {"", "Example: thicket sim view greenhouse.toml --speed 20x"})
final class SimViewCommand implements Callable<Integer> {
    private static final Set<String> OF_RECORDINGS = Set.of("--port", "--no-browser");

    @Mixin
    private ScenarioFile file;

    @Mixin
    private RunOutputs outputs = new RunOutputs();

    @Option(names = "--port", paramLabel = "N", description = "Of the page (default: one that is free).")
    private int port;

    @Option(
            names = "--speed",
            paramLabel = "SPEED",
            description = "How fast a scenario runs: max, or a factor (default: ${DEFAULT-VALUE}).",
            defaultValue = "10x")
    private String speed = "10x";

    @Option(names = "--trace", paramLabel = "OUT", description = "Keep the recording of a scenario's run.")
    private Optional<Path> trace;

    @Option(
            names = "--bridge",
            description = {
                "Run the scenario in real time and let the world in, as 'sim run --bridge' does: CoAP clients, an MQTT broker, real"
                        + " agents, devices on serial ports. Ctrl-C ends run and page, with the summary."
            })
    private boolean bridge;

    @Option(names = "--no-browser", description = "Print the page's address, and start no browser.")
    private boolean noBrowser;

    @Option(names = "--quiet", description = "No progress on standard error.")
    private boolean quiet;

    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    SimViewCommand() {}

    @Override
    public Integer call() throws Failure {
        if (port < 0 || port > 65_535) {
            throw new Failure(ExitCode.USAGE, "--port is 0 to 65535, not " + port);
        }
        try {
            if (RunFileReader.isRecording(file.path())) {
                refuseOptionsOfScenarios();
                return showRecording();
            }
        } catch (NoSuchFileException e) {
            throw new Failure(ExitCode.USAGE, "there is no file " + file.path());
        } catch (IOException e) {
            throw new Failure(ExitCode.USAGE, file.path() + " cannot be read: " + e.getMessage());
        }
        double factor = SimRunCommand.factor(speed);
        if (bridge && spec.commandLine().getParseResult().hasMatchedOption("--speed")) {
            throw new Failure(ExitCode.USAGE, "--bridge runs in real time: leave --speed out");
        }
        Scenario scenario = file.read(spec.commandLine().getErr());
        List<Path> files = new ArrayList<>(outputs.files());
        trace.ifPresent(files::add);
        OutputFiles.tryAll(files, file.inputs(scenario));
        refuseTakenPort();
        CountDownLatch stopped = new CountDownLatch(1);
        RunProgress progress = new RunProgress(
                quiet ? null : spec.commandLine().getErr(), scenario.durationMs() * 1_000, bridge ? 1 : factor);
        if (bridge) {
            return BridgedRun.run(
                    scenario, outputs.said(), run -> runLive(scenario, run, progress, stopped), stopped::countDown);
        }
        Runnable stopping = () -> {
            progress.stop();
            stopped.countDown();
        };
        try (CleanStop stop = new CleanStop(stopping)) {
            int code = runLive(scenario, new ScenarioRun(scenario), progress, stopped);
            return stop.ended(stopped.getCount() == 0 ? ExitCode.STOPPED.number() : code);
        }
    }

    /** A recording is what it is: an option that would do nothing is a mistake. */
    private void refuseOptionsOfScenarios() throws Failure {
        for (OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
            if (!OF_RECORDINGS.contains(option.longestName())) {
                throw new Failure(
                        ExitCode.USAGE,
                        option.longestName() + " is for scenarios, and " + file.path() + " is a recording");
            }
        }
    }

    private Integer showRecording() throws Failure {
        try (RunFileReader recording = RunFileReader.open(file.path());
                ViewServer server = serve(recording)) {
            if (recording.state() != RunSource.State.DONE) {
                spec.commandLine()
                        .getErr()
                        .println((recording.state() == RunSource.State.CUT
                                        ? "the end of this recording is missing; shown is what is whole: "
                                        : "the index of this recording is damaged; shown is what was found without it: ")
                                + Plural.of(recording.blocks().size(), "block"));
            }
            warnOfDamage(recording);
            announce(server);
            await(new CountDownLatch(1));
            return ExitCode.OK.number();
        } catch (IOException e) {
            throw new Failure(ExitCode.USAGE, file.path() + ": " + e.getMessage());
        }
    }

    private void warnOfDamage(RunFileReader recording) {
        List<BlockInfo> blocks = recording.blocks();
        List<BlockInfo> damaged = IntStream.range(0, blocks.size())
                .filter(recording::isDamaged)
                .mapToObj(blocks::get)
                .toList();
        if (!damaged.isEmpty()) {
            BlockInfo first = damaged.get(0);
            String more = damaged.size() == 1 ? "" : " (and in " + (damaged.size() - 1) + " more of its blocks)";
            spec.commandLine()
                    .getErr()
                    .println("this recording is damaged from " + JsonWriter.text(first.fromUs() / 1e6) + " s to "
                            + JsonWriter.text(first.toUs() / 1e6) + " s" + more
                            + ": what happened then is not known");
        }
    }

    /** Runs it before everybody's eyes and tells what came of it; then they look at it until {@code stopped}. */
    private int runLive(Scenario scenario, ScenarioRun run, RunProgress progress, CountDownLatch stopped)
            throws Failure {
        try {
            Path path = trace.isPresent() ? trace.get() : Files.createTempFile("thicket", ".run");
            if (trace.isEmpty()) {
                path.toFile().deleteOnExit();
            }
            try (RunRecording recording = new RunRecording(scenario, run, SimRunCommand.commit(), path);
                    ViewServer server = serve(recording.source())) {
                announce(server);
                recording.onProblem(
                        problem -> progress.endsHere(spec.commandLine().getErr(), path, problem));
                BridgedRun.watch(run, progress, spec.commandLine().getErr());
                RunMeter meter = new RunMeter();
                run.run(recording.with(progress));
                progress.end();
                recording.end(run);
                RunSummary summary = meter.summary(scenario, run);
                UnwrittenFiles unwritten = new UnwrittenFiles();
                recording.problem().ifPresent(problem -> unwritten.add(path, problem));
                outputs.write(summary, file.command(scenario) + (bridge ? " --bridge" : ""), unwritten);
                unwritten.raise();
                run.bridge().ifPresent(Bridge::end); // nobody is there any more while the page is looked at
                await(stopped);
                return (summary.holds() ? ExitCode.OK : ExitCode.FAILED).number();
            } finally {
                if (trace.isEmpty()) {
                    Files.deleteIfExists(path); // a process that ends on Ctrl-C may do no more
                }
            }
        } catch (IOException e) {
            throw new Failure(ExitCode.CANNOT_CREATE, "the recording cannot be written: " + e.getMessage());
        }
    }

    /** Before a recording that was kept is written over. */
    private void refuseTakenPort() throws Failure {
        if (port == 0) {
            return;
        }
        try {
            new ServerSocket(port, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1})).close();
        } catch (IOException e) {
            throw taken(e);
        }
    }

    private Failure taken(IOException e) {
        return new Failure(ExitCode.UNAVAILABLE, "port " + port + " cannot be used: " + e.getMessage());
    }

    private ViewServer serve(RunSource source) throws Failure {
        try {
            return new ViewServer(source, port);
        } catch (IOException e) {
            throw taken(e);
        }
    }

    private void announce(ViewServer server) {
        PrintWriter out = outputs.said();
        out.println(server.url());
        out.println("Ctrl-C ends it.");
        out.flush();
        boolean screen = System.getenv("DISPLAY") != null || System.getenv("WAYLAND_DISPLAY") != null;
        if (!noBrowser && screen) {
            try {
                new ProcessBuilder("xdg-open", server.url()).start();
            } catch (IOException e) {
                out.println("no browser could be started: open the address above");
                out.flush();
            }
        }
    }

    /** Until Ctrl-C, which the bridge hears of and tells, and which else ends the process; an interrupt is how a test does it. */
    private static void await(CountDownLatch stopped) {
        try {
            stopped.await();
        } catch (InterruptedException e) {
            // As Ctrl-C.
        }
    }
}
