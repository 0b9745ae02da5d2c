package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.MeshRouter;
import io.thicket.routing.PayloadType;
import io.thicket.routing.RoutingCounter;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two to six routers, one story each. */
class DeliveryTest {
    @Test
    void a_line_of_six_delivers_over_five_hops_and_settles() {
        Mesh mesh = Mesh.line(1, 6);
        mesh.start(0);
        Mesh.Node far = mesh.node(5);
        far.offer("hello");

        boolean settled = mesh.runUntil(() -> far.settledOutgoing.size() == 1, 5_000);

        assertTrue(settled);
        assertEquals(List.of("hello"), mesh.deliveredTexts(0));
        assertEquals(5, mesh.node(0).deliveries.get(0).hops());
    }

    @Test
    void a_gateway_delivers_its_own_messages_to_itself_and_settles_them() {
        Mesh mesh = Mesh.line(2, 1);
        mesh.start(0);

        mesh.node(0).offer("own");
        mesh.runFor(100);

        assertEquals(0, mesh.node(0).deliveries.get(0).hops());
        assertEquals(1, mesh.node(0).settledOutgoing.size());
    }

    @Test
    void names_spread_to_neighbours_relays_and_the_gateway() {
        Mesh mesh = Mesh.line(3, 5);
        mesh.start(0);

        mesh.runFor(10_000);

        assertEquals("node-4", mesh.node(0).identities.get(mesh.node(4).id()).name());
        assertNotNull(mesh.node(2).identities.get(mesh.node(4).id()));
        assertNotNull(mesh.node(4).identities.get(mesh.node(3).id()));
    }

    @Test
    void a_far_node_learns_the_name_of_its_gateway() {
        Mesh mesh = Mesh.line(6, 5);
        mesh.start(0);

        mesh.runFor(10_000);

        assertEquals("node-0", mesh.node(4).identities.get(mesh.node(0).id()).name());
    }

    @Test
    void a_gateway_reaches_every_node_by_its_downward_route() {
        Mesh mesh = Mesh.line(4, 5);
        mesh.start(0);
        mesh.runFor(10_000);

        long number = mesh.node(0).sendTo(mesh.node(4), "request");
        mesh.runFor(1_000);

        assertTrue(number > 0);
        Mesh.Delivery delivery = mesh.node(4).deliveries.get(0);
        assertEquals("request", delivery.text());
        assertEquals(PayloadType.COAP, delivery.type());
        assertEquals(4, delivery.hops());
    }

    @Test
    void a_neighbour_is_a_destination_too() {
        Mesh mesh = Mesh.line(5, 2);
        mesh.start();
        mesh.runFor(5_000);

        assertTrue(mesh.node(0).sendTo(mesh.node(1), "hi") > 0);
        mesh.runFor(100);

        assertEquals(1, mesh.node(1).deliveries.get(0).hops());
    }

    @Test
    void a_node_with_nobody_to_ask_is_refused_a_way_to_another() {
        Mesh mesh = new Mesh(6);
        mesh.add(2);
        mesh.start();
        mesh.runFor(5_000);

        assertEquals(MeshRouter.Refusal.NO_ROUTE, mesh.node(0).sendTo(mesh.node(1), "hi"));
    }

    @Test
    void messages_wait_for_the_first_gateway() {
        Mesh mesh = Mesh.line(7, 3);
        mesh.start();
        mesh.node(2).offer("early");
        mesh.runFor(20_000);

        mesh.node(0).gateway(true);
        boolean settled = mesh.runUntil(() -> mesh.node(2).settledOutgoing.size() == 1, 5_000);

        assertTrue(settled);
    }

    @Test
    void nothing_is_lost_when_the_relay_in_use_dies() {
        Mesh mesh = diamond(8);
        mesh.start(0);
        mesh.runFor(10_000);
        for (int i = 0; i < 60; i++) {
            int number = i;
            mesh.at(mesh.now + 500L * i, () -> mesh.node(3).offer("m" + number));
        }
        mesh.runFor(10_250);
        int used = usedRelay(mesh);

        mesh.kill(used);
        mesh.runFor(60_000);

        assertEquals(60, new HashSet<>(mesh.deliveredTexts(0)).size());
        assertEquals(60, mesh.node(3).settledOutgoing.size());
        assertEquals(60, mesh.node(0).deliveries.size());
        assertNotEquals(used, usedRelay(mesh));
    }

