package io.thicket.agent.cli;

import io.thicket.agent.config.ConfigException;
import io.thicket.agent.config.ConfigReader;
import io.thicket.agent.config.ConfigSection;
import io.thicket.agent.config.DriverLookup;
import io.thicket.agent.config.LoadedConfig;
import io.thicket.drivers.catalogue.DriverCatalogue;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Runs one node in the foreground until a signal ends it: reads the configuration, makes the real ports, joins them to a
 * {@code Node}. The agent and the gateway differ in their sections and in their uplink only.
 */
public final class Daemon {
    private final String word;
    private final List<? extends ConfigSection<?>> sections;
    private final UplinkFactory uplinks;

    /** {@code word}: the command's name in messages. */
    public Daemon(String word, List<? extends ConfigSection<?>> sections, UplinkFactory uplinks) {
        this.word = word;
        this.sections = sections;
        this.uplinks = uplinks;
    }

    /** Returns when the node has ended, with the exit code. */
    public int run(String[] args) {
        try {
            Path file = fileOf(args);
            if (file == null) {
                System.out.println(usage());
                return ExitCode.OK.number();
            }
            LoadedConfig config = new ConfigReader(DriverLookup.of(DriverCatalogue.all()), sections).read(file);
            // tinylog reads this when it is first used, which is not before here.
            System.setProperty(
                    "tinylog.level", config.node().log().level().name().toLowerCase(Locale.ROOT));
            return new RunningNode(config, uplinks).runToEnd();
        } catch (ConfigException e) {
            System.err.println(e.getMessage());
            return ExitCode.CONFIG.number();
        } catch (Failure e) {
            System.err.println("thicket " + word + ": " + e.getMessage());
            return e.code().number();
        }
    }

    /** The file after {@code --config}; null if help was asked for. */
    private @Nullable Path fileOf(String[] args) throws Failure {
        if (args.length == 1 && (args[0].equals("--help") || args[0].equals("-h"))) {
            return null;
        }
        if (args.length == 2 && args[0].equals("--config")) {
            return Path.of(args[1]);
        }
        if (args.length == 1 && args[0].startsWith("--config=")) {
            return Path.of(args[0].substring("--config=".length()));
        }
        throw new Failure(ExitCode.USAGE, "wants --config FILE\n" + usage());
    }

    private String usage() {
        return """
                Usage: thicket %s --config FILE
                Runs a node in the foreground. SIGTERM or Ctrl-C ends it cleanly within 5 s.
                Check the file before: thicket config check FILE. What may be wrong around it: thicket doctor FILE.
                Exit codes: 0 ended by a signal, 2 wrong command line, 69 a port is taken, 70 a fault in Thicket itself,
                73 the data directory cannot be written, 77 the key file is not private, 78 the configuration is wrong.""".formatted(word);
    }
}
