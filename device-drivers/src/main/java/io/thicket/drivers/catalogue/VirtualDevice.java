package io.thicket.drivers.catalogue;

import io.thicket.drivers.DeviceDriver;
import io.thicket.drivers.DeviceSession;
import io.thicket.drivers.DriverDescriptor;
import io.thicket.drivers.LineParameters;
import io.thicket.drivers.virtual.SensorSimulator;
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

    VirtualDevice(String id, String title, String usualQuantities) {
        this.usualQuantities = usualQuantities;
        this.descriptor = new DriverDescriptor(
                id,
                title,
                LineParameters.of8N1(115_200),
                List.of(new DriverDescriptor.Option(
                        "quantities",
                        "what it measures and how it moves; \"" + usualQuantities
                                + "\" if absent; also constant(value), ramp(from,to,seconds)")));
    }

    @Override
    public DriverDescriptor descriptor() {
        return descriptor;
    }

    /** The source of its values. Faulty options are an {@link IllegalArgumentException}, as in {@link #open}. */
    public SensorSimulator simulator(Map<String, String> options, RandomGenerator random) {
        Options reader = new Options(descriptor, options);
        return new SensorSimulator(SensorSimulator.parse(reader.text("quantities", usualQuantities)), random);
    }

    @Override
    public DeviceSession open(Map<String, String> options) {
        SensorSimulator.parse(new Options(descriptor, options).text("quantities", usualQuantities));
        return LineDecoder.session(Map.of(), KeyValueText::read, Set.of());
    }
}
