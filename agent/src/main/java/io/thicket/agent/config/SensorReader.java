package io.thicket.agent.config;

import io.thicket.drivers.catalogue.DriverCatalogue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads sensors and buses in files that are no node's configuration, with the keys of {@code [[sensor]]} and {@code [[bus]]}: names are
 * unique on their node, a port is of one sensor or bus. There are no drivers of the owner's there.
 */
public final class SensorReader {
    private final DriverLookup drivers = DriverLookup.of(DriverCatalogue.all());
    private final PortClaims ports = new PortClaims();
    private final Map<Integer, SensorSection> sensorsByNode = new LinkedHashMap<>();
    private final Map<Integer, BusSection> busesByNode = new LinkedHashMap<>();
    private final Map<Integer, List<BusConfig>> buses = new LinkedHashMap<>();

    /** One more bus of {@code node}, before its first sensor; a problem is noted. */
    public Optional<BusConfig> bus(int node, SectionReader reader) {
        if (sensorsByNode.containsKey(node)) {
            throw new IllegalStateException("buses are read before sensors");
        }
        Optional<BusConfig> bus =
                busesByNode.computeIfAbsent(node, none -> new BusSection(ports)).read(reader);
        bus.ifPresent(
                its -> buses.computeIfAbsent(node, none -> new ArrayList<>()).add(its));
        return bus;
    }

    /** One more sensor of {@code node}; a problem is noted. */
    public Optional<SensorConfig> read(int node, SectionReader reader) {
        return sensorsByNode
                .computeIfAbsent(node, none -> new SensorSection(drivers, ports, buses.getOrDefault(node, List.of())))
                .read(reader);
    }
}
