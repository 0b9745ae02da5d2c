package io.thicket.agent.cli;

import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import picocli.CommandLine.Option;

/** Which agent to ask, and in which form to print the answer. */
final class AskOptions {
    /** RFC 7252 section 6.1. */
    private static final int COAP_PORT = 5683;

    @Option(
            names = "--connect",
            paramLabel = "coap://HOST:PORT",
            description = "The agent to ask (default: ${DEFAULT-VALUE}).",
            defaultValue = "coap://127.0.0.1:5683")
    private URI agent = URI.create("coap://127.0.0.1:5683");

    @Option(names = "--json", description = "Print JSON (docs/cli.md says which fields).")
    private boolean json;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            description = "How long to wait for the answer (default: ${DEFAULT-VALUE}).",
            defaultValue = "15")
    private int timeoutSeconds = 15;

    boolean json() {
        return json;
    }

    Duration timeout() throws Failure {
        if (timeoutSeconds < 1 || timeoutSeconds > 600) {
            throw new Failure(ExitCode.USAGE, "--timeout is 1 to 600 seconds, not " + timeoutSeconds);
        }
        return Duration.ofSeconds(timeoutSeconds);
    }

    /** The agent's address, checked. */
    InetSocketAddress agent() throws Failure {
        boolean usable = "coap".equals(agent.getScheme())
                && agent.getHost() != null
                && (agent.getPath() == null || agent.getPath().isEmpty() || "/".equals(agent.getPath()));
        if (!usable) {
            throw new Failure(ExitCode.USAGE, "--connect wants coap://HOST:PORT, not '" + agent + "'");
        }
        return new InetSocketAddress(agent.getHost(), agent.getPort() < 0 ? COAP_PORT : agent.getPort());
    }
}
