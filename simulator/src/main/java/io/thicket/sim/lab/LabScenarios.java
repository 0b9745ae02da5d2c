package io.thicket.sim.lab;

import io.thicket.sim.kernel.Seeds;
import io.thicket.sim.medium.wifi.Radio;
import io.thicket.sim.scenario.ns3.Flow;
import io.thicket.sim.scenario.ns3.Places;
import io.thicket.sim.scenario.ns3.Traffic;
import io.thicket.sim.scenario.ns3.Waypoints;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/** The families of scenarios that the figures are taken from. */
public final class LabScenarios {
    /** Bytes of a reading's message, as in the ns-3 runs. */
    public static final int PAYLOAD_BYTES = 64;

    /** Nothing is sent in the last part of a run, so that what is under way can arrive. */
    public static final double DRAIN_S = 30;

    private static final double RANGE_M = 250;

    /** Longer than any route or its memory lives without traffic. */
    private static final double EXPIRED_S = 400;

    private LabScenarios() {}

    /** Readings from everywhere to the corner of a grid with 4 neighbours. */
    public static LabScenario grid(
            int nodes, double spacingM, double intervalS, Radio radio, double warmupS, double durationS, long seed) {
        Waypoints places = Places.grid(nodes, spacingM);
        Set<Integer> gateways = Set.of(Places.nearest(places, 0, 0));
        List<Flow> flows = Traffic.converge(nodes, gateways, intervalS, durationS - DRAIN_S, PAYLOAD_BYTES, seed);
        return LabScenario.of("grid", places, List.copyOf(gateways), flows, radio, warmupS, durationS);
    }

    /** Readings from uniform places to the nearest gateways; a single gateway is in the middle. */
    public static LabScenario uniform(
            int nodes,
            double degree,
            int gatewayCount,
            double intervalS,
            Radio radio,
            double warmupS,
            double durationS,
            long seed) {
        double sideM = StrictMath.sqrt(nodes * StrictMath.PI * RANGE_M * RANGE_M / degree);
        Waypoints places = Places.uniform(nodes, sideM, seed);
        Set<Integer> gateways = new LinkedHashSet<>();
        double[][] points = {{0.5, 0.5}, {0.25, 0.25}, {0.75, 0.25}, {0.25, 0.75}, {0.75, 0.75}};
        if (gatewayCount < 1 || gatewayCount > points.length) {
            throw new IllegalArgumentException("1 to " + points.length + " gateways, not " + gatewayCount);
        }
        for (int i = 0; i < gatewayCount; i++) {
            gateways.add(Places.nearest(places, points[i][0] * sideM, points[i][1] * sideM));
        }
        List<Flow> flows = Traffic.converge(nodes, gateways, intervalS, durationS - DRAIN_S, PAYLOAD_BYTES, seed);
        return LabScenario.of("uniform", places, List.copyOf(gateways), flows, radio, warmupS, durationS);
    }

    /** 50 nodes that move at up to 20 m/s in 1500 x 300 m; 4 packets a second from each source to one other node. */
    public static LabScenario cmu(
            int sources, double pauseS, Radio radio, double offsetS, double warmupS, double durationS, long seed) {
        int nodes = 50;
        // ns-3's rows draw the movement for their own length, which decides where a slice begins.
        Waypoints places = Places.randomWaypoint(nodes, 1500, 300, 20, pauseS, offsetS, durationS, seed);
        List<Flow> flows = Traffic.peers(
                nodes, sources, durationS >= 900 ? 180 : 5, 0.25, durationS - DRAIN_S, PAYLOAD_BYTES, seed);
        return LabScenario.of("cmu", places, List.of(), flows, radio, warmupS, durationS);
    }

    /** Nobody sends anything; a gateway in the middle of a uniform network. */
    public static LabScenario idle(int nodes, double degree, Radio radio, double warmupS, double durationS, long seed) {
        LabScenario busy = uniform(nodes, degree, 1, 60, radio, warmupS, durationS, seed);
        return LabScenario.of("idle", busy.positions(), busy.gateways(), List.of(), radio, warmupS, durationS);
    }

    /** All start within a second, with one reading within the first one and another every minute. */
    public static LabScenario coldStart(int nodes, Radio radio, double durationS, long seed) {
        LabScenario usual = uniform(nodes, 10, 5, 60, radio, 0, durationS, seed);
        List<Flow> flows = new ArrayList<>();
        for (Flow flow : usual.flows()) {
            flows.add(new Flow(
                    flow.source(),
                    flow.destination(),
                    1 + flow.startS() / 60,
                    durationS - DRAIN_S,
                    flow.intervalS(),
                    flow.payloadBytes()));
        }
        return LabScenario.of("coldstart", usual.positions(), usual.gateways(), flows, radio, 0, durationS);
    }

    /**
     * Single packets between nodes that are four hops apart in a grid with 4 neighbours and no gateway, one every 2 s, each pair
     * once. If the hops are {@code known}, each pair has talked before, and its route has expired since; only the second packet
     * is counted.
     */
    public static LabScenario fourHops(Radio radio, int pairs, boolean known, long seed) {
        Waypoints places = Places.grid(100, 200);
        RandomGenerator random = new Seeds(seed).generator("pairs");
        double againS = known ? EXPIRED_S : 0;
        List<Flow> flows = new ArrayList<>();
        while (flows.size() < pairs) {
            int from = random.nextInt(100);
            int to = random.nextInt(100);
            int hops = Math.abs(from % 10 - to % 10) + Math.abs(Math.floorDiv(from, 10) - Math.floorDiv(to, 10));
            if (hops == 4) {
                double atS = 60 + 2 * flows.size();
                flows.add(new Flow(from, to, atS, atS + againS + 1, EXPIRED_S, PAYLOAD_BYTES));
            }
        }
        double endS = 60 + 2 * pairs;
        return LabScenario.of("fourhops", places, List.of(), flows, radio, known ? endS : 0, endS + againS + DRAIN_S);
    }

    /**
     * Packets from random nodes to one that is not there, so that each makes a search through the whole network; one every 10 s.
     * The missing node is node 0.
     */
    public static LabScenario floods(int nodes, double degree, int floods, Radio radio, long seed) {
        double sideM = StrictMath.sqrt(nodes * StrictMath.PI * RANGE_M * RANGE_M / degree);
        Waypoints places = Places.uniform(nodes, sideM, seed);
        RandomGenerator random = new Seeds(seed).generator("pairs");
        List<Flow> flows = new ArrayList<>();
        for (int i = 0; i < floods; i++) {
            double atS = 60 + 10 * i;
            flows.add(new Flow(1 + random.nextInt(nodes - 1), 0, atS, atS + 1, 10, PAYLOAD_BYTES));
        }
        return LabScenario.of("floods", places, List.of(), flows, radio, 30, 60 + 10 * floods + DRAIN_S)
                .withFailures(List.of(new Traffic.Failure(0, 0)));
    }
}
