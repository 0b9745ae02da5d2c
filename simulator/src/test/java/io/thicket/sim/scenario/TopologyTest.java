package io.thicket.sim.scenario;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.sim.kernel.Seeds;
import io.thicket.sim.scenario.Topology.Edge;
import java.util.List;
import org.junit.jupiter.api.Test;

class TopologyTest {
    @Test
    void a_line_has_each_node_hear_its_two_sides() {
        Topology line = Topology.line(4);

        assertEquals(List.of(1, 3), line.neighbors(2));
        assertArrayEquals(new int[] {0, 1, 2, 3}, line.hopsFrom(0));
        assertFalse(line.isConnectedWithout(1));
        assertTrue(line.isConnectedWithout(3));
    }

    @Test
    void a_ring_survives_any_one_node() {
        Topology ring = Topology.ring(6);

        for (int node = 0; node < 6; node++) {
            assertTrue(ring.isConnectedWithout(node));
        }
        assertArrayEquals(new int[] {0, 1, 2, 3, 2, 1}, ring.hopsFrom(0));
    }

    @Test
    void a_grid_and_a_diamond_have_their_edges() {
        assertEquals(17, Topology.grid(4, 3).edges().size());
        assertEquals(List.of(1, 4), Topology.grid(4, 3).neighbors(0));
        assertEquals(List.of(1, 2), Topology.diamond().neighbors(3));
    }

    @Test
    void in_a_ladder_each_relay_has_an_alternative_and_the_far_end_is_deep_enough() {
        Topology ladder = Topology.ladder(12, 2);

        assertEquals(6, ladder.hopsFrom(0)[11]);
        for (int node = 1; node < 12; node++) {
            assertTrue(ladder.isConnectedWithout(node), "without " + node);
        }
    }

    @Test
    void random_layouts_are_connected_and_the_same_for_the_same_seed() {
        for (int seed = 0; seed < 50; seed++) {
            Topology drawn = Topology.randomGeometric(20, 0.35, new Seeds(seed).generator("topology"));

            assertTrue(drawn.isConnected());
            assertEquals(drawn, Topology.randomGeometric(20, 0.35, new Seeds(seed).generator("topology")));
        }
    }

    @Test
    void a_radius_that_connects_nothing_is_refused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> Topology.randomGeometric(50, 0.001, new Seeds(1).generator("topology")));
    }

    @Test
    void edges_are_sorted_unique_and_inside() {
        Topology layout = new Topology("own", 3, List.of(new Edge(1, 2), Edge.between(1, 0), new Edge(1, 2)));

        assertEquals(List.of(new Edge(0, 1), new Edge(1, 2)), layout.edges());
        assertThrows(IllegalArgumentException.class, () -> new Topology("own", 2, List.of(new Edge(0, 2))));
        assertThrows(IllegalArgumentException.class, () -> new Edge(1, 1));
    }
}
