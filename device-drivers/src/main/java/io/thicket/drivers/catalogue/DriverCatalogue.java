package io.thicket.drivers.catalogue;

import io.thicket.drivers.DeviceDriver;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All drivers. A new one is one class in this package and one line here; a test fails if the line is forgotten. */
public final class DriverCatalogue {
    private static final List<DeviceDriver> STREAMING = List.of(
            new PlantowerPms("plantower.pms1003", "Plantower PMS1003 (particulate matter)", false),
            new PlantowerPms("plantower.pms5003", "Plantower PMS5003 (particulate matter)", false),
            new PlantowerPms("plantower.pms5003t", "Plantower PMS5003T (particulate matter, climate)", true),
            new PlantowerPms("plantower.pms7003", "Plantower PMS7003 (particulate matter)", false),
            new PlantowerPms("plantower.pmsa003", "Plantower PMSA003 (particulate matter)", false),
            new Nmea0183(),
            new KeyValueText(),
            new CsvText(),
            new JsonText(),
            new VirtualDevice(
                    "virtual.sensor",
                    "Virtual temperature and humidity sensor, without a port",
                    "temperature:Cel=sine(21,3,3600); humidity:%RH=walk(45,0.5,20,80)"),
            new VirtualDevice("virtual.sine", "Virtual sine wave, without a port", "value=sine(0,1,60)"));

    private static final List<DeviceDriver> ALL =
            Stream.concat(STREAMING.stream(), ModbusDriver.all().stream()).toList();

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
