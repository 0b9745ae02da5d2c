package io.thicket.drivers.catalogue;

import io.thicket.drivers.DeviceDriver;
import io.thicket.drivers.DeviceSession;
import io.thicket.drivers.DriverDescriptor;
import io.thicket.drivers.LineParameters;
import io.thicket.drivers.Observation;
import io.thicket.drivers.modbus.RegisterEncoder;
import io.thicket.drivers.spec.SpecEncoder;
import io.thicket.drivers.virtual.DeviceStream;
import io.thicket.drivers.virtual.FaultPlan;
import io.thicket.drivers.virtual.SensorSimulator;
import io.thicket.drivers.virtual.VirtualFrames;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * A sensor without a port. Its values come from {@link #simulator}; {@link #open} exists so that its options are checked
 * like those of any driver, and reads the values as {@code name=value} lines.
 */
public final class VirtualDevice implements DeviceDriver {
    private final DriverDescriptor descriptor;
    private final String usualQuantities;
    private final boolean bySpecification;

    VirtualDevice(String id, String title, String usualQuantities) {
        this(
                id,
                title,
                usualQuantities,
                List.of(new DriverDescriptor.Option(
                        "quantities",
                        "what it measures and how it moves; \"" + usualQuantities
                                + "\" if absent; also constant(value), ramp(from,to,seconds)")));
    }

    private VirtualDevice(String id, String title, String usualQuantities, List<DriverDescriptor.Option> options) {
        this.usualQuantities = usualQuantities;
        this.bySpecification = usualQuantities.isEmpty();
        this.descriptor = new DriverDescriptor(id, title, LineParameters.of8N1(115_200), options);
    }

    /** A device of which there is a specification: its frames, with what goes wrong on a line, decoded by its driver. */
    static VirtualDevice bySpecification() {
        return new VirtualDevice(
                "virtual.device",
                "Virtual device with the frames of a real one, without a port",
                "",
                List.of(
                        new DriverDescriptor.Option(
                                "device",
                                "id of a driver with a specification or a register map, e.g. nova.sds011 or eastron.sdm120; needed"),
                        new DriverDescriptor.Option(
                                "faults",
                                "probabilities for each frame, e.g. \"drop=0.01, flip=0.02\"; also cut, glitch, stuck; none if absent")));
    }

    @Override
    public DriverDescriptor descriptor() {
        return descriptor;
    }

    /** The source of its values. Faulty options are an {@link IllegalArgumentException}, as in {@link #open}. */
    public SensorSimulator simulator(Map<String, String> options, RandomGenerator random) {
        Options reader = new Options(descriptor, options);
        if (bySpecification) {
            return simulator(device(reader), faults(reader), random);
        }
        return new SensorSimulator(SensorSimulator.parse(reader.text("quantities", usualQuantities)), random);
    }

    @Override
    public DeviceSession open(Map<String, String> options) {
        Options reader = new Options(descriptor, options);
        if (bySpecification) {
            faults(reader);
            List<? extends VirtualFrames> unused = encoders(device(reader));
        } else {
            SensorSimulator.parse(reader.text("quantities", usualQuantities));
        }
        return LineDecoder.session(Map.of(), KeyValueText::read, Set.of());
    }

    private static SensorSimulator simulator(DeviceDriver driver, FaultPlan faults, RandomGenerator random) {
        DeviceStream stream = new DeviceStream(encoders(driver), faults, random);
        DeviceSession session = driver.open(Map.of());
        session.reset();
        return new SensorSimulator(elapsedMs -> {
            // What two kinds of messages both say is one value of the reading: the newer one.
            Map<String, Observation> values = new LinkedHashMap<>();
            for (byte[] bytes : stream.next(elapsedMs)) {
                session.onBytes(
                        elapsedMs,
                        bytes,
                        0,
                        bytes.length,
                        (at, observations) -> observations.forEach(each -> values.put(each.name(), each)));
            }
            return new ArrayList<>(values.values());
        });
    }

    private static List<? extends VirtualFrames> encoders(DeviceDriver driver) {
        List<? extends VirtualFrames> encoders = driver instanceof ModbusDriver modbus
                ? RegisterEncoder.all(modbus.map(Map.of()))
                : SpecEncoder.all(
                        ((SpecDriver) driver).spec(),
                        ((SpecDriver) driver).model().id());
        if (encoders.isEmpty()) {
            throw Options.refuse(
                    "option device: frames of " + driver.descriptor().id() + " cannot be made");
        }
        return encoders;
    }

    private static DeviceDriver device(Options options) {
        String id = options.text("device", "");
        DeviceDriver driver = DriverCatalogue.find(id).orElse(null);
        if (driver instanceof SpecDriver || driver instanceof ModbusDriver modbus && !modbus.needsMap()) {
            return driver;
        }
        throw Options.refuse(
                id.isEmpty()
                        ? "option device is missing; write for example device = \"nova.sds011\""
                        : "option device: '" + id + "' is no driver with a specification or a register map");
    }

    private static FaultPlan faults(Options options) {
        try {
            return FaultPlan.parse(options.text("faults", ""));
        } catch (IllegalArgumentException e) {
            throw Options.refuse("option faults: " + e.getMessage());
        }
    }
}