    @Test
    void a_dead_relay_is_replaced_within_two_seconds_while_messages_flow() {
        Mesh mesh = diamond(9);
        mesh.start(0);
        mesh.runFor(10_000);
        mesh.node(3).offer("warm");
        mesh.runFor(1_000);
        mesh.kill(usedRelay(mesh));

        mesh.node(3).offer("after");
        boolean arrived = mesh.runUntil(() -> mesh.deliveredTexts(0).contains("after"), 2_000);

        assertTrue(arrived);
    }

    @Test
    void a_directed_request_opens_the_infeasible_way_when_the_good_one_dies() {
        Mesh mesh = new Mesh(20);
        mesh.add(6);
        mesh.connect(0, 1);
        mesh.connect(1, 2); // the good way of node 2: two hops
        mesh.connect(0, 3);
        mesh.connect(3, 4);
        mesh.connect(4, 5);
        mesh.connect(5, 2); // the other one: its neighbour is farther than node 2 itself
        mesh.start(0);
        mesh.runFor(30_000);
        mesh.node(2).offer("short");
        mesh.runFor(1_000);
        mesh.kill(1);
        mesh.node(2).offer("long");

        boolean arrived = mesh.runUntil(() -> mesh.deliveredTexts(0).contains("long"), 10_000);

        assertTrue(arrived);
        assertEquals(4, mesh.node(0).deliveries.get(1).hops());
    }

    @Test
    void thirty_percent_loss_for_an_hour_loses_nothing() {
        Mesh mesh = Mesh.line(10, 5);
        mesh.loss = 0.3;
        mesh.start(0);
        for (int i = 0; i < 300; i++) {
            int number = i;
            mesh.at(mesh.now + 10_000L * i, () -> mesh.node(1 + number % 4).offer("m" + number));
        }

        mesh.runFor(3_600_000);

        assertEquals(300, new HashSet<>(mesh.deliveredTexts(0)).size());
        assertEquals(300, mesh.node(0).deliveries.size());
        int settled = mesh.nodes.stream()
                .mapToInt(node -> node.settledOutgoing.size())
                .sum();
        assertEquals(300, settled);
        assertNoDescentAlarm(mesh);
    }

    @Test
    void a_restarted_relay_forwards_again_within_three_seconds() {
        Mesh mesh = Mesh.line(11, 4);
        mesh.start(0);
        mesh.runFor(30_000);
        mesh.kill(1);
        mesh.runFor(200);

        mesh.restart(1);
        mesh.node(3).offer("through");
        boolean arrived = mesh.runUntil(() -> mesh.deliveredTexts(0).contains("through"), 3_000);

        assertTrue(arrived);
    }

    @Test
    void a_restarted_origin_and_gateway_go_on() {
        Mesh mesh = Mesh.line(12, 4);
        mesh.start(0);
        mesh.node(3).offer("a");
        mesh.runFor(10_000);
        mesh.restart(3);
        mesh.runFor(5_000);
        mesh.node(3).offer("b");
        mesh.runFor(5_000);
        mesh.restart(0);
        mesh.node(3).offer("c");
        mesh.runFor(30_000);

        assertEquals(List.of("a", "b", "c"), mesh.deliveredTexts(0));
        assertTrue(mesh.node(3).outbox.isEmpty());
    }

    @Test
    void a_lost_e2eack_leads_to_a_repetition_but_to_no_second_delivery() {
        Mesh mesh = Mesh.line(13, 3);
        mesh.start(0);
        mesh.runFor(5_000);
        mesh.node(2).offer("once");
        mesh.runUntil(() -> mesh.node(0).deliveries.size() == 1, 2_000);
        mesh.cut(1, 2);
        mesh.runFor(14_000);
        mesh.connect(1, 2);

        boolean settled = mesh.runUntil(() -> mesh.node(2).settledOutgoing.size() == 1, 40_000);

        assertTrue(settled);
        assertEquals(1, mesh.node(0).deliveries.size());
        assertTrue(mesh.node(2).settledOutgoing.get(0).turn > 0);
    }

