package io.thicket.agent.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code thicket agent} and {@code thicket gateway} in the list of commands. The launcher starts their own mains, which do not
 * load picocli; whoever gets here started the command line's main by hand.
 */
final class DaemonHelp {
    private DaemonHelp() {}

    private static int elsewhere(String word) throws Failure {
        throw new Failure(ExitCode.USAGE, "start it through the launcher: thicket " + word + " --config FILE");
    }

    /** The agent. */
    @Command(name = "agent", description = "Run a sensor node or a relay in the foreground: --config FILE.")
    static final class Agent implements java.util.concurrent.Callable<Integer> {
        @SuppressWarnings("UnusedVariable") // for the help text
        @Option(names = "--config", paramLabel = "FILE", required = true, description = "The node's configuration.")
        private String file = "";

        @Override
        public Integer call() throws Failure {
            return elsewhere("agent");
        }
    }

    /** The gateway. */
    @Command(name = "gateway", description = "Run a gateway in the foreground: --config FILE.")
    static final class Gateway implements java.util.concurrent.Callable<Integer> {
        @SuppressWarnings("UnusedVariable") // for the help text
        @Option(names = "--config", paramLabel = "FILE", required = true, description = "The gateway's configuration.")
        private String file = "";

        @Override
        public Integer call() throws Failure {
            return elsewhere("gateway");
        }
    }
}
