package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.NodeId;
import io.thicket.routing.RouteChange.Reason;
import io.thicket.routing.RoutingCounter;
import io.thicket.routing.Seq;
import io.thicket.routing.check.DeliveredInTime;
import io.thicket.routing.check.Quiescence;
import java.util.HashSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Section 4.2, sequences 19 to 29: links that lie, gateways and neighbours that come and go. Judged after every event. */
class LinkSequencesTest {
    /** B hears A, A does not hear B: A -> C -> B and B -> C -> A must both work. */
    @Test
    @Tag("4.2-19")
    void sequence_19_one_way_link() {
        Mesh mesh = new Mesh(41);
        mesh.add(3);
        mesh.connectOneWay(0, 2);
        mesh.connect(0, 1);
        mesh.connect(1, 2);
        mesh.start(0);
        mesh.runFor(20_000);

        mesh.node(2).offer("up");
        assertTrue(mesh.runUntil(() -> mesh.deliveredTexts(0).contains("up"), 2_000));
        mesh.runFor(2_000);
        assertTrue(mesh.node(0).sendTo(mesh.node(2), "down") > 0);
        assertTrue(mesh.runUntil(() -> mesh.deliveredTexts(2).contains("down"), 2_000));
        assertEquals(2, mesh.node(2).deliveries.get(0).hops());
    }

    /** The direct way carries every HELLO and a fifth of the data; over C everything arrives. */
    @Test
    @Tag("4.2-20")
    void sequence_20_gray_zone() {
        Mesh mesh = new Mesh(42);
        mesh.add(3);
        mesh.gray(0, 2, 0.8);
        mesh.connect(0, 1);
        mesh.connect(1, 2);
        mesh.start(0);
        mesh.runFor(20_000);

        assertAllInTime(mesh, 2, 100, 1_000, 30_000);
        assertTrue(
                mesh.node(0).deliveries.stream()
                                .filter(delivery -> delivery.hops() == 2)
                                .count()
                        > 80,
                "the way over C is used");
    }

    @Test
    @Tag("4.2-21")
    void sequence_21_flapping_every_three_seconds() {
        Mesh mesh = new Mesh(43);
        mesh.add(4);
        mesh.connect(0, 1);
        mesh.connect(1, 2);
        mesh.connect(2, 3);
        mesh.start(0);
        mesh.runFor(20_000);
        for (int i = 0; i < 100; i++) {
            boolean up = i % 2 == 0;
            mesh.at(mesh.now + 3_000L * i, () -> {
                if (up) {
                    mesh.connect(0, 2);
                } else {
                    mesh.cut(0, 2);
                }
            });
        }

        assertAllInTime(mesh, 3, 300, 1_000, 30_000);
    }

    /** The uplink goes, the mesh does not: the other gateway takes over, and the first one takes back. */
    @Test
    @Tag("4.2-22")
    void sequence_22_gateway_uplink_dies() {
        Mesh mesh = Mesh.line(44, 5);
        mesh.start(0, 4);
        mesh.runFor(60_000);
        mesh.node(0).gateway(false);
        mesh.runFor(2_000);

        assertEquals(mesh.node(4).id(), mesh.node(1).router.snapshot(mesh.now).pinnedGateway());
        assertAllInTime(mesh, 1, 20, 1_000, 10_000);
        assertEquals(20, new HashSet<>(mesh.deliveredTexts(4)).size());
    }

    /** Seed 0xabc0127 of the simulator's swarm: the busy relay had announced two Imax, so its silence was borne for longer than 3.5 of them. */
    @Test
    @Tag("I8")
    void a_busy_neighbor_that_died_is_borne_as_long_as_it_announced() {
        Mesh mesh = Mesh.line(53, 2);
        mesh.start(0);
        for (int i = 0; i < 480; i++) {
            mesh.at(20_000 + 500L * i, () -> mesh.node(1).offer("busy"));
        }
        mesh.runFor(262_000);
        NodeId busy = mesh.node(1).id();
        mesh.kill(1);

        mesh.runFor(mesh.parameters.silenceMs(mesh.parameters.helloMaxMs()) + 20_000);
        assertTrue(leadsOver(mesh, 0, busy), "an idle route stays as long as the HELLO promised");
        mesh.runFor(mesh.parameters.deadRouteMs());
        assertFalse(leadsOver(mesh, 0, busy));
    }

