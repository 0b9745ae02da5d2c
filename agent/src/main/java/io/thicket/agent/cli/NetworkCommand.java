package io.thicket.agent.cli;

import io.thicket.agent.config.NetworkKey;
import io.thicket.agent.config.NetworkKeyFile;
import io.thicket.routing.Identity;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code thicket network}. */
@Command(name = "network", description = "Make the key file that the nodes of a network share.")
final class NetworkCommand {
    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets spec
    NetworkCommand() {}

    @Command(name = "new", description = "Write a new network's id and key to FILE (mode 0600); never overwrites.")
    int create(
            @Parameters(paramLabel = "FILE", description = "The key file to make.") Path file,
            @Option(
                            names = "--name",
                            paramLabel = "ID",
                            description = "The network's id: 1 to 32 of a-z, 0-9, _ and - (default: random).")
                    Optional<String> name)
            throws Failure {
        if (name.isPresent() && !Identity.isValidName(name.get())) {
            throw new Failure(ExitCode.USAGE, "--name is 1 to 32 of a-z, 0-9, _ and -, not '" + name.get() + "'");
        }
        try {
            NetworkKey key = NetworkKeyFile.create(file, name, new SecureRandom(), LocalDate.now(ZoneOffset.UTC));
            PrintWriter out = spec.commandLine().getOut();
            out.println("network " + key.id() + ": key written to " + file);
            out.println(
                    "Copy it to every node (its owner only may read it), and name it there: [network] key_file = \"...\"");
            out.flush();
            return ExitCode.OK.number();
        } catch (IOException e) {
            throw new Failure(ExitCode.CANNOT_CREATE, e.getMessage());
        }
    }
}
