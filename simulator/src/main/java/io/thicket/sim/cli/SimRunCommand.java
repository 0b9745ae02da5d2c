package io.thicket.sim.cli;

import io.thicket.agent.cli.ExitCode;
import io.thicket.agent.cli.Failure;
import io.thicket.agent.cli.Version;
import io.thicket.sim.console.CommandScript;
import io.thicket.sim.console.ConsoleSession;
import io.thicket.sim.run.Plural;
import io.thicket.sim.run.RunCapture;
import io.thicket.sim.run.RunRecording;
import io.thicket.sim.run.RunSummary;
import io.thicket.sim.run.ScenarioRun;
import io.thicket.sim.scenario.file.Scenario;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code thicket sim run}. */
@Command(
        name = "run",
        description = {
            "Run a scenario and hold what came of it against its checks.",
            "",
            "Exit codes: 0 every check held, 1 one did not, 2 the scenario or the command line is wrong, 69 too little"
                    + " memory, a port is taken, or no broker answers, 73 a file cannot be written, 130 Ctrl-C or SIGTERM stopped it: then"
                    + " everything is written, and ends there (not with --radio; with --bridge as at its end)."
        },
        footer = {"", "Example: thicket sim run greenhouse.toml --until 10min --report out.html"})
final class SimRunCommand implements Callable<Integer> {
    @Mixin
    private ScenarioFile file;

    @Mixin
    private ConsoleOptions hand = new ConsoleOptions();

    @Mixin
    private RunOutputs outputs = new RunOutputs();

    @Option(names = "--speed", paramLabel = "SPEED", description = "max, or a factor such as 1x (default: max).")
    private String speed = "max";

    @Option(
            names = "--trace",
            paramLabel = "OUT",
            description = "Record the run, for 'thicket sim view OUT'. The run is the same without.")
    private Optional<Path> trace;

    @Option(
            names = "--radio",
            paramLabel = "all|NAMES",
            description = {
                "Run the scenario once for each of these radios, with the same reach, and print how the result depends on them: all,"
                        + " or some of range,two_ray,log_distance,urban,ofdm,lora (of a scenario with a table of links:"
                        + " links,links-ofdm,links-lora). --json then writes all summaries; exit code 1 if a check failed under any."
            })
    private Optional<String> radio;

    @Option(
            names = "--pcap",
            paramLabel = "OUT.pcapng",
            description =
                    "Write all frames for Wireshark: CoAP, with node names and, as comments, who sends what and why"
                            + " something was lost. At most 1 GiB.")
    private Optional<Path> pcap;

    @Option(
            names = "--bridge",
            description = {
                "Run in real time and let the world in, as [bridge], [[bridge_link]] and [[bridge_sensor]] of the scenario say: CoAP"
                        + " clients, an MQTT broker, real agents, devices on serial ports. Ctrl-C ends it, with the summary. Such"
                        + " a run does not repeat."
            })
    private boolean bridge;

    @Option(names = "--quiet", description = "No progress on standard error.")
    private boolean quiet;

    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    SimRunCommand() {}

    @Override
    public Integer call() throws Failure {
        try {
            return run();
        } catch (Failure failure) {
            outputs.failed(String.valueOf(file.path().getFileName()), String.valueOf(failure.getMessage()));
            throw failure;
        }
    }

