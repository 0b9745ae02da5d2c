package io.thicket.sim.demo;

import io.thicket.agent.config.Units;
import io.thicket.sim.kernel.Seeds;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Iterator;
import java.util.List;

/**
 * What the demo was asked for.
 *
 * @param nodes how many, the gateway included
 * @param broker URL of a broker that runs already; empty for an own one
 * @param headless plain lines instead of the view
 * @param forMs how long to run, 0 until somebody ends it
 * @param json one JSON object on standard output at the end, everything else on standard error
 * @param seed of keys, values and choices
 */
record DemoOptions(int nodes, String broker, boolean headless, long forMs, boolean json, long seed) {
    /** Fewer nodes make fewer than four hops when each relay has an alternative. */
    static final int MIN_NODES = 8;

    static final int MAX_NODES = 64;
    static final int DEFAULT_NODES = 12;

    /** A run without a terminal ends by itself. */
    static final long DEFAULT_HEADLESS_MS = 60_000;

    static final String USAGE = """
            Usage: thicket demo [--nodes N] [--broker URL] [--headless] [--for TIME] [--json] [--seed N]

            Runs a gateway and N-1 nodes with virtual sensors in this process, on UDP loopback, with an MQTT 5 broker of
            its own, and shows readings arriving over several hops. A relay that is killed is routed around.

              --nodes N      nodes, the gateway included; 8 to 64 (default 12)
              --broker URL   use this broker (tcp://HOST:PORT) instead of the built-in one
              --headless     plain lines, no keys; a relay in use is killed at a third of the run
              --for TIME     end after this time: 90s, 5min (default without a terminal: 60s)
              --json         print one JSON object at the end; lines go to standard error
              --seed N       make the same keys, sensor values and choices again (42, 0x5eed)

            Exit status: 0 every reading arrived, 1 it did not, 2 wrong arguments, 69 cannot start.
            """;

    private static final long MIN_FOR_MS = 5_000;
    private static final long MAX_FOR_MS = 7L * 24 * 3_600_000;

    /** Reads the arguments; an {@link IllegalArgumentException} says in one sentence what is wrong. */
    static DemoOptions parse(List<String> arguments, long drawnSeed) {
        int nodes = DEFAULT_NODES;
        String broker = "";
        boolean headless = false;
        long forMs = 0;
        boolean json = false;
        long seed = drawnSeed;
        Iterator<String> rest = arguments.iterator();
        while (rest.hasNext()) {
            String argument = rest.next();
            int equals = argument.startsWith("--") ? argument.indexOf('=') : -1;
            String key = equals < 0 ? argument : argument.substring(0, equals);
            switch (key) {
                case "--headless", "--json" -> {
                    if (equals >= 0) {
                        throw new IllegalArgumentException(key + " takes no value");
                    }
                    headless |= key.equals("--headless");
                    json |= key.equals("--json");
                }
                case "--nodes", "--broker", "--for", "--seed" -> {
                    if (equals < 0 && !rest.hasNext()) {
                        throw new IllegalArgumentException(key + " needs a value");
                    }
                    String value = equals < 0 ? rest.next() : argument.substring(equals + 1);
                    switch (key) {
                        case "--nodes" -> nodes = parseNodes(value);
                        case "--broker" -> broker = parseBroker(value);
                        case "--for" -> forMs = parseTime(value);
                        default -> seed = Seeds.parse(value).root();
                    }
                }
                default -> throw new IllegalArgumentException("unknown argument '" + argument + "'");
            }
        }
        return new DemoOptions(nodes, broker, headless, forMs, json, seed);
    }

    private static int parseNodes(String value) {
        try {
            int nodes = Integer.parseInt(value);
            if (nodes >= MIN_NODES && nodes <= MAX_NODES) {
                return nodes;
            }
        } catch (NumberFormatException e) {
            // Falls through to the one message for both.
        }
        throw new IllegalArgumentException(
                "--nodes is a number from " + MIN_NODES + " to " + MAX_NODES + ", not '" + value + "'");
    }

    private static String parseBroker(String value) {
        try {
            URI uri = new URI(value);
            if ("tcp".equals(uri.getScheme()) && uri.getHost() != null && uri.getUserInfo() == null) {
                return uri.getPort() < 0 ? "tcp://" + uri.getHost() + ":1883" : value;
            }
        } catch (URISyntaxException e) {
            // Falls through to the one message for both.
        }
        throw new IllegalArgumentException("--broker is a URL such as tcp://127.0.0.1:1883, not '" + value + "'");
    }

    /** As in a configuration file: {@code 90s}, {@code 5min}. */
    private static long parseTime(String value) {
        try {
            long ms = Units.duration(value).toMillis();
            if (ms >= MIN_FOR_MS && ms <= MAX_FOR_MS) {
                return ms;
            }
        } catch (IllegalArgumentException e) {
            // Falls through to the one message for both.
        }
        throw new IllegalArgumentException("--for is a time from 5s to 168h, such as 90s or 5min, not '" + value + "'");
    }
}