    private static boolean leadsOver(Mesh mesh, int node, NodeId hop) {
        return mesh.node(node).router.snapshot(mesh.now).routes().stream()
                .anyMatch(route -> hop.equals(route.nextHop()));
    }

    @Test
    @Tag("4.2-23")
    void sequence_23_a_vanished_gateway_leaves_no_phantom() {
        Mesh mesh = Mesh.line(45, 4);
        mesh.start(0);
        mesh.runFor(60_000);
        NodeId gateway = mesh.node(0).id();
        mesh.kill(0);

        mesh.runFor(mesh.parameters.gatewayLifetimeMs() + 10_000);

        for (int node = 1; node < 4; node++) {
            assertNull(mesh.node(node).router.snapshot(mesh.now).pinnedGateway());
            RouteEntry entry = mesh.node(node).router.routes().get(gateway);
            assertTrue(entry == null || entry.nextHop() == null, "node " + node + " keeps a way to a phantom");
        }
    }

    @Test
    @Tag("4.2-24")
    void sequence_24_all_gateways_die_and_one_returns() {
        Mesh mesh = Mesh.line(46, 5);
        mesh.start(0, 4);
        mesh.runFor(60_000);
        mesh.kill(0);
        mesh.kill(4);
        mesh.runFor(120_000);
        for (int node = 1; node < 4; node++) {
            mesh.node(node).offer("from " + node);
        }
        mesh.runFor(20_000);

        mesh.restart(4);

        assertTrue(mesh.runUntil(() -> mesh.deliveredTexts(4).size() == 3, 15_000));
    }

    /** A node that reports every five seconds moves to another relay; the gateway still has the old way down. */
    @Test
    @Tag("4.2-25")
    void sequence_25_a_child_moves_and_its_downward_route_is_stale() {
        Mesh mesh = new Mesh(47);
        mesh.add(4);
        mesh.connect(0, 1);
        mesh.connect(0, 2);
        mesh.connect(1, 3);
        mesh.start(0);
        for (int i = 0; i < 20; i++) {
            int number = i;
            mesh.at(5_000L * i, () -> mesh.node(3).offer("r" + number));
        }
        mesh.runFor(60_000);
        mesh.cut(1, 3);
        mesh.connect(2, 3);

        for (int i = 0; i < 20; i++) {
            mesh.at(mesh.now + 1_000L * i, () -> mesh.node(0).sendTo(mesh.node(3), "command"));
        }
        boolean healed = mesh.runUntil(() -> !mesh.node(3).deliveries.isEmpty(), 20_000);

        assertTrue(healed, "no way down within 20 s of the move");
        mesh.runFor(60_000);
        assertEquals(20, new HashSet<>(mesh.deliveredTexts(0)).size());
    }

    /** Both halves have a gateway; what was in custody across the cut arrives once. */
    @Test
    @Tag("4.2-26")
    void sequence_26_partition_and_merge() {
        Mesh mesh = Mesh.line(48, 6);
        mesh.start(0, 5);
        mesh.runFor(60_000);
        mesh.node(0).gateway(false); // everybody uses gateway 5
        mesh.runFor(5_000);
        for (int node = 1; node < 5; node++) {
            mesh.node(node).offer("m" + node);
        }
        mesh.runFor(2);
        mesh.cut(2, 3);
        mesh.runFor(30_000);
        mesh.node(0).gateway(true);
        mesh.runFor(10_000);
        mesh.connect(2, 3);

        assertTrue(mesh.runUntil(() -> mesh.nodes.stream().allMatch(node -> node.outbox.isEmpty()), 60_000));
        HashSet<String> texts = new HashSet<>(mesh.deliveredTexts(0));
        texts.addAll(mesh.deliveredTexts(5));
        assertEquals(4, texts.size());
    }

    /** The way that is left is longer than the best that was ever announced: a directed request makes it feasible. */
    @Test
    @Tag("4.2-27")
    void sequence_27_no_starvation_by_a_historic_minimum() {
        Mesh mesh = new Mesh(49);
        mesh.add(6);
        mesh.connect(0, 1);
        mesh.connect(1, 2);
        mesh.connect(0, 3);
        mesh.connect(3, 4);
        mesh.connect(4, 5);
        mesh.connect(5, 2);
        mesh.start(0);
        mesh.runFor(30_000);
        mesh.kill(1);
        mesh.node(2).offer("long");

        assertTrue(mesh.runUntil(() -> mesh.deliveredTexts(0).contains("long"), 5_000));
    }

