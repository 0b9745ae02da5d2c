package io.thicket.sim.cli;

import io.thicket.agent.cli.ExitCode;
import io.thicket.agent.cli.Failure;
import io.thicket.sim.console.CommandException;
import io.thicket.sim.console.CommandScript;
import io.thicket.sim.console.ConsoleSession;
import io.thicket.sim.console.InputLines;
import io.thicket.sim.run.ScenarioRun;
import io.thicket.sim.sweep.ShellWord;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What steers a run beside its scenario: somebody at a console, a file of commands. */
final class ConsoleOptions {
    @Option(
            names = "--console",
            description = {
                "Stop before anything happens, and read commands from standard input: run, step, until 30s, nodes, routes 3,"
                        + " ping 3 40, kill 17, link 3 4 loss 0.5 ...; help lists them. The end of the input is 'run'."
            })
    private boolean console;

    @Option(
            names = "--commands",
            paramLabel = "FILE",
            description = "Do these commands on the way, each on a line: at 30s kill 17.")
    private Optional<Path> commands;

    @Option(
            names = "--record-commands",
            paramLabel = "OUT",
            description = "Write every command with its time: with --commands OUT the run is the same again.")
    private Optional<Path> record;

    private @Nullable InputLines lines;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    ConsoleOptions() {}

    boolean isConsole() {
        return console;
    }

    boolean isUsed() {
        return console || commands.isPresent() || record.isPresent();
    }

    /** Begins to read what is typed, if there is a console. */
    void open() {
        lines = console ? new InputLines(System.in, isTerminal()) : null;
    }

    /** Somebody pressed Ctrl-C: the console ends the run, as the word stop does. Any thread, after {@link #open}. */
    void interrupt() {
        if (lines != null) {
            lines.interrupt();
        }
    }

    Optional<Path> output() {
        return record;
    }

    /** The words of a command line that does the same again, as far as files can. */
    String words() {
        Optional<Path> file = record.isPresent() ? record : commands;
        return file.map(path -> " --commands " + ShellWord.of(path.toString())).orElse("");
    }

    /** The file of commands. */
    Optional<Path> input() {
        return commands;
    }

    /** What is to be done on the way; a {@link Failure} lists every mistake. */
    CommandScript script(ScenarioRun run) throws Failure {
        return commands.isPresent() ? script(commands.get(), run.control().names()) : CommandScript.NONE;
    }

    /** A session for {@code run}, after {@link #open}; {@code recording} takes each command that is done, as a line. */
    ConsoleSession session(
            ScenarioRun run, CommandScript script, PrintWriter out, double factor, Consumer<String> recording) {
        return new ConsoleSession(run.control(), out, script, lines, factor, recording);
    }

    /** Has {@code run} do once more what {@code done} lists, or else what the file of commands says, and print nothing. */
    void again(ScenarioRun run, List<String> done) throws Failure {
        if (done.isEmpty() && commands.isEmpty()) {
            return;
        }
        List<String> names = run.control().names();
        try {
            CommandScript script = done.isEmpty()
                    ? script(commands.orElseThrow(), names)
                    : CommandScript.parse(
                            String.join("\n", done).getBytes(StandardCharsets.UTF_8), "commands", names, false);
            PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
            run.steer(new ConsoleSession(run.control(), nowhere, script, null, Double.POSITIVE_INFINITY, line -> {}));
        } catch (CommandException e) {
            throw new Failure(ExitCode.USAGE, "the recorded commands cannot be done\n" + e.text());
        }
    }

    private CommandScript script(Path file, List<String> names) throws Failure {
        try {
            return CommandScript.parse(bytes(file), file.toString(), names, console);
        } catch (CommandException e) {
            throw new Failure(ExitCode.USAGE, "these commands cannot be done\n" + e.text());
        } catch (NoSuchFileException e) {
            throw new Failure(ExitCode.USAGE, "there is no file " + file);
        } catch (IOException e) {
            throw new Failure(ExitCode.USAGE, file + " cannot be read: " + e.getMessage());
        }
    }

    /** One more than may be at most: pipes and devices tell no size before they are read. */
    private static byte[] bytes(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(CommandScript.MAX_BYTES + 1);
        }
    }

    /** Java's own answer differs between versions and cannot be had for standard input alone. */
    private static boolean isTerminal() {
        try {
            Process test =
                    new ProcessBuilder("/bin/sh", "-c", "test -t 0").inheritIO().start();
            return test.waitFor(5, TimeUnit.SECONDS) && test.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
