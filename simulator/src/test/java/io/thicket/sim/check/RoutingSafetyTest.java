package io.thicket.sim.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.RoutingCounter;
import io.thicket.routing.Seq;
import org.junit.jupiter.api.Test;

/** That the judge sees through a node's public picture; the invariants themselves are tested in mesh-routing. */
class RoutingSafetyTest {
    private static final Seq OLD = new Seq(1, 4);
    private static final Seq NEW = new Seq(1, 5);

    private final ToyNetwork network = new ToyNetwork(4);
    private final RoutingSafety safety = new RoutingSafety(4);

    @Test
    void a_line_to_the_destination_is_fine() {
        network.node(0).ownSeq = NEW;
        network.node(1).route(0, 0, NEW, 10);
        network.node(2).route(0, 1, NEW, 20);
        network.node(3).route(0, 2, OLD, 15);

        assertEquals("", checkAll());
    }

    @Test
    void a_loop_is_found() {
        network.node(0).ownSeq = NEW;
        assertEquals("", checkAll());
        network.node(1).route(0, 2, NEW, 10);
        network.node(2).route(0, 1, OLD, 10);

        assertTrue(checkAll().contains("I1 acyclic successors: loop for " + ToyNetwork.id(0) + ": 2 -> 1 -> 2"));
    }

    @Test
    void a_route_without_a_two_way_link_is_found() {
        assertEquals("", checkAll());
        network.node(1).route(0, 0, 77, new Seq(1, 0), 10, 60_000);
        network.node(1).forgetNeighbors();

        assertTrue(checkAll().contains("I7 only usable links"));
    }

    @Test
    void a_picture_that_is_old_is_read_as_old() {
        network.node(0).ownSeq = NEW;
        assertEquals("", checkAll());
        network.nowMs = 5_999;
        network.node(2).route(0, 1, 101, NEW, 10, 5_000);
        network.node(2).ageMs = 4_999;
        assertTrue(safety.check(network, 2).contains("forgotten"));

        RoutingSafety later = new RoutingSafety(4);
        network.nowMs = 6_000;
        network.node(2).ageMs = 5_000;
        for (int node = 0; node < network.nodes(); node++) {
            assertEquals("", later.check(network, node));
        }
    }

    @Test
    void descent_alarms_and_numbers_that_go_back_are_found() {
        network.node(0).ownSeq = NEW;
        assertEquals("", checkAll());
        network.node(0).ownSeq = OLD;
        assertTrue(checkAll().contains("I5 own Seq increases"));
        network.node(0).ownSeq = NEW;
        network.node(3).count(RoutingCounter.DESCENT_ALARMS, 2);
        assertTrue(checkAll().contains("I9 no descent alarms"));
    }

    private String checkAll() {
        StringBuilder problems = new StringBuilder();
        for (int node = 0; node < network.nodes(); node++) {
            problems.append(safety.check(network, node));
        }
        return problems.toString();
    }
}
