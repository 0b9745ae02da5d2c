package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.RoutingSnapshot;
import org.junit.jupiter.api.Test;

/**
 * A line of six, switched on at once, that loses a fifth of all frames from the first one on. When two neighbours' challenges or the one
 * HELLO with the gateway were lost, the next attempt was a minute away: 58 s were seen until the first reading arrived, and 120 s were too
 * few for real agents once.
 */
class LossyStartTest {
    private static final int SEEDS = 100;
    private static final int HOPS = 5;
    private static final long LIMIT_MS = 15_000;

    @Test
    void the_first_reading_arrives_within_seconds() {
        long worstMs = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            Mesh mesh = lossyLine(seed);
            long startedMs = mesh.now;
            mesh.node(HOPS).offer("reading");
            while (mesh.node(0).deliveries.isEmpty() && mesh.now - startedMs < 10 * LIMIT_MS) {
                mesh.runFor(100);
            }
            worstMs = Math.max(worstMs, mesh.now - startedMs);
        }

        System.out.println("worst of " + SEEDS + " starts: " + worstMs + " ms");
        assertTrue(worstMs <= LIMIT_MS, worstMs + " ms");
    }

    @Test
    void every_neighbour_is_a_neighbour_within_seconds() {
        long worstMs = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            Mesh mesh = lossyLine(seed);
            long startedMs = mesh.now;
            while (!allMet(mesh) && mesh.now - startedMs < 10 * LIMIT_MS) {
                mesh.runFor(100);
            }
            worstMs = Math.max(worstMs, mesh.now - startedMs);
        }

        System.out.println("the last session of " + SEEDS + " starts: " + worstMs + " ms");
        assertTrue(worstMs <= LIMIT_MS, worstMs + " ms");
    }

    private static Mesh lossyLine(long seed) {
        Mesh mesh = Mesh.line(seed, HOPS + 1);
        mesh.broadcastLoss = 0.2;
        mesh.unicastLoss = 0.2;
        mesh.replyLoss = 0.2;
        mesh.start(0);
        return mesh;
    }

    private static boolean allMet(Mesh mesh) {
        int sessions = 0;
        for (Mesh.Node node : mesh.nodes) {
            for (RoutingSnapshot.Neighbor neighbor :
                    node.router.snapshot(mesh.now).neighbors()) {
                sessions += neighbor.state() == RoutingSnapshot.NeighborState.TWO_WAY ? 1 : 0;
            }
        }
        return sessions == 2 * HOPS;
    }
}
