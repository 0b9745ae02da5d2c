package io.thicket.agent.cli;

import io.thicket.agent.config.BusConfig;
import io.thicket.agent.config.LoadedConfig;
import io.thicket.agent.config.SensorConfig;
import io.thicket.agent.config.UnitConfig;
import io.thicket.agent.port.CalibrationNote;
import io.thicket.agent.port.Sensor;
import io.thicket.agent.port.Timers;
import io.thicket.agent.sensing.BusSpec;
import io.thicket.agent.sensing.CalibratedSensor;
import io.thicket.agent.sensing.FilteredSensor;
import io.thicket.agent.sensing.HealthSensor;
import io.thicket.agent.sensing.SensorSpec;
import io.thicket.agent.sensing.UnitSpec;
import io.thicket.agent.sensing.WatchedSensor;
import io.thicket.drivers.DeviceDriver;
import io.thicket.drivers.LineParameters;
import io.thicket.drivers.bus.BusParameters;
import io.thicket.drivers.catalogue.DriverCatalogue;
import io.thicket.drivers.catalogue.ModbusDriver;
import io.thicket.drivers.filter.FilterSet;
import io.thicket.drivers.serial.PortAddress;
import io.thicket.drivers.serial.PortConfig;
import io.thicket.drivers.spec.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** From the configuration of sensors to what they are made of. */
final class SensorSpecs {
    private final List<SensorConfig> configured;
    private final List<BusConfig> lines;
    private final List<DeviceDriver> ownDrivers;

    SensorSpecs(LoadedConfig config) {
        this(config.node().sensors(), config.node().buses(), config.ownDrivers());
    }

    /** The same of sensors that are in no node's configuration. */
    SensorSpecs(List<SensorConfig> configured, List<BusConfig> lines, List<DeviceDriver> ownDrivers) {
        this.configured = configured;
        this.lines = lines;
        this.ownDrivers = ownDrivers;
    }

    List<SensorSpec> sensors() throws Failure {
        List<SensorSpec> specs = new ArrayList<>();
        for (SensorConfig sensor : configured) {
            specs.add(of(sensor));
        }
        return specs;
    }

    /** The sensors with their filters, and with a watch that notices devices that fall silent. */
    List<Sensor> filtered(List<Sensor> sensors, Timers timers) {
        Map<String, Map<String, String>> filters = new HashMap<>();
        Map<String, Long> paces = new HashMap<>();
        Map<String, CalibrationNote> notes = new HashMap<>();
        Map<String, Long> health = new HashMap<>();
        for (SensorConfig sensor : configured) {
            filters.put(sensor.name(), sensor.filters());
            CalibrationNote calibration = sensor.calibration();
            if (calibration != null) {
                notes.put(sensor.name(), calibration);
            }
            if (!sensor.health().isZero()) {
                health.put(sensor.name(), sensor.health().toMillis());
            }
            if (!sensor.isVirtual()) {
                paces.put(sensor.name(), paceMs(sensor));
            }
        }
        List<Sensor> all = new ArrayList<>();
        for (Sensor sensor : sensors) {
            Map<String, String> its = filters.getOrDefault(sensor.name(), Map.of());
            UnaryOperator<Sensor> filtered =
                    each -> its.isEmpty() ? each : new FilteredSensor(each, FilterSet.parse(its), timers);
            // Virtual sensors have no device that could fall silent.
            Long paceMs = paces.get(sensor.name());
            Sensor watched =
                    paceMs == null ? filtered.apply(sensor) : new WatchedSensor(sensor, filtered, paceMs, timers);
            CalibrationNote note = notes.get(sensor.name());
            Sensor noted = note == null ? watched : new CalibratedSensor(watched, note);
            Long healthMs = health.get(sensor.name());
            all.add(healthMs == null ? noted : new HealthSensor(noted, healthMs, timers));
        }
        return all;
    }

    /** Readings of a device on a bus, or of one that is asked, come at an interval; others as they like, but for min_interval. */
    private static long paceMs(SensorConfig sensor) {
        long paceMs = sensor.minInterval().toMillis();
        if (sensor.unit() != null) {
            paceMs = Math.max(paceMs, sensor.interval().toMillis());
        }
        String asked = sensor.driverOptions().get("interval");
        return asked == null ? paceMs : Math.max(paceMs, Durations.parse(asked));
    }

    private SensorSpec of(SensorConfig sensor) throws Failure {
        String port = sensor.port();
        UnitConfig unit = sensor.unit();
        return new SensorSpec(
                sensor.name(),
                sensor.driver(),
                port == null ? "" : port,
                sensor.isVirtual() ? null : sensor.line(usualLine(sensor)),
                sensor.settle().toMillis(),
                sensor.interval().toMillis(),
                sensor.minInterval().toMillis(),
                sensor.driverOptions(),
                unit == null ? null : new UnitSpec(unit.bus(), unit.unit(), unit.priority()));
    }

    /** The buses that have a sensor. */
    List<BusSpec> buses() throws Failure {
        List<BusSpec> specs = new ArrayList<>();
        for (BusConfig bus : lines) {
            SensorConfig first = firstOn(bus);
            if (first != null) {
                LineParameters line = bus.line(usualLine(first));
                specs.add(new BusSpec(
                        bus.name(),
                        new PortConfig(
                                PortAddress.parse(bus.port()),
                                line,
                                bus.settle().toMillis()),
                        new BusParameters(line, bus.echo()),
                        millis(bus.timeout()),
                        millis(bus.guard())));
            }
        }
        return specs;
    }

    private @Nullable SensorConfig firstOn(BusConfig bus) {
        for (SensorConfig sensor : configured) {
            UnitConfig unit = sensor.unit();
            if (unit != null && unit.bus().equals(bus.name())) {
                return sensor;
            }
        }
        return null;
    }

    private LineParameters usualLine(SensorConfig sensor) throws Failure {
        DeviceDriver driver = ownDrivers.stream()
                .filter(each -> each.descriptor().id().equals(sensor.driver()))
                .findFirst()
                .or(() -> DriverCatalogue.find(sensor.driver()))
                .orElseThrow(() -> new Failure(ExitCode.CONFIG, "there is no driver '" + sensor.driver() + "'"));
        return driver instanceof ModbusDriver modbus
                ? modbus.map(sensor.driverOptions()).line()
                : driver.descriptor().line();
    }

    private static @Nullable Long millis(@Nullable Duration duration) {
        return duration == null ? null : duration.toMillis();
    }
}