    /** Two equal ways under noise, and every new number comes first over the worse one. */
    @Test
    @Tag("4.2-28")
    void sequence_28_metric_noise_moves_no_route() {
        Mesh mesh = new Mesh(50);
        mesh.add(4);
        mesh.connect(0, 1);
        mesh.connect(0, 2);
        mesh.connect(3, 1);
        mesh.connect(3, 2);
        mesh.start(0);
        mesh.runFor(60_000);
        mesh.loss = 0.1;
        mesh.delayMaxMs = 60;
        int before = mesh.node(3).changes.size();
        for (int i = 0; i < 600; i++) {
            int number = i;
            mesh.at(mesh.now + 1_000L * i, () -> mesh.node(3).offer("m" + number));
        }
        NodeId gateway = mesh.node(0).id();

        mesh.runFor(600_000);

        long switches = mesh.node(3).changes.stream()
                .skip(before)
                .filter(change -> change.destination().equals(gateway))
                .filter(change -> change.reason() != Reason.ALTERNATE) // two sends lost in a row: a break, no noise
                .count();
        assertTrue(switches <= 2, switches + " switches in ten minutes");
    }

    @Test
    @Tag("4.2-28")
    void sequence_28_a_new_number_first_over_the_worse_way_moves_no_route() {
        TableNet net = new TableNet("DBCXYA", RuleSwitches.ALL_ON);
        net.chain("DBA"); // the good way
        net.chain("DCXYA"); // the bad one
        for (int i = 0; i < 10; i++) {
            net.passMs(30_000);
            net.newSeq();
            net.chain("DCXYA");
            net.passMs(500);
            net.chain("DBA");
            net.passMs(2_500);
            assertEquals('B', net.nextHop('A'));
        }
        assertEquals(new Seq(1, 11), net.entry('A').feasibility().seq());
    }

    /** Thirty nodes lose 40 % of their broadcasts: control traffic must not grow by that. */
    @Test
    @Tag("4.2-29")
    void sequence_29_congestion_does_not_raise_control_traffic() {
        Mesh mesh = new Mesh(51).glass();
        mesh.add(30);
        for (int node = 0; node < 30; node++) {
            if (node % 6 != 5) {
                mesh.connect(node, node + 1);
            }
            if (node < 24) {
                mesh.connect(node, node + 6);
            }
        }
        mesh.start(0);
        mesh.runFor(600_000);
        long calm = control(mesh, 600_000);
        mesh.broadcastLoss = 0.4;
        mesh.runFor(120_000);

        long congested = control(mesh, 600_000);

        assertTrue(congested <= calm * 3 / 2, calm + " control frames in ten calm minutes, then " + congested);
    }

    @Test
    @Tag("I17")
    void i17_a_mesh_without_changes_comes_to_rest() {
        Mesh mesh = Mesh.line(52, 6);
        mesh.start(0);
        mesh.runFor(900_000);
        Quiescence rest = new Quiescence(mesh.judge.network(), mesh.now, 4);

        mesh.runFor(1_200_000);

        assertEquals("", rest.check(mesh.now));
    }

    private static long control(Mesh mesh, long ms) {
        long before = sum(mesh);
        mesh.runFor(ms);
        return sum(mesh) - before;
    }

    private static long sum(Mesh mesh) {
        return mesh.nodes.stream()
                .mapToLong(node -> node.router.counter(RoutingCounter.CONTROL_FRAMES_SENT))
                .sum();
    }

    /** I12: {@code count} messages of {@code origin}, each at a gateway within {@code boundMs}. */
    private static void assertAllInTime(Mesh mesh, int origin, int count, long everyMs, long boundMs) {
        DeliveredInTime<String> inTime = new DeliveredInTime<>(boundMs);
        int[] seen = new int[mesh.nodes.size()];
        for (int i = 0; i < count; i++) {
            String text = "n" + i;
            mesh.at(mesh.now + everyMs * i, () -> {
                inTime.offered(mesh.now, text);
                mesh.node(origin).offer(text);
            });
        }
        mesh.runUntil(
                () -> {
                    for (Mesh.Node node : mesh.nodes) {
                        while (seen[node.index] < node.deliveries.size()) {
                            Mesh.Delivery delivery = node.deliveries.get(seen[node.index]++);
                            assertEquals("", inTime.arrived(mesh.now, delivery.text()));
                        }
                    }
                    return false;
                },
                everyMs * count + boundMs);
        assertEquals("", inTime.overdue(mesh.now + boundMs));
    }
}
