package io.thicket.agent.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A node's configuration with every default filled in; the keys are described in docs/configuration.md. Paths are absolute or
 * relative to the working directory: {@link ConfigReader} has resolved them against the file's directory.
 */
public record NodeConfig(
        Node node,
        Network network,
        List<LinkConfig> links,
        Coap coap,
        List<SensorConfig> sensors,
        Outbox outbox,
        Mesh mesh,
        Log log,
        Debug debug,
        List<BusConfig> buses) {

    public NodeConfig {
        links = List.copyOf(links);
        sensors = List.copyOf(sensors);
        buses = List.copyOf(buses);
    }

    /**
     * {@code [node]}.
     *
     * @param name {@code [a-z0-9_-]{1,32}}
     * @param dataDir where identity and epoch live
     * @param relay whether it forwards for others
     */
    public record Node(String name, Path dataDir, Clock clock, boolean relay) {
        public static final Path DEFAULT_DATA_DIR = Path.of("/var/lib/thicket");
    }

    /** What to think of the machine's time of day. */
    public enum Clock {
        /** Right when the operating system says that it is synchronised. */
        SYSTEM,
        /** Always right: a battery clock, or a time service that the system does not know of. */
        TRUSTED
    }

    /**
     * {@code [network]}.
     *
     * @param keyFile as {@code thicket network new} writes it
     * @param site {@code [a-z0-9_-]{1,32}}, part of MQTT topics
     */
    public record Network(Path keyFile, String site) {
        public static final String DEFAULT_SITE = "home";
    }

    /**
     * {@code [coap]}.
     *
     * @param listen where people and tools may ask; none switches it off
     * @param commands who may tell devices something
     */
    public record Coap(List<HostPort> listen, Set<Commander> commands) {
        public static final Coap DEFAULT = new Coap(List.of(new HostPort("127.0.0.1", 5683)), Set.of());

        public Coap {
            listen = List.copyOf(listen);
            commands = Set.copyOf(commands);
        }
    }

    /** Who may tell devices something. */
    public enum Commander {
        /** Clients at the addresses of {@code listen}, which are not authenticated. */
        LOCAL,
        /** Other nodes of the network. */
        MESH
    }

    /** {@code [outbox]}: how many readings wait for a gateway, and how long. */
    public record Outbox(int maxReadings, Duration maxAge) {
        public static final Outbox DEFAULT = new Outbox(10_000, Duration.ofHours(24));
    }

    /** {@code [mesh]}: what the node lives on, and timers that only a test or a very slow network changes. */
    public record Mesh(Duration gatewayInterval, Duration helloMin, Duration helloMax, Energy energy) {
        public static final Mesh DEFAULT =
                new Mesh(Duration.ofSeconds(300), Duration.ofSeconds(1), Duration.ofSeconds(60), Energy.MAINS);
    }

    /** What a node lives on: how willing it is to forward for others (HELLO key 5). */
    public enum Energy {
        MAINS(7),
        SOLAR(5),
        BATTERY(3);

        private final int willingness;

        Energy(int willingness) {
            this.willingness = willingness;
        }

        public int willingness() {
            return willingness;
        }
    }

    /** {@code [log]}. */
    public record Log(Level level) {
        public static final Log DEFAULT = new Log(Level.INFO);
    }

    /**
     * {@code [debug]}.
     *
     * @param record where everything that the router gets is written, null if nothing is
     * @param recordLimitBytes the largest size of that file
     */
    public record Debug(@Nullable Path record, long recordLimitBytes) {
        public static final Debug DEFAULT = new Debug(null, 16L << 20);
    }

    /** How much to log. */
    public enum Level {
        ERROR,
        WARN,
        INFO,
        DEBUG
    }
}
