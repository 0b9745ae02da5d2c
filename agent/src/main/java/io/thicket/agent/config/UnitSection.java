package io.thicket.agent.config;

import io.thicket.drivers.LineParameters;
import io.thicket.drivers.bus.Priority;
import io.thicket.drivers.modbus.ModbusRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the keys of {@code [[sensor]]} that are for units of a bus; it remembers who sits where. */
final class UnitSection {
    /** Largest register map in bytes. */
    static final int MAX_MAP_BYTES = 128 * 1024;

    /** Keys that only a unit has. */
    static final List<String> KEYS = List.of("bus", "unit", "priority", "map");

    private final DriverLookup lookup;
    private final Map<String, BusConfig> buses = new LinkedHashMap<>();
    private final Map<String, String> sensorByPlace = new HashMap<>();
    private final Map<String, LineParameters> lineByBus = new HashMap<>();

    UnitSection(DriverLookup lookup, List<BusConfig> buses) {
        this.lookup = lookup;
        buses.forEach(bus -> this.buses.put(bus.name(), bus));
    }

    /** A unit's place, with the map that it has in a file; its address is 0 while the driver's own is not known. */
    UnitConfig read(SectionReader reader) {
        Path map = reader.path("map").orElse(null);
        return new UnitConfig(
                reader.text("bus").orElse(""),
                reader.integer("unit", 1, ModbusRequest.MAX_UNIT).orElse(0),
                reader.choice("priority", Priority.NORMAL),
                map,
                map == null ? "" : content(reader, map));
    }

    /** The same with the driver's own address if the file has none; checks it against the bus and its neighbours. */
    UnitConfig place(
            SectionReader reader,
            String sensor,
            String driver,
            UnitConfig read,
            Map<String, String> options,
            Duration interval) {
        DriverLookup.Unit its = lookup.unit(driver, options).orElse(null);
        if (its == null) {
            return read;
        }
        if (interval.toMillis() < its.minIntervalMs()) {
            String least = Units.text(Duration.ofMillis(its.minIntervalMs()));
            reader.error("interval", "the device is not to be asked more often than every " + least, "");
        }
        UnitConfig unit = new UnitConfig(
                read.bus(),
                read.unit() == 0 ? its.address() : read.unit(),
                read.priority(),
                read.map(),
                read.mapText());
        if (!unit.bus().isEmpty()) {
            seat(reader, sensor, unit, its.line());
        }
        return unit;
    }

    private void seat(SectionReader reader, String sensor, UnitConfig unit, LineParameters usual) {
        BusConfig bus = buses.get(unit.bus());
        if (bus == null) {
            String hint = buses.isEmpty()
                    ? "write " + reader.sibling("bus") + " with name = \"" + unit.bus()
                            + "\" and port = \"/dev/serial/by-id/...\""
                    : DidYouMean.hint(unit.bus(), buses.keySet());
            reader.error("bus", "there is no bus '" + unit.bus() + "'", hint);
            return;
        }
        String other = sensorByPlace.putIfAbsent(unit.bus() + " " + unit.unit(), sensor);
        if (other != null) {
            reader.error(
                    reader.has("unit") ? "unit" : "bus",
                    "the sensor '" + other + "' is unit " + unit.unit() + " of bus '" + unit.bus() + "' already",
                    "each device of a line has an address of its own");
        }
        LineParameters line = bus.line(usual);
        LineParameters before = lineByBus.putIfAbsent(bus.name(), line);
        if (before != null && !before.equals(line)) {
            reader.error(
                    "bus",
                    "its driver's usual line is " + words(line) + ", that of others of bus '" + bus.name() + "' "
                            + words(before),
                    "set all devices alike and write baud and format in " + reader.sibling("bus"));
        }
    }

    private static String words(LineParameters line) {
        return line.baud() + " " + new LineFormat(line.dataBits(), line.parity(), line.stopBits());
    }

    private static String content(SectionReader reader, Path file) {
        String problem;
        try {
            if (Files.size(file) <= MAX_MAP_BYTES) {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                        .toString();
            }
            problem = "has more than " + MAX_MAP_BYTES + " bytes";
        } catch (IOException e) {
            problem = Files.isDirectory(file)
                    ? "is a directory"
                    : Files.exists(file) ? "cannot be read as UTF-8 text" : "does not exist";
        }
        reader.error("map", "the register map " + file + " " + problem, "");
        return "";
    }

    /** Options with which the driver is asked: the map's text is one. */
    static Map<String, String> options(Map<String, String> options, @Nullable UnitConfig unit) {
        if (unit == null || unit.mapText().isEmpty()) {
            return options;
        }
        Map<String, String> all = new LinkedHashMap<>(options);
        all.put("map", unit.mapText());
        return all;
    }
}
