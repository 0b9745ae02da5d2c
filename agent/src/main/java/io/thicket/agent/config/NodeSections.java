package io.thicket.agent.config;

import io.thicket.agent.config.NodeConfig.Clock;
import io.thicket.agent.config.NodeConfig.Coap;
import io.thicket.agent.config.NodeConfig.Debug;
import io.thicket.agent.config.NodeConfig.Log;
import io.thicket.agent.config.NodeConfig.Mesh;
import io.thicket.agent.config.NodeConfig.Network;
import io.thicket.agent.config.NodeConfig.Outbox;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/** The agent's own sections. */
final class NodeSections {
    static final List<String> NAMES =
            List.of("node", "network", "link", "coap", "bus", "sensor", "outbox", "mesh", "log", "debug", "drivers");

    private static final TomlTable EMPTY = Toml.parse("");
    private static final int MAX_WAITING_READINGS = 1_000_000;
    private static final long MIN_RECORD_BYTES = 64L << 10;
    private static final long MAX_RECORD_BYTES = 1L << 30;
    /** As with the defaults; enough for about ten hops. */
    private static final int GREETINGS_PER_GATEWAY_INTERVAL = 5;

    private final DriverLookup drivers;
    private final Path directory;
    private final ProblemCollector problems;
    private final boolean mayMiss;
    private DriversSection own = DriversSection.NONE;

    NodeSections(DriverLookup drivers, Path directory, ProblemCollector problems, boolean mayMiss) {
        this.drivers = drivers;
        this.directory = directory;
        this.problems = problems;
        this.mayMiss = mayMiss;
    }

    NodeConfig read(TomlParseResult toml) {
        NodeConfig.Node node = required(toml, "node", this::node);
        Network network = required(toml, "network", this::network);
        LinkSection links = new LinkSection();
        List<LinkConfig> linkConfigs = entries(toml, "link", links::read);
        if (toml.contains(List.of("drivers"))) {
            own = optional(toml, "drivers", reader -> DriversSection.read(reader, drivers, problems));
        }
        PortClaims ports = new PortClaims();
        BusSection buses = new BusSection(ports);
        List<BusConfig> busConfigs = entries(toml, "bus", buses::read);
        SensorSection sensors = new SensorSection(drivers.with(own.drivers()), ports, busConfigs);
        List<SensorConfig> sensorConfigs = entries(toml, "sensor", sensors::read);
        if (linkConfigs.isEmpty() && problems.errorCount() == 0) {
            problems.warning(
                    null,
                    "no [[link]]: the node will not find others",
                    "write [[link]] with type = \"udp\" and interface = \"wlan0\"");
        }
        return new NodeConfig(
                node,
                network,
                linkConfigs,
                optional(toml, "coap", this::coap),
                sensorConfigs,
                optional(toml, "outbox", this::outbox),
                optional(toml, "mesh", this::mesh),
                optional(toml, "log", reader -> new Log(reader.choice("level", Log.DEFAULT.level()))),
                optional(toml, "debug", this::debug),
                busConfigs);
    }

    /** The owner's own drivers; after {@link #read}. */
    DriversSection drivers() {
        return own;
    }

    /** The table of a section, null if it is not there; another kind of value is a problem. */
    @Nullable
    TomlTable table(TomlParseResult toml, String name) {
        Object value = toml.get(List.of(name));
        if (value == null || value instanceof TomlTable) {
            return (TomlTable) value;
        }
        problems.error(toml.inputPositionOf(List.of(name)), "'" + name + "' is no section", "write [" + name + "]");
        return EMPTY;
    }

    SectionReader section(TomlParseResult toml, String name, TomlTable table) {
        return reader(table, "[" + name + "]", toml.inputPositionOf(List.of(name)), mayMiss);
    }

    private <T> T required(TomlParseResult toml, String name, Function<SectionReader, T> read) {
        if (toml.contains(List.of(name))) {
            return optional(toml, name, read);
        }
        if (!mayMiss) {
            problems.error(null, "there is no section [" + name + "]", "");
        }
        return read.apply(reader(EMPTY, "[" + name + "]", null, true));
    }

    private <T> T optional(TomlParseResult toml, String name, Function<SectionReader, T> read) {
        TomlTable table = table(toml, name);
        // A section of the wrong kind has been reported already; its missing keys are no news.
        boolean silent = mayMiss || table == EMPTY;
        SectionReader reader = reader(
                table == null ? EMPTY : table,
                "[" + name + "]",
                table == null ? null : toml.inputPositionOf(List.of(name)),
                silent);
        T value = read.apply(reader);
        reader.refuseUnknownKeys();
        return value;
    }

