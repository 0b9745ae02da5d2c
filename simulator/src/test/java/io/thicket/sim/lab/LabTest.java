package io.thicket.sim.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.agent.coap.HopEnvelope;
import io.thicket.routing.HopCode;
import io.thicket.routing.MeshRouter;
import io.thicket.routing.NodeId;
import io.thicket.routing.RouteChange;
import io.thicket.sim.kernel.Seeds;
import io.thicket.sim.medium.wifi.Phy;
import io.thicket.sim.medium.wifi.Radio;
import io.thicket.sim.scenario.ns3.Traffic;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Small runs of the laboratory; the figures themselves are no unit tests. */
final class LabTest {
    static final List<String> protocols = Protocols.NAMES;

    private static LabReport run(LabScenario scenario, String protocol, long seed) {
        return new Lab(scenario, protocol, Protocols.named(protocol), new Seeds(seed)).run();
    }

    private static LabScenario small(long seed) {
        return LabScenarios.grid(9, 200, 10, Radio.RANGE, 60, 240, seed);
    }

    @ParameterizedTest
    @FieldSource("protocols")
    void readings_of_a_3x3_grid_arrive_over_the_shortest_ways(String protocol) {
        LabReport report = run(small(1), protocol, 1);

        assertEquals(8 * 15, report.sent());
        assertTrue(report.pdr() > 0.9, () -> String.join("\n", LabText.lines(report)));
        assertEquals(1, report.boundNow());
        assertEquals(2.25, report.shortestMean(), 0.1);
        assertTrue(report.hopsMean() >= report.shortestMean() && report.hopsMean() < 3);
        assertEquals(0, report.alarms());
    }

    @Test
    void thicket_loses_nothing_and_settles_everything() {
        LabReport report = run(small(2), "thicket", 2);

        assertEquals(report.sent(), report.delivered());
        assertEquals(0, report.duplicates());
        assertEquals(0, report.originGivenUp());
        assertTrue(report.latencyP50Ms() > 1 && report.latencyP50Ms() < 50);
        assertTrue(report.frames().get(FrameClass.DATA) >= report.delivered() * 2);
        assertTrue(report.frames().get(FrameClass.E2E_ACK) > 0);
    }

    @Test
    void thicket_is_judged_after_every_call_and_the_others_are_not() {
        Lab thicket = new Lab(small(2), "thicket", Protocols.named("thicket"), new Seeds(2));
        Lab aodv = new Lab(small(2), "aodv", Protocols.named("aodv"), new Seeds(2));
        thicket.run();
        aodv.run();

        assertTrue(thicket.scrutiny().checks() > 10_000, thicket.scrutiny().checks() + " checks");
        assertEquals(0, aodv.scrutiny().checks());
    }

    @Test
    void the_same_seed_gives_the_same_run_and_another_one_another() {
        String first = run(small(3), "thicket", 3).hash();

        assertEquals(first, run(small(3), "thicket", 3).hash());
        assertNotEquals(first, run(small(3), "thicket", 4).hash());
    }

    /** Loops of whole nodes are looked for in what they announce. */
    @Test
    void whole_nodes_announce_every_change_of_a_next_hop() {
        Lab lab = new Lab(small(4).withLoss(0.3, 0), "thicket-agent", Protocols.named("thicket-agent"), new Seeds(4));
        List<Map<NodeId, NodeId>> announced = Stream.generate(() -> (Map<NodeId, NodeId>) new HashMap<NodeId, NodeId>())
                .limit(9)
                .toList();
        lab.observe(new LabObserver() {
            @Override
            public void routeChanged(long nowUs, int node, RouteChange change) {
                announced.get(node).remove(change.destination());
                if (change.nextHop() != null) {
                    announced.get(node).put(change.destination(), change.nextHop());
                }
            }

            @Override
            public void power(long nowUs, int node, boolean up) {
                announced.get(node).clear();
            }
        });
        lab.start();
        int ways = 0;
        for (int second = 1; second <= 240; second++) {
            lab.simulation().runUntil(second * 1_000_000L);
            if (second == 100 || second == 150) {
                lab.crash(4);
            } else if (second == 130 || second == 151) {
                lab.reboot(4);
            }
            for (int i = 0; i < 9; i++) {
                Map<NodeId, NodeId> said = new HashMap<>();
                if (lab.isUp(i)) {
                    lab.machines().of(i).nextHops(said::put);
                }
                ways += said.size();
                assertEquals(said, announced.get(i), "node " + i + " after " + second + " s");
            }
        }

        assertTrue(ways > 1_000, ways + " ways");
        assertTrue(lab.counts().routeChanges() > 30, lab.counts().routeChanges() + " changes");
    }

    @Test
    void a_node_that_vanished_is_counted_apart_from_those_that_live() {
        LabScenario scenario = small(5).withFailures(List.of(new Traffic.Failure(120, 4), new Traffic.Failure(120, 8)));

        LabReport report = run(scenario, "thicket", 5);

        assertEquals(0, report.lostOfLiving());
        assertEquals(6, report.recovery().survivors());
        assertEquals(6, report.recovery().delivered());
    }

    @Test
    void lost_frames_are_repeated_until_everything_has_arrived() {
        LabReport onAir = run(small(6).withLoss(0.3, 0), "thicket", 6);
        LabReport ofDatagrams = run(small(6).withLoss(0, 0.3), "thicket", 6);

        assertEquals(1, onAir.pdr());
        assertTrue(onAir.macRetransmissions() > 100);
        assertEquals(1, ofDatagrams.pdr());
    }

    @Test
    void a_black_hole_costs_something_that_the_report_shows() {
        LabReport report = run(small(7).withInsiders(List.of(new Insider(1, Insider.Kind.BLACK_HOLE))), "thicket", 7);

        assertTrue(report.originRepeats() > 0 || report.pdr() < 1, () -> String.join("\n", LabText.lines(report)));
    }

    @Test
    void sizes_on_the_air_are_those_of_the_agents_hop_messages() {
        HopEnvelope envelope = new HopEnvelope();
        ByteBuffer sealed = ByteBuffer.allocate(100);
        int below = 24 + 8 + 40 + 8 + 4;

        assertEquals(below + envelope.frame(1, true, sealed).remaining(), Carriage.COAP.frameBytes(Phy.DSSS, 100, 1));
        assertEquals(
                below + envelope.frame(1, false, sealed).remaining(),
                Carriage.COAP.frameBytes(Phy.DSSS, 100, MeshRouter.NO_EXCHANGE));
        assertEquals(
                below + envelope.reply(1, HopCode.CUSTODY, sealed).remaining(),
                Carriage.COAP.replyBytes(Phy.DSSS, 100));
    }

    @Test
    void the_lower_bound_is_the_rule_of_three_and_falls_with_each_failure() {
        assertEquals(0.9999, Statistics.lowerBound95(30_000, 30_000), 0.00001);
        assertEquals(0.741, Statistics.lowerBound95(10, 10), 0.001);
        assertEquals(0.606, Statistics.lowerBound95(9, 10), 0.001);
        assertEquals(0, Statistics.lowerBound95(0, 10));
    }

    @Test
    void json_has_every_field_and_no_number_that_json_has_not() {
        String json = LabText.json(run(LabScenarios.idle(9, 5, Radio.RANGE, 60, 120, 1), "thicket", 1));

        assertTrue(json.startsWith("{\"scenario\":\"idle\",\"protocol\":\"thicket\""));
        assertTrue(json.contains("\"pdr\":null"));
        assertTrue(json.contains("\"HELLO\":"));
        assertTrue(!json.contains("NaN") && json.endsWith("\"}"));
    }
}
