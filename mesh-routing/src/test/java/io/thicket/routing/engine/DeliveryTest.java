package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class DeliveryTest {
    @Test
    void a_line_of_six_delivers_over_five_hops_and_settles() {
        Mesh mesh = Mesh.line(1, 6);
        mesh.start(0);
        Mesh.Node far = mesh.node(5);
        far.offer("hello");

        boolean settled = mesh.runUntil(() -> far.settledOutgoing.size() == 1, 30_000);

        assertTrue(settled);
        assertEquals(1, mesh.node(0).deliveries.size());
        assertEquals(5, mesh.node(0).deliveries.get(0).hops());
        System.out.println("settled at " + mesh.now);
    }
}
