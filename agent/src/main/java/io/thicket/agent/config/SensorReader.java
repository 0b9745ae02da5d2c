package io.thicket.agent.config;

import io.thicket.drivers.catalogue.DriverCatalogue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads sensors in files that are no node's configuration, with the keys of {@code [[sensor]]}: names are unique on their node, a port
 * is of one sensor. There are no buses and no drivers of the owner's there.
 */
public final class SensorReader {
    private final DriverLookup drivers = DriverLookup.of(DriverCatalogue.all());
    private final PortClaims ports = new PortClaims();
    private final Map<Integer, SensorSection> byNode = new LinkedHashMap<>();

    /** One more sensor of {@code node}; a problem is noted. */
    public Optional<SensorConfig> read(int node, SectionReader reader) {
        return byNode.computeIfAbsent(node, none -> new SensorSection(drivers, ports, List.of()))
                .read(reader);
    }
}
