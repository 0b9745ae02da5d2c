package io.thicket.sim.scenario.ns3;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Who sends when, and who fails when. */
public final class Traffic {
    /** A node that vanishes. */
    public record Failure(double atS, int node) {}

    private Traffic() {}

    /** Every node but the gateways sends one reading in each interval; the gateways draw their phases, too. */
    public static List<Flow> converge(
            int nodes, Set<Integer> gateways, double intervalS, double stopS, int payloadBytes, long seed) {
        Draws random = Draws.traffic(seed);
        List<Flow> flows = new ArrayList<>();
        for (int node = 0; node < nodes; node++) {
            double phaseS = random.real(0, intervalS);
            if (!gateways.contains(node)) {
                flows.add(new Flow(node, Flow.ANY_GATEWAY, phaseS, stopS, intervalS, payloadBytes));
            }
        }
        return flows;
    }

    /** Distinct sources, each to one other node; the first packets within {@code spreadS}. */
    public static List<Flow> peers(
            int nodes, int sources, double spreadS, double intervalS, double stopS, int payloadBytes, long seed) {
        Draws random = Draws.traffic(seed);
        int[] order = new int[nodes];
        for (int i = 0; i < nodes; i++) {
            order[i] = i;
        }
        List<Flow> flows = new ArrayList<>();
        for (int i = 0; i < sources; i++) {
            random.drawOne(order, i);
            int source = order[i];
            int other = random.below(nodes - 1);
            int destination = other >= source ? other + 1 : other;
            flows.add(new Flow(source, destination, random.real(0, spreadS), stopS, intervalS, payloadBytes));
        }
        return flows;
    }

    /** A share of the nodes, never a gateway, vanishes at one moment. */
    public static List<Failure> kill(int nodes, Set<Integer> gateways, double share, double atS, long seed) {
        Draws random = Draws.failures(seed);
        int[] mortal = IntStream.range(0, nodes)
                .filter(node -> !gateways.contains(node))
                .toArray();
        int count = (int) Math.min(Math.round(share * nodes), mortal.length);
        random.drawFirst(mortal, count);
        List<Failure> failures = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            failures.add(new Failure(atS, mortal[i]));
        }
        return failures;
    }

    /** The flows with those of the dead ended at their death. */
    public static List<Flow> without(List<Flow> flows, List<Failure> failures) {
        List<Flow> rest = new ArrayList<>();
        for (Flow flow : flows) {
            Flow kept = flow;
            for (Failure failure : failures) {
                if (failure.node() == flow.source()) {
                    kept = kept.stoppedAt(failure.atS());
                }
            }
            rest.add(kept);
        }
        return rest;
    }
}
