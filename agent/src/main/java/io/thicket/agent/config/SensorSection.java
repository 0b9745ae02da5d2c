package io.thicket.agent.config;

import io.thicket.drivers.DriverDescriptor;
import io.thicket.drivers.LineParameters;
import io.thicket.drivers.filter.FilterSet;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code [[sensor]]}, one after the other; it remembers what must not occur twice. */
final class SensorSection {
    static final int MAX_BAUD = 4_000_000;

    private final DriverLookup lookup;
    private final Map<String, DriverDescriptor> drivers = new LinkedHashMap<>();
    private final Set<String> names = new HashSet<>();
    private final PortClaims ports;
    private final UnitSection units;

    SensorSection(DriverLookup lookup, PortClaims ports, List<BusConfig> buses) {
        this.lookup = lookup;
        this.ports = ports;
        this.units = new UnitSection(lookup, buses);
        lookup.drivers().forEach(driver -> drivers.put(driver.id(), driver));
    }

    Optional<SensorConfig> read(SectionReader reader) {
        String name = reader.requireName("name", reader.requiredText("name", "\"air\""));
        if (!name.isEmpty() && !names.add(name)) {
            reader.error("name", "another sensor is called '" + name + "' already", "");
        }
        String driver = reader.requiredText("driver", "\"plantower.pms5003\"");
        Map<String, String> options = reader.options("options");
        UnitConfig unit = lookup.isUnit(driver) ? units.read(reader) : null;
        SensorKeyFile keyFile = SensorKeyFile.read(reader, options).orElse(null);
        Map<String, String> all = SensorKeyFile.with(keyFile, UnitSection.options(options, unit));
        boolean sound = !driver.isEmpty() && checkDriver(reader, driver, all);
        SensorConfig sensor = new SensorConfig(
                name,
                driver,
                reader.text("port").orElse(null),
                reader.integer("baud", 50, MAX_BAUD).orElse(null),
                format(reader),
                reader.duration("settle", SensorConfig.DEFAULT_SETTLE, Duration.ZERO, Duration.ofSeconds(60)),
                reader.duration(
                        "interval",
                        SensorConfig.DEFAULT_INTERVAL,
                        SensorConfig.LEAST_INTERVAL,
                        SensorConfig.MOST_INTERVAL),
                reader.duration("min_interval", Duration.ZERO, Duration.ZERO, SensorConfig.MOST_INTERVAL),
                health(reader, driver),
                options,
                keyFile,
                filters(reader),
                CommandKeys.allowed(reader, driver, sound ? lookup.commands(driver, all) : List.of()),
                CalibrationKeys.read(reader),
                unit);
        if (!driver.isEmpty()) {
            checkPort(reader, sensor);
        }
        return Optional.of(sound && unit != null ? seated(reader, sensor, unit) : sensor);
    }

    private static Duration health(SectionReader reader, String driver) {
        Duration health = reader.duration("health", Duration.ZERO, Duration.ZERO, SensorConfig.MOST_INTERVAL);
        if (health.isZero()) {
            return health;
        }
        if (driver.startsWith(SensorConfig.VIRTUAL_PREFIX)) {
            reader.error("health", "health: a virtual sensor has no port and no device", "delete it");
        } else if (health.compareTo(SensorConfig.LEAST_HEALTH) < 0) {
            reader.error(
                    "health", "health is less than " + SensorConfig.LEAST_HEALTH.toSeconds() + " s", "write \"15min\"");
        }
        return health;
    }

    private static Map<String, String> filters(SectionReader reader) {
        Map<String, String> filters = reader.options("filters");
        try {
            FilterSet.parse(filters);
        } catch (IllegalArgumentException e) {
            reader.error("filters", "filters: " + e.getMessage(), "");
        }
        return filters;
    }

    private SensorConfig seated(SectionReader reader, SensorConfig sensor, UnitConfig unit) {
        return new SensorConfig(
                sensor.name(),
                sensor.driver(),
                sensor.port(),
                sensor.baud(),
                sensor.format(),
                sensor.settle(),
                sensor.interval(),
                sensor.minInterval(),
                sensor.health(),
                sensor.options(),
                sensor.keyFile(),
                sensor.filters(),
                sensor.allowCommands(),
                sensor.calibration(),
                units.place(reader, sensor.name(), sensor.driver(), unit, sensor.driverOptions(), sensor.interval()));
    }

    private boolean checkDriver(SectionReader reader, String id, Map<String, String> options) {
        if (!drivers.containsKey(id)) {
            String near = DidYouMean.hint(id, drivers.keySet());
            reader.error(
                    "driver",
                    "there is no driver '" + id + "'",
                    near.isEmpty() ? "`thicket driver list` shows all" : near);
            return false;
        }
        List<String> problems = lookup.problemsWith(id, options);
        for (String problem : problems) {
            String key = problem.startsWith("option " + SensorKeyFile.OPTION + ":") && reader.has("key_file")
                    ? "key_file"
                    : reader.has("options") ? "options" : reader.has("map") ? "map" : "driver";
            String hint = reader.has("key_file") && problem.startsWith("unknown option '" + SensorKeyFile.OPTION + "'")
                    ? "delete key_file: this driver has no key"
                    : "";
            reader.error(key, "driver " + id + ": " + problem, hint);
        }
        return problems.isEmpty();
    }

    private void checkPort(SectionReader reader, SensorConfig sensor) {
        String port = sensor.port();
        if (sensor.isVirtual()) {
            for (String key : new String[] {"port", "baud", "format", "settle"}) {
                if (reader.has(key)) {
                    reader.error(
                            key, key + " means nothing to the virtual sensor '" + sensor.name() + "'", "delete it");
                }
            }
            return;
        }
        if (sensor.unit() == null) {
            refuseKeysOfUnits(reader);
        } else if (!sensor.unit().bus().isEmpty()) {
            for (String key : new String[] {"port", "baud", "format", "settle"}) {
                if (reader.has(key)) {
                    reader.error(key, key + " is that of the bus", "write it in [[bus]]");
                }
            }
            return;
        }
        if (port == null) {
            String example = "\"/dev/serial/by-id/...\"";
            reader.missing(
                    "port", sensor.unit() == null ? example : example + ", or bus = \"meters\" for a shared line");
        } else {
            ports.check(reader, "sensor '" + sensor.name() + "'", port);
        }
    }

    private static void refuseKeysOfUnits(SectionReader reader) {
        if (reader.has("interval")) {
            reader.error(
                    "interval",
                    "interval is for virtual sensors and units of a bus; another speaks when it likes",
                    "min_interval thins what it says");
        }
        for (String key : UnitSection.KEYS) {
            if (reader.has(key)) {
                reader.error(key, key + " is for drivers that ask, such as modbus", "delete it");
            }
        }
    }

    static @Nullable LineFormat format(SectionReader reader) {
        Optional<String> text = reader.text("format");
        try {
            return text.isPresent() ? LineFormat.parse(text.get()) : null;
        } catch (IllegalArgumentException e) {
            LineParameters usual = LineParameters.of8N1(9600);
            LineFormat example = new LineFormat(usual.dataBits(), usual.parity(), usual.stopBits());
            reader.error("format", "format: " + e.getMessage(), "write \"" + example + "\" or \"7E1\"");
            return null;
        }
    }
}