    private int run() throws Failure {
        double factor = factor(speed);
        Scenario scenario = file.read(spec.commandLine().getErr());
        if (pcap.isPresent() && !RunCapture.isPossible(scenario)) {
            throw new Failure(
                    ExitCode.USAGE, "--pcap is of whole nodes: routers alone and other protocols send no CoAP");
        }
        boolean ofOneRun = outputs.areOfOneRun() || pcap.isPresent() || trace.isPresent();
        if (radio.isPresent() && (ofOneRun || factor < Double.POSITIVE_INFINITY)) {
            throw new Failure(
                    ExitCode.USAGE,
                    "--junit, --packets, --per-node, --pcap, --report, --trace and --speed are of one run, and --radio makes many");
        }
        if (radio.isPresent() && hand.isUsed()) {
            throw new Failure(ExitCode.USAGE, "commands are of one run, and --radio makes many");
        }
        boolean paced = spec.commandLine().getParseResult().hasMatchedOption("--speed");
        if (bridge && (radio.isPresent() || paced || hand.isUsed())) {
            throw new Failure(
                    ExitCode.USAGE,
                    "--bridge is one run in real time that cannot stand still: leave --radio, --speed, --console, --commands and"
                            + " --record-commands out");
        }
        OutputFiles.tryAll(
                files(),
                Stream.concat(file.inputs(scenario).stream(), hand.input().stream())
                        .toList());
        PrintWriter err = spec.commandLine().getErr();
        if (radio.isPresent()) {
            return new RadioComparison(scenario, radio.get())
                    .run(
                            spec.commandLine().getOut(),
                            err,
                            quiet ? null : err,
                            outputs.json(),
                            name -> file.command(scenario) + " --radio " + name);
        }
        // A console keeps the speed, and the terminal is its own.
        RunProgress progress = new RunProgress(
                quiet || hand.isConsole() ? null : err,
                scenario.durationMs() * 1_000,
                hand.isConsole() ? Double.POSITIVE_INFINITY : bridge ? 1 : factor); // a bridge keeps it itself
        try {
            if (bridge) {
                return BridgedRun.run(scenario, outputs.said(), run -> run(scenario, run, progress, factor));
            }
            hand.open();
            try (CleanStop stop = new CleanStop(hand.isConsole() ? hand::interrupt : progress::stop)) {
                return stop.ended(runUnlessStopped(scenario, progress, factor));
            }
        } catch (OutOfMemoryError tooSmall) {
            throw HeapNeed.failure(scenario.nodes().count()); // nothing of the run is kept
        }
    }

    private int runUnlessStopped(Scenario scenario, RunProgress progress, double factor) throws Failure {
        try {
            int code = run(scenario, new ScenarioRun(scenario), progress, factor);
            return progress.isStopped() ? ExitCode.STOPPED.number() : code;
        } catch (Failure failure) {
            if (!progress.isStopped()) {
                throw failure;
            }
            PrintWriter err = spec.commandLine().getErr(); // the process ends with the signal: nobody else would say it
            err.println("thicket sim run: " + failure.getMessage());
            err.flush();
            return failure.code().number();
        }
    }

    private int run(Scenario scenario, ScenarioRun run, RunProgress progress, double factor) throws Failure {
        RunMeter meter = new RunMeter();
        BridgedRun.watch(run, progress, spec.commandLine().getErr());
        UnwrittenFiles unwritten = new UnwrittenFiles();
        boolean done = steered(scenario, run, progress, factor, unwritten);
        progress.end();
        RunSummary summary = meter.summary(scenario, run);
        if (progress.isStopped()) {
            PrintWriter err = spec.commandLine().getErr();
            err.println("stopped after " + summary.simulatedSeconds() + " of " + scenario.durationMs() / 1e3
                    + " s: all that is written ends there");
            err.flush();
        }
        outputs.write(summary, command(summary), unwritten);
        unwritten.raise();
        return (summary.holds() && done ? ExitCode.OK : ExitCode.FAILED).number();
    }

    /** Runs it, by hand if that is wanted; whether every command could be done. */
    private boolean steered(
            Scenario scenario, ScenarioRun run, RunProgress progress, double factor, UnwrittenFiles unwritten)
            throws Failure {
        if (!hand.isUsed()) {
            capture(scenario, run, progress, unwritten);
            return true;
        }
        CommandScript script = hand.script(run); // before an older record is written over
        if (hand.output().isEmpty()) {
            ConsoleSession session = hand.session(run, script, outputs.said(), factor, line -> {});
            byHand(scenario, run, progress, session, unwritten);
            return session.isAllDone();
        }
        Path path = hand.output().get();
        CommandRecord recording = opened(path, () -> new CommandRecord(path));
        recording.onProblem(problem -> progress.endsHere(spec.commandLine().getErr(), path, problem));
        ConsoleSession session = hand.session(run, script, outputs.said(), factor, recording::add);
        try (recording) {
            byHand(scenario, run, progress, session, unwritten);
        } catch (IOException e) {
            unwritten.add(path, e);
        }
        return session.isAllDone();
    }

