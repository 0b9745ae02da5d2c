package io.thicket.drivers.catalogue;

import io.thicket.drivers.DeviceDriver;
import io.thicket.drivers.DeviceSession;
import io.thicket.drivers.DriverDescriptor;
import io.thicket.drivers.LineParameters;
import io.thicket.drivers.command.CommandInfo;
import io.thicket.drivers.command.CommandingDriver;
import io.thicket.drivers.modbus.ListenSession;
import io.thicket.drivers.modbus.RegisterCommand;
import io.thicket.drivers.modbus.RegisterMap;
import io.thicket.drivers.spec.RegisterMapReader;
import io.thicket.drivers.spec.SpecException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A Modbus device that is described by a register map. On a port it is a unit of a {@link io.thicket.drivers.bus.Bus};
 * {@link #open} listens to a line on which another asks, or reads a recording of both directions.
 *
 * <p>The maps that come with the program are read when they are used, so what a list of drivers shows of them stands here,
 * too; a test compares.
 */
public final class ModbusDriver implements CommandingDriver {
    /** The driver without a map of its own. */
    static final String GENERIC_ID = "modbus";

    private static final DriverDescriptor.Option MAP =
            new DriverDescriptor.Option("map", "the register map, a TOML file; needed");

    private final DriverDescriptor descriptor;
    private final String resource;
    private @Nullable RegisterMap map;

    private ModbusDriver(DriverDescriptor descriptor, String resource, @Nullable RegisterMap map) {
        this.descriptor = descriptor;
        this.resource = resource;
        this.map = map;
    }

    /** The driver of a map that was read already. */
    static ModbusDriver of(RegisterMap map) {
        return new ModbusDriver(
                new DriverDescriptor(map.id(), map.title(), map.line(), List.of(Options.VALUES)), "", map);
    }

    /** All of them. */
    static List<DeviceDriver> all() {
        List<DeviceDriver> all = new ArrayList<>();
        all.add(new ModbusDriver(
                new DriverDescriptor(
                        GENERIC_ID,
                        "Any Modbus RTU device, by a register map",
                        LineParameters.of8N1(9600),
                        List.of(MAP, Options.VALUES)),
                "",
                null));
        all.add(builtIn("eastron.sdm120", "Eastron SDM120-Modbus (single-phase meter)", 2400, "eastron-sdm120"));
        all.add(builtIn("eastron.sdm230", "Eastron SDM230-Modbus (single-phase meter)", 2400, "eastron-sdm120"));
        all.add(builtIn("eastron.sdm630", "Eastron SDM630-Modbus (three-phase meter)", 9600, "eastron-sdm630"));
        all.add(builtIn("pzem.004tv3", "PZEM-004T v3 (AC meter module)", 9600, "pzem-ac"));
        all.add(builtIn("pzem.016", "PZEM-014, PZEM-016 (AC meter)", 9600, "pzem-ac"));
        all.add(builtIn("senseair.s8", "SenseAir S8, Sunrise, K30 (carbon dioxide)", 9600, "senseair-s8"));
        return List.copyOf(all);
    }

    private static ModbusDriver builtIn(String id, String title, int baud, String resource) {
        return new ModbusDriver(
                new DriverDescriptor(id, title, LineParameters.of8N1(baud), List.of(Options.VALUES)), resource, null);
    }

    @Override
    public DriverDescriptor descriptor() {
        return descriptor;
    }

    /** Whether the map must be given as an option. */
    public boolean needsMap() {
        return resource.isEmpty() && map == null;
    }

    /** The register map. Faulty options are an {@link IllegalArgumentException}, as in {@link #open}. */
    public RegisterMap map(Map<String, String> options) {
        if (needsMap()) {
            String text = new Options(descriptor, options).text(MAP.key(), "");
            if (text.isEmpty()) {
                throw Options.refuse("a Modbus device needs a register map, e.g. map = \"my-meter.toml\"");
            }
            return parse(text);
        }
        RegisterMap known = map;
        if (known == null) {
            known = choose(read(resource));
            map = known;
        }
        return known;
    }

    /** Names of the values to hand on, empty for all. Faulty options are an {@link IllegalArgumentException}. */
    public Set<String> wanted(Map<String, String> options) {
        return new Options(descriptor, options).names("values", map(options).names());
    }

    @Override
    public DeviceSession open(Map<String, String> options) {
        return new ListenSession(map(options), wanted(options));
    }

    @Override
    public List<CommandInfo> commands(Map<String, String> options) {
        return map(options).commands().stream().map(RegisterCommand::info).toList();
    }

    /** Its commands go over a {@link io.thicket.drivers.modbus.CommandedBus}. */
    @Override
    public DeviceSession openForCommands(Map<String, String> options) {
        return open(options);
    }

    private static RegisterMap parse(String text) {
        try {
            return RegisterMapReader.read(text).get(0);
        } catch (SpecException e) {
            throw Options.refuse("the register map is faulty: " + e.getMessage());
        }
    }

    private RegisterMap choose(List<RegisterMap> maps) {
        return maps.stream()
                .filter(each -> each.id().equals(descriptor.id()))
                .findFirst()
                .orElseThrow(() -> new AssertionError(resource + " has no " + descriptor.id()));
    }

    /** A map that comes with the program; it was checked when that was built. */
    private static List<RegisterMap> read(String resource) {
        String name = "/io/thicket/drivers/modbus/" + resource + ".toml";
        try (InputStream in = ModbusDriver.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new AssertionError("the program lacks " + name);
            }
            return RegisterMapReader.read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SpecException e) {
            throw new AssertionError(name + ": " + e.getMessage(), e);
        }
    }
}
