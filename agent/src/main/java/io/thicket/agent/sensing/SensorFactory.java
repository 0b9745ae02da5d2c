package io.thicket.agent.sensing;

import io.thicket.agent.port.Sensor;
import io.thicket.agent.port.Timers;
import io.thicket.drivers.DeviceDriver;
import io.thicket.drivers.LineParameters;
import io.thicket.drivers.catalogue.DriverCatalogue;
import io.thicket.drivers.catalogue.VirtualDevice;
import io.thicket.drivers.serial.PortAddress;
import io.thicket.drivers.serial.PortConfig;
import io.thicket.drivers.serial.PortSystem;
import io.thicket.drivers.serial.Transport;
import java.util.List;
import java.util.random.RandomGenerator;

/** Makes sensors from what was configured. */
public final class SensorFactory {
    private final Transport.Opener opener;
    private final PortSystem system;
    private final List<DeviceDriver> own;

    /**
     * @param opener opens real ports ({@code JsscTransport::open}) or simulated ones
     * @param system where the ports are
     */
    public SensorFactory(Transport.Opener opener, PortSystem system) {
        this(opener, system, List.of());
    }

    /** @param own drivers beside those of the catalogue */
    public SensorFactory(Transport.Opener opener, PortSystem system, List<DeviceDriver> own) {
        this.opener = opener;
        this.system = system;
        this.own = List.copyOf(own);
    }

    /**
     * A sensor that has not begun. Whatever is wrong with {@code spec} is an {@link IllegalArgumentException} with one
     * sentence; a port that is missing is not wrong, the sensor waits for it.
     */
    public Sensor create(SensorSpec spec, Timers timers, RandomGenerator random) {
        check(spec, own);
        DeviceDriver driver = requireDriver(spec, own);
        if (driver instanceof VirtualDevice virtual) {
            return new VirtualSensor(
                    spec.name(), virtual, spec.options(), spec.intervalMs(), spec.minIntervalMs(), timers, random);
        }
        return new SerialSensor(spec, driver, portConfig(spec, driver), opener, system, timers, random);
    }

    /** The checks of {@link #create} without making anything; an {@link IllegalArgumentException} says what is wrong. */
    public static void check(SensorSpec spec) {
        check(spec, List.of());
    }

    private static void check(SensorSpec spec, List<DeviceDriver> own) {
        DeviceDriver driver = requireDriver(spec, own);
        try {
            driver.open(spec.options());
            if (!(driver instanceof VirtualDevice)) {
                portConfig(spec, driver);
            }
        } catch (IllegalArgumentException e) {
            throw refuse(spec, String.valueOf(e.getMessage()));
        }
    }

    private static DeviceDriver requireDriver(SensorSpec spec, List<DeviceDriver> own) {
        DeviceDriver driver = own.stream()
                .filter(each -> each.descriptor().id().equals(spec.driver()))
                .findFirst()
                .or(() -> DriverCatalogue.find(spec.driver()))
                .orElseThrow(() -> refuse(spec, "there is no driver '" + spec.driver() + "'; see thicket driver list"));
        boolean isVirtual = driver instanceof VirtualDevice;
        if (isVirtual && !spec.port().isEmpty()) {
            throw refuse(spec, "driver " + spec.driver() + " has no port; leave port out");
        }
        if (!isVirtual && spec.port().isEmpty()) {
            throw refuse(spec, "driver " + spec.driver() + " needs a port, e.g. port = \"/dev/serial/by-id/usb-...\"");
        }
        return driver;
    }

    private static PortConfig portConfig(SensorSpec spec, DeviceDriver driver) {
        LineParameters given = spec.line();
        LineParameters line = given == null ? driver.descriptor().line() : given;
        return new PortConfig(PortAddress.parse(spec.port()), line, spec.settleMs());
    }

    private static IllegalArgumentException refuse(SensorSpec spec, String sentence) {
        return new IllegalArgumentException("sensor " + spec.name() + ": " + sentence);
    }
}
