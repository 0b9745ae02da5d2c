package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A node that says nothing moves to where all whom the relay knows are covered, so that the relay sends no request on (2.5,
 * step 8): it is found when a HELLO of either is heard, and that takes no longer than Imax.
 */
class SilentMoverTest {
    @Test
    void a_silent_node_that_moved_is_found_within_a_hello_interval() {
        List<Long> tookMs = new ArrayList<>();
        for (long seed = 1; seed <= 10; seed++) {
            Mesh mesh = new Mesh(seed);
            mesh.add(5);
            for (int i = 0; i < 4; i++) {
                for (int j = 0; j < i; j++) {
                    mesh.connect(i, j);
                }
            }
            mesh.connect(4, 1);
            mesh.start();
            mesh.runFor(200_000 + 7_000 * seed);

            mesh.cut(4, 1);
            mesh.connect(4, 3);
            long movedAtMs = mesh.now;
            while (mesh.node(4).deliveries.isEmpty() && mesh.now - movedAtMs < 200_000) {
                mesh.node(0).sendTo(mesh.node(4), "where are you");
                mesh.runFor(500);
            }
            tookMs.add(mesh.now - movedAtMs);
        }

        assertTrue(tookMs.stream().allMatch(took -> took <= 75_000), "found after " + tookMs);
    }
}
