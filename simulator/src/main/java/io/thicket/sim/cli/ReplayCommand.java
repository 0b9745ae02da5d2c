package io.thicket.sim.cli;

import io.thicket.agent.cli.ExitCode;
import io.thicket.agent.cli.Failure;
import io.thicket.agent.config.ConfigException;
import io.thicket.agent.config.NetworkKey;
import io.thicket.agent.config.NetworkKeyFile;
import io.thicket.agent.identity.Ed25519Verifier;
import io.thicket.agent.senml.JsonWriter;
import io.thicket.routing.record.LogFormatException;
import io.thicket.routing.record.Replay;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code thicket replay FILE}. */
@Command(
        name = "replay",
        description = "Feeds the real router from a log that a node recorded, and compares every effect bit for bit.")
final class ReplayCommand implements Callable<Integer> {
    private static final long MAX_BYTES = 1L << 30;

    @Parameters(paramLabel = "FILE", description = "What the node wrote ([debug] record in its configuration).")
    private Path file = Path.of("");

    @Option(
            names = "--key",
            required = true,
            paramLabel = "FILE",
            description = "The network's key file; the log does not hold the key.")
    private Path keyFile = Path.of("");

    @Option(names = "--json", description = "Print the outcome as JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets spec
    ReplayCommand() {}

    @Override
    public Integer call() throws Failure {
        NetworkKey key;
        try {
            key = NetworkKeyFile.read(keyFile);
        } catch (ConfigException e) {
            throw new Failure(ExitCode.NO_PERMISSION, e.getMessage());
        }
        Replay.Outcome outcome;
        try (FileChannel channel = FileChannel.open(file)) {
            if (channel.size() > MAX_BYTES) {
                throw new Failure(ExitCode.BAD_DATA, file + " is larger than any log that a node writes");
            }
            // Mapped, so that a long log needs no memory of this program.
            ByteBuffer log = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
            outcome = Replay.run(log, key.key(), new Ed25519Verifier());
        } catch (LogFormatException e) {
            throw new Failure(ExitCode.BAD_DATA, file + ": " + e.getMessage());
        } catch (NoSuchFileException e) {
            throw new Failure(ExitCode.NO_INPUT, "there is no file " + file);
        } catch (IOException e) {
            throw new Failure(ExitCode.NO_INPUT, file + " cannot be read: " + e.getMessage());
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? json(outcome) : text(outcome));
        out.flush();
        return (outcome.difference() == null ? ExitCode.OK : ExitCode.FAILED).number();
    }

    private static String text(Replay.Outcome outcome) {
        String counts = outcome.calls() + " calls, " + outcome.effects() + " effects, hash " + outcome.hash() + "\n";
        if (outcome.difference() != null) {
            return counts + "DIFFERENT: " + outcome.difference();
        }
        return counts
                + switch (outcome.end()) {
                    case STOPPED -> "the same, bit for bit, until the node stopped";
                    case FULL -> "the same, bit for bit, until the log was full";
                    case FAILED -> "the same, bit for bit, and then the same failure";
                    case OPEN ->
                        "the same, bit for bit, as far as the log goes (it has no end: power cut, or still running)";
                };
    }

    private static String json(Replay.Outcome outcome) {
        JsonWriter json = new JsonWriter().beginObject();
        json.name("same").value(outcome.difference() == null);
        json.name("calls").value(outcome.calls());
        json.name("effects").value(outcome.effects());
        json.name("hash").value(outcome.hash());
        json.name("end").value(outcome.end().name().toLowerCase(Locale.ROOT));
        json.name("difference").value(outcome.difference());
        return new String(json.endObject().toBytes(), StandardCharsets.UTF_8);
    }
}
