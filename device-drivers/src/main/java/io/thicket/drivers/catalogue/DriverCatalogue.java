package io.thicket.drivers.catalogue;

import io.thicket.drivers.DeviceDriver;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All drivers. Most are a specification file among the resources; one in code is a class in this package and a line here, and
 * a test fails if the line is forgotten.
 */
public final class DriverCatalogue {
    private static final List<DeviceDriver> IN_CODE = List.of(
            new Nmea0183(),
            new KeyValueText(),
            new CsvText(),
            new JsonText(),
            new RegexText(),
            new AskedMeter(),
            new MbusMeter(),
            new KamstrupMeter(),
            new EnOcean(),
            new OneWire(),
            new Sdi12(),
            new VirtualDevice(
                    "virtual.sensor",
                    "Virtual temperature and humidity sensor, without a port",
                    "temperature:Cel=sine(21,3,3600); humidity:%RH=walk(45,0.5,20,80)"),
            VirtualDevice.bySpecification(),
            new VirtualDevice("virtual.sine", "Virtual sine wave, without a port", "value=sine(0,1,60)"));

    private static final List<DeviceDriver> ALL = Stream.of(
                    IN_CODE, Meters.ALL, SpecIndex.drivers(), ModbusDriver.all())
            .<DeviceDriver>flatMap(List::stream)
            .toList();

    private DriverCatalogue() {}

    /** Every driver, in the order in which people should see them. */
    public static List<DeviceDriver> all() {
        return ALL;
    }

    /** The driver of that id. */
    public static Optional<DeviceDriver> find(String id) {
        return ALL.stream()
                .filter(driver -> driver.descriptor().id().equals(id))
                .findFirst();
    }
}
