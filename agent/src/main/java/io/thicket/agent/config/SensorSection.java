package io.thicket.agent.config;

import io.thicket.drivers.DriverDescriptor;
import io.thicket.drivers.LineParameters;
import io.thicket.drivers.serial.PortAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code [[sensor]]}, one after the other; it remembers what must not occur twice. */
final class SensorSection {
    private static final Duration MAX_INTERVAL = Duration.ofHours(24);
    private static final int MAX_BAUD = 4_000_000;

    private final DriverLookup lookup;
    private final Map<String, DriverDescriptor> drivers = new LinkedHashMap<>();
    private final Set<String> names = new HashSet<>();
    private final Map<String, String> sensorByPort = new HashMap<>();

    SensorSection(DriverLookup lookup) {
        this.lookup = lookup;
        lookup.drivers().forEach(driver -> drivers.put(driver.id(), driver));
    }

    Optional<SensorConfig> read(SectionReader reader) {
        String name = reader.requireName("name", reader.requiredText("name", "\"air\""));
        if (!name.isEmpty() && !names.add(name)) {
            reader.error("name", "another sensor is called '" + name + "' already", "");
        }
        String driver = reader.requiredText("driver", "\"plantower.pms5003\"");
        Map<String, String> options = reader.options("options");
        if (!driver.isEmpty()) {
            checkDriver(reader, driver, options);
        }
        SensorConfig sensor = new SensorConfig(
                name,
                driver,
                reader.text("port").orElse(null),
                reader.integer("baud", 50, MAX_BAUD).orElse(null),
                format(reader),
                reader.duration("settle", SensorConfig.DEFAULT_SETTLE, Duration.ZERO, Duration.ofSeconds(60)),
                reader.duration("interval", SensorConfig.DEFAULT_INTERVAL, Duration.ofMillis(100), MAX_INTERVAL),
                reader.duration("min_interval", Duration.ZERO, Duration.ZERO, MAX_INTERVAL),
                options);
        if (!driver.isEmpty()) {
            checkPort(reader, sensor);
        }
        return Optional.of(sensor);
    }

    private void checkDriver(SectionReader reader, String id, Map<String, String> options) {
        if (!drivers.containsKey(id)) {
            String near = DidYouMean.hint(id, drivers.keySet());
            reader.error(
                    "driver",
                    "there is no driver '" + id + "'",
                    near.isEmpty() ? "`thicket driver list` shows all" : near);
            return;
        }
        String problem = lookup.problemWith(id, options);
        if (!problem.isEmpty()) {
            reader.error(options.isEmpty() ? "driver" : "options", "driver " + id + ": " + problem, "");
        }
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
        if (reader.has("interval")) {
            reader.error(
                    "interval",
                    "interval is for virtual sensors; a serial one speaks when it likes",
                    "min_interval thins what it says");
        }
        if (!reader.has("port")) {
            reader.missing("port", "\"/dev/serial/by-id/...\"");
        } else if (port != null && !port.startsWith("/") && !port.startsWith("usb:")) {
            reader.error("port", "port '" + port + "' is no path of a device", "write \"/dev/" + port + "\"");
        } else if (port != null) {
            checkAddress(reader, sensor, port);
        }
    }

    private void checkAddress(SectionReader reader, SensorConfig sensor, String port) {
        PortAddress address;
        try {
            address = PortAddress.parse(port);
        } catch (IllegalArgumentException e) {
            reader.error("port", "port '" + port + "': " + e.getMessage(), "");
            return;
        }
        String other = sensorByPort.putIfAbsent(address.text(), sensor.name());
        if (other != null) {
            reader.error("port", "the sensor '" + other + "' has port " + address.text() + " already", "");
        }
    }

    private static @Nullable LineFormat format(SectionReader reader) {
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