    private void byHand(
            Scenario scenario, ScenarioRun run, RunProgress progress, ConsoleSession session, UnwrittenFiles unwritten)
            throws Failure {
        PrintWriter err = spec.commandLine().getErr();
        run.steer(session);
        capture(scenario, run, progress, unwritten);
        int left = session.finish();
        if (left > 0) {
            err.println("not done, because the run had ended: " + Plural.of(left, "command"));
        }
        if (session.wasInterrupted()) {
            progress.stoppedHere();
        }
        if (session.mistakes() > 0) {
            err.println("commands that were refused or not understood: " + session.mistakes());
        }
    }

    /** Everything that is written when the run is over. */
    private List<Path> files() {
        List<Path> all = new ArrayList<>(outputs.files());
        for (Optional<Path> each : List.of(pcap, trace, hand.output())) {
            each.ifPresent(all::add);
        }
        return all;
    }

    static String commit() {
        return System.getProperty("thicket.commit", Version.text());
    }

    private void capture(Scenario scenario, ScenarioRun run, RunProgress progress, UnwrittenFiles unwritten)
            throws Failure {
        if (pcap.isEmpty()) {
            record(scenario, run, progress, unwritten);
            return;
        }
        Path path = pcap.get();
        RunCapture capture = opened(path, () -> new RunCapture(scenario, run, commit(), path));
        capture.onProblem(problem -> progress.endsHere(spec.commandLine().getErr(), path, problem));
        try (capture) {
            record(scenario, run, progress, unwritten);
            if (capture.isCutShort()) {
                spec.commandLine().getErr().println("the capture is as large as captures may get, and ends early");
            }
        } catch (IOException e) {
            unwritten.add(path, e);
        }
    }

    private void record(Scenario scenario, ScenarioRun run, RunProgress progress, UnwrittenFiles unwritten)
            throws Failure {
        if (trace.isEmpty()) {
            run.run(progress);
            return;
        }
        Path path = trace.get();
        RunRecording recording = opened(path, () -> new RunRecording(scenario, run, commit(), path));
        recording.onProblem(problem -> progress.endsHere(spec.commandLine().getErr(), path, problem));
        try (recording) {
            run.run(recording.with(progress));
            recording.end(run);
            if (recording.isCutShort()) {
                spec.commandLine().getErr().println("the recording is as large as recordings may get, and ends early");
            }
        } catch (IOException e) {
            unwritten.add(path, e);
        }
    }

    /** A file that is written while the run goes on. */
    private interface Opening<T> {
        T open() throws IOException;
    }

    /** One that cannot even be opened ends the run before it begins. */
    private static <T> T opened(Path path, Opening<T> opening) throws Failure {
        try {
            return opening.open();
        } catch (IOException e) {
            throw OutputFiles.unwritable(path, e);
        }
    }

    static double factor(String speed) throws Failure {
        if (speed.equals("max")) {
            return Double.POSITIVE_INFINITY;
        }
        if (speed.matches("[0-9]{1,6}(\\.[0-9]{1,3})?x")) {
            double factor = Double.parseDouble(speed.substring(0, speed.length() - 1));
            if (factor > 0) {
                return factor;
            }
        }
        throw new Failure(ExitCode.USAGE, "--speed is max or a factor such as 1x, not '" + speed + "'");
    }

    private String command(RunSummary summary) {
        return file.command(summary.scenario()) + hand.words() + (bridge ? " --bridge" : "");
    }
}
