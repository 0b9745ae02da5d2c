package io.thicket.agent.config;

import io.thicket.drivers.DriverDescriptor;
import io.thicket.drivers.LineParameters;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Drivers that exist in tests of the configuration. */
final class TestDrivers implements DriverLookup {
    @Override
    public List<DriverDescriptor> drivers() {
        return Stream.of("plantower.pms5003", "nmea0183", "text.csv", "text.keyvalue", "virtual.sine")
                .map(id -> new DriverDescriptor(id, id, LineParameters.of8N1(9600), List.of()))
                .toList();
    }

    @Override
    public List<String> problemsWith(String id, Map<String, String> options) {
        return options.containsKey("bad") ? List.of("option 'bad' is not known; options are columns") : List.of();
    }
}
