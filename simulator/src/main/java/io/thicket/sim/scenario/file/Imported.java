package io.thicket.sim.scenario.file;

import io.thicket.sim.scenario.ns3.Waypoints;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a network description of others says.
 *
 * @param names valid names, each once, in the order of the file
 * @param paths where nodes are and go, null if the file does not say
 * @param gateways numbers, may be empty
 * @param relays numbers, may be empty
 * @param links each direction once, may be empty
 */
public record Imported(
        List<String> names,
        @Nullable List<List<Waypoints.Point>> paths,
        List<Integer> gateways,
        List<Integer> relays,
        List<LinkRow> links) {
    /** Largest imported file in bytes. */
    public static final int MAX_BYTES = 64 << 20;

    /** Most directions of links. */
    public static final int MAX_LINKS = 1_000_000;

    public Imported {
        names = List.copyOf(names);
        paths = paths == null ? null : List.copyOf(paths);
        gateways = List.copyOf(gateways);
        relays = List.copyOf(relays);
        links = List.copyOf(links);
    }
}
