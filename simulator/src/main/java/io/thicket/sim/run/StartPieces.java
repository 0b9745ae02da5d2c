package io.thicket.sim.run;

import io.thicket.sim.scenario.file.Scenario;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;

/** Which nodes of a scenario have a way to each other at its start, before anything goes wrong. */
public final class StartPieces {
    private StartPieces() {}

    /** Of each node, by its name, the number of the piece that it is in: nodes with the same one have a way to each other. */
    public static Map<String, Integer> of(Scenario scenario) {
        PlannedWorld world = new PlannedWorld(scenario);
        Map<String, Integer> pieces = new LinkedHashMap<>();
        for (int first = 0; first < scenario.nodes().count(); first++) {
            ArrayDeque<Integer> reached = new ArrayDeque<>();
            if (pieces.putIfAbsent(scenario.nodes().names().get(first), first) == null) {
                reached.add(first);
            }
            while (!reached.isEmpty()) {
                int node = reached.remove();
                for (int next : world.near(node)) {
                    if (next != node
                            && world.isUsable(node, next)
                            && world.isUsable(next, node)
                            && pieces.putIfAbsent(scenario.nodes().names().get(next), first) == null) {
                        reached.add(next);
                    }
                }
            }
        }
        return pieces;
    }
}