    @Test
    void a_message_that_is_not_settled_yet_is_not_delivered_twice() {
        Mesh mesh = Mesh.line(14, 3);
        mesh.node(0).settles = false;
        mesh.start(0);

        mesh.node(2).offer("slow broker");
        mesh.runFor(30_000);

        assertEquals(1, mesh.node(0).deliveries.size());
        assertTrue(mesh.node(2).settledOutgoing.isEmpty());
    }

    @Test
    void a_gateway_without_uplink_is_withdrawn_within_two_seconds_and_comes_back() {
        Mesh mesh = Mesh.line(15, 4);
        mesh.start(0);
        mesh.runFor(120_000);

        mesh.node(0).gateway(false);
        boolean withdrawn =
                mesh.runUntil(() -> mesh.node(3).router.snapshot(mesh.now).pinnedGateway() == null, 2_000);
        mesh.node(0).gateway(true);
        boolean back =
                mesh.runUntil(() -> mesh.node(3).router.snapshot(mesh.now).pinnedGateway() != null, 3_000);

        assertTrue(withdrawn);
        assertTrue(back);
    }

    @Test
    void messages_go_to_the_other_gateway_when_one_dies() {
        Mesh mesh = Mesh.line(16, 4);
        mesh.start(0, 3);
        mesh.runFor(10_000);
        mesh.node(1).offer("near 0");
        mesh.runFor(1_000);
        mesh.kill(0);
        mesh.node(1).offer("far");
        mesh.runFor(30_000);

        assertEquals(List.of("near 0"), mesh.deliveredTexts(0));
        assertEquals(List.of("far"), mesh.deliveredTexts(3));
        assertEquals(2, mesh.node(1).settledOutgoing.size());
    }

    @Test
    void an_idle_mesh_comes_to_rest() {
        Mesh mesh = Mesh.line(17, 4);
        mesh.start(0);
        mesh.runFor(600_000);
        long before = mesh.framesSent;

        mesh.runFor(600_000);

        long perNodeAndMinute = (mesh.framesSent - before) / 4 / 10;
        assertTrue(perNodeAndMinute <= 3, perNodeAndMinute + " frames per node and minute");
    }

    @Test
    void the_same_seed_gives_the_same_history() {
        assertEquals(history(18), history(18));
        assertFalse(history(18).equals(history(19)));
    }

    private static String history(long seed) {
        Mesh mesh = Mesh.line(seed, 4);
        mesh.loss = 0.2;
        mesh.start(0);
        for (int i = 0; i < 20; i++) {
            int number = i;
            mesh.at(1_000L * i, () -> mesh.node(3).offer("m" + number));
        }
        mesh.runFor(60_000);
        return mesh.node(0).deliveries + " " + mesh.framesSent + " "
                + mesh.node(2).router.snapshot(mesh.now).routes();
    }

    private static void assertNoDescentAlarm(Mesh mesh) {
        for (Mesh.Node node : mesh.nodes) {
            assertEquals(
                    0L,
                    node.router.snapshot(mesh.now).counters().get(RoutingCounter.DESCENT_ALARMS),
                    "descent alarms of node " + node.index + " " + node.alarms);
        }
    }

    /** Gateway 0, relays 1 and 2, origin 3. */
    private static Mesh diamond(long seed) {
        Mesh mesh = new Mesh(seed);
        mesh.add(4);
        mesh.connect(0, 1);
        mesh.connect(0, 2);
        mesh.connect(3, 1);
        mesh.connect(3, 2);
        return mesh;
    }

    private static int usedRelay(Mesh mesh) {
        NextHop hop = mesh.node(3).router.routes().get(mesh.node(0).id()).nextHop();
        return hop == null ? -1 : hop.id().equals(mesh.node(1).id()) ? 1 : 2;
    }
}
