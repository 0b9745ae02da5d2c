package io.thicket.agent.sensing;

import io.thicket.agent.port.Sensor;
import io.thicket.agent.port.Timers;
import io.thicket.drivers.DeviceDriver;
import io.thicket.drivers.LineParameters;
import io.thicket.drivers.bus.BusParameters;
import io.thicket.drivers.bus.EchoMode;
import io.thicket.drivers.catalogue.DriverCatalogue;
import io.thicket.drivers.catalogue.ModbusDriver;
import io.thicket.drivers.catalogue.VirtualDevice;
import io.thicket.drivers.modbus.RegisterMap;
import io.thicket.drivers.modbus.UnitPlan;
import io.thicket.drivers.serial.PortAddress;
import io.thicket.drivers.serial.PortConfig;
import io.thicket.drivers.serial.PortSystem;
import io.thicket.drivers.serial.Transport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
        if (driver instanceof ModbusDriver) {
            return alone(spec, driver, timers, random);
        }
        return new SerialSensor(spec, driver, portConfig(spec, driver), opener, system, timers, random);
    }

    /**
     * All sensors of a node, in the order of {@code specs}; those of a bus share its line. Whatever is wrong is an
     * {@link IllegalArgumentException} with one sentence.
     */
    public List<Sensor> createAll(List<BusSpec> buses, List<SensorSpec> specs, Timers timers, RandomGenerator random) {
        Map<String, Sensor> byName = new LinkedHashMap<>();
        for (BusSpec bus : buses) {
            List<SensorSpec> its = specs.stream()
                    .filter(spec -> spec.unit() != null && spec.unit().bus().equals(bus.name()))
                    .toList();
            if (!its.isEmpty()) {
                line(bus, its, timers, random).forEach(sensor -> byName.put(sensor.name(), sensor));
            }
        }
        List<Sensor> sensors = new ArrayList<>();
        for (SensorSpec spec : specs) {
            Sensor onBus = byName.get(spec.name());
            sensors.add(onBus != null ? onBus : create(spec, timers, random));
        }
        return sensors;
    }

    private List<BusSensor> line(BusSpec bus, List<SensorSpec> specs, Timers timers, RandomGenerator random) {
        List<BusLine.Device> devices = new ArrayList<>();
        for (SensorSpec spec : specs) {
            devices.add(device(bus, spec));
        }
        return new BusLine(bus, devices, opener, system, timers, random).sensors();
    }

    private BusLine.Device device(BusSpec bus, SensorSpec spec) {
        UnitSpec unit = spec.unit();
        if (unit == null || !(find(spec, own) instanceof ModbusDriver driver)) {
            throw refuse(spec, "driver " + spec.driver() + " is for no device of a bus");
        }
        try {
            RegisterMap map = driver.map(spec.options());
            UnitPlan plan = new UnitPlan(
                    unit.address(),
                    map,
                    driver.wanted(spec.options()),
                    spec.intervalMs(),
                    unit.priority(),
                    bus.timing(map.timing()));
            return new BusLine.Device(spec.name(), spec.driver(), spec.minIntervalMs(), plan);
        } catch (IllegalArgumentException e) {
            throw refuse(spec, String.valueOf(e.getMessage()));
        }
    }

    /** A device that answers, alone on its port. */
    private Sensor alone(SensorSpec spec, DeviceDriver driver, Timers timers, RandomGenerator random) {
        PortConfig port = portConfig(spec, driver);
        BusSpec bus = new BusSpec(spec.name(), port, new BusParameters(port.line(), EchoMode.AUTO), null, null);
        return line(bus, List.of(spec), timers, random).get(0);
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
        DeviceDriver driver = find(spec, own);
        boolean isVirtual = driver instanceof VirtualDevice;
        if (isVirtual && !spec.port().isEmpty()) {
            throw refuse(spec, "driver " + spec.driver() + " has no port; leave port out");
        }
        if (!isVirtual && spec.port().isEmpty()) {
            throw refuse(spec, "driver " + spec.driver() + " needs a port, e.g. port = \"/dev/serial/by-id/usb-...\"");
        }
        return driver;
    }

    private static DeviceDriver find(SensorSpec spec, List<DeviceDriver> own) {
        return own.stream()
                .filter(each -> each.descriptor().id().equals(spec.driver()))
                .findFirst()
                .or(() -> DriverCatalogue.find(spec.driver()))
                .orElseThrow(() -> refuse(spec, "there is no driver '" + spec.driver() + "'; see thicket driver list"));
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