    /** The entries of {@code [[name]]} that had no problem. */
    private <T> List<T> entries(TomlParseResult toml, String name, Function<SectionReader, Optional<T>> read) {
        Object value = toml.get(List.of(name));
        TomlPosition place = value == null ? null : toml.inputPositionOf(List.of(name));
        List<T> entries = new ArrayList<>();
        if (value instanceof TomlArray array && array.toList().stream().allMatch(TomlTable.class::isInstance)) {
            if (array.size() > ConfigReader.MAX_ENTRIES) {
                problems.error(place, "more than " + ConfigReader.MAX_ENTRIES + " [[" + name + "]]", "");
                return entries;
            }
            for (int i = 0; i < array.size(); i++) {
                SectionReader reader = reader(array.getTable(i), "[[" + name + "]]", array.inputPositionOf(i), mayMiss);
                int before = problems.errorCount();
                Optional<T> entry = read.apply(reader);
                reader.refuseUnknownKeys();
                if (problems.errorCount() == before) {
                    entry.ifPresent(entries::add);
                }
            }
        } else if (value != null) {
            problems.error(place, "[" + name + "] needs double brackets", "write [[" + name + "]], once for each");
        }
        return entries;
    }

    private SectionReader reader(TomlTable table, String title, @Nullable TomlPosition place, boolean silent) {
        return new SectionReader(table, title, place, directory, problems, silent, path -> {});
    }

    private NodeConfig.Node node(SectionReader reader) {
        return new NodeConfig.Node(
                reader.requireName("name", reader.requiredText("name", "\"greenhouse-17\"")),
                reader.path("data_dir").orElse(NodeConfig.Node.DEFAULT_DATA_DIR),
                reader.choice("clock", Clock.SYSTEM),
                reader.flag("relay", true));
    }

    private Network network(SectionReader reader) {
        boolean given = !reader.requiredText("key_file", "\"network.key\"").isEmpty();
        return new Network(
                given ? reader.path("key_file").orElse(directory) : directory,
                reader.requireName("site", reader.text("site").orElse(Network.DEFAULT_SITE)));
    }

    private Coap coap(SectionReader reader) {
        List<HostPort> listen = reader.hostPorts("listen").orElse(Coap.DEFAULT.listen());
        Set<HostPort> seen = new HashSet<>();
        for (HostPort address : listen) {
            if (!seen.add(address)) {
                reader.error("listen", "listen has " + address + " twice", "");
            }
        }
        return new Coap(listen, CommandKeys.commanders(reader, listen));
    }

    private Outbox outbox(SectionReader reader) {
        return new Outbox(
                reader.integer("max_readings", 1, MAX_WAITING_READINGS).orElse(Outbox.DEFAULT.maxReadings()),
                reader.duration("max_age", Outbox.DEFAULT.maxAge(), Duration.ofSeconds(1), Duration.ofDays(30)));
    }

    private Debug debug(SectionReader reader) {
        return new Debug(
                reader.path("record").orElse(null),
                reader.bytes("record_limit", Debug.DEFAULT.recordLimitBytes(), MIN_RECORD_BYTES, MAX_RECORD_BYTES));
    }

    private Mesh mesh(SectionReader reader) {
        Mesh mesh = new Mesh(
                reader.duration(
                        "gateway_interval", Mesh.DEFAULT.gatewayInterval(), Duration.ofSeconds(1), Duration.ofHours(1)),
                reader.duration("hello_min", Mesh.DEFAULT.helloMin(), Duration.ofMillis(100), Duration.ofMinutes(10)),
                reader.duration("hello_max", Mesh.DEFAULT.helloMax(), Duration.ofMillis(100), Duration.ofHours(1)),
                reader.choice("energy", Mesh.DEFAULT.energy()));
        if (mesh.helloMin().compareTo(mesh.helloMax()) > 0) {
            reader.error(
                    "hello_min",
                    "hello_min = " + Units.text(mesh.helloMin()) + " is more than hello_max = "
                            + Units.text(mesh.helloMax()),
                    "");
        }
        checkGatewayInterval(reader, mesh);
        return mesh;
    }

    /**
     * What nodes know of a gateway travels with greetings, one for each hop, and lives for two and a half gateway intervals: it
     * must arrive before it ends.
     */
    private static void checkGatewayInterval(SectionReader reader, Mesh mesh) {
        String key = reader.has("gateway_interval") ? "gateway_interval" : "hello_max";
        String interval = "gateway_interval = " + Units.text(mesh.gatewayInterval());
        String longest = "hello_max = " + Units.text(mesh.helloMax());
        Duration wanted = mesh.helloMax().multipliedBy(GREETINGS_PER_GATEWAY_INTERVAL);
        String hint = "write gateway_interval = \"" + Units.text(wanted) + "\", or a shorter hello_max";
        if (mesh.gatewayInterval().compareTo(mesh.helloMax()) < 0) {
            reader.error(
                    key,
                    interval + " is less than " + longest + ", so gateways would be forgotten between greetings",
                    hint);
        } else if (mesh.gatewayInterval().compareTo(wanted) < 0) {
            reader.warning(
                    key,
                    interval + " is less than " + GREETINGS_PER_GATEWAY_INTERVAL + " times " + longest
                            + ": nodes many hops away may forget their gateway for minutes",
                    hint);
        }
    }
}
