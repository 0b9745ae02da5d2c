package io.thicket.sim.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.Seq;
import org.junit.jupiter.api.Test;

class LoopFreedomTest {
    private static final Seq OLD = new Seq(1, 4);
    private static final Seq NEW = new Seq(1, 5);

    private final ToyNetwork network = new ToyNetwork(4);
    private final LoopFreedom invariant = new LoopFreedom();

    @Test
    void a_line_to_the_destination_is_fine() {
        network.node(0).ownSeq = NEW;
        network.node(1).route(0, 0, NEW, 10);
        network.node(2).route(0, 1, NEW, 20);
        network.node(3).route(0, 2, OLD, 15);

        assertEquals("", checkAll());
    }

    @Test
    void two_nodes_that_point_at_each_other_are_a_loop() {
        network.node(1).route(0, 2, NEW, 10);
        network.node(2).route(0, 1, OLD, 10);

        assertEquals("loop for " + ToyNetwork.id(0) + ": 2 -> 1 -> 2", invariant.check(network, 2));
        assertTrue(invariant.check(network, 1).contains("not better"), "one of the two edges must go up");
    }

    @Test
    void a_next_hop_whose_distance_is_equal_is_refused() {
        network.node(1).route(0, 0, NEW, 10);
        network.node(2).route(0, 1, NEW, 10);

        assertTrue(invariant.check(network, 2).contains("not better"));
        assertTrue(invariant.check(network, 1).contains("not better"), "seen from the next hop, too");
    }

    @Test
    void a_next_hop_that_forgot_its_distance_is_refused() {
        network.node(2).route(0, 1, NEW, 10);

        assertTrue(invariant.check(network, 2).contains("forgotten"));
    }

    @Test
    void an_edge_to_an_earlier_boot_is_dead() {
        network.node(2).route(0, 1, NEW, 10);
        network.node(1).bootTag = 7;

        assertEquals("", checkAll());
    }

    @Test
    void an_edge_to_a_node_that_is_down_is_dead() {
        network.node(2).route(0, 1, NEW, 10);
        network.node(1).up = false;

        assertEquals("", checkAll());
    }

    @Test
    void an_expired_edge_is_dead_even_if_its_picture_is_old() {
        network.node(2).route(0, 1, 101, NEW, 10, 5_000);

        network.node(2).ageMs = 4_999;
        assertTrue(invariant.check(network, 2).contains("forgotten"));
        network.node(2).ageMs = 5_000;
        assertEquals("", checkAll());
    }

    @Test
    void a_route_to_oneself_is_refused() {
        network.node(1).route(1, 2, NEW, 10);

        assertEquals("node 1 has a route to itself", invariant.check(network, 1));
    }

    @Test
    void the_destination_counts_with_its_own_number_and_no_distance() {
        network.node(0).ownSeq = OLD;
        network.node(1).route(0, 0, NEW, 10);

        assertTrue(invariant.check(network, 1).contains("not better"), "the destination's own number is older");
    }

    private String checkAll() {
        StringBuilder problems = new StringBuilder();
        for (int node = 0; node < network.nodes(); node++) {
            problems.append(invariant.check(network, node));
        }
        return problems.toString();
    }
}
