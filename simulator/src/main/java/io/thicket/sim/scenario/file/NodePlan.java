package io.thicket.sim.scenario.file;

import io.thicket.sim.scenario.ns3.Waypoints;
import java.util.List;
import java.util.Set;

/**
 * Which nodes there are.
 *
 * @param origin where they come from: a layout's name or an imported file's
 * @param names of each node
 * @param positions where they are and go
 * @param gateways their numbers, ascending
 * @param relays nodes that have no sensor and are no gateways
 * @param links an imported or listed table of links, empty if the radio decides
 * @param guessed whether these only stand for nodes that could not be read; of a scenario without problems they never do
 */
public record NodePlan(
        String origin,
        List<String> names,
        Waypoints positions,
        List<Integer> gateways,
        Set<Integer> relays,
        List<LinkRow> links,
        boolean guessed) {
    public NodePlan {
        names = List.copyOf(names);
        gateways = List.copyOf(gateways);
        relays = Set.copyOf(relays);
        links = List.copyOf(links);
    }

    public int count() {
        return names.size();
    }

    /** Whether the node makes readings of its own. */
    public boolean isSensor(int node) {
        return !relays.contains(node) && !gateways.contains(node);
    }
}
