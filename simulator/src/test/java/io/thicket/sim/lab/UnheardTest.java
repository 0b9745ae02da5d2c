package io.thicket.sim.lab;

import static org.junit.jupiter.api.Assertions.assertSame;

import io.thicket.gateway.bridge.Publication;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class UnheardTest {
    @Test
    void agrees_with_a_map() {
        Random random = new Random(3);
        Unheard unheard = new Unheard();
        Map<Long, Publication> model = new HashMap<>();
        long next = 1;
        for (int step = 0; step < 10_000; step++) {
            if (random.nextInt(8) < (step < 5_000 ? 5 : 3)) {
                Publication message = new Publication("t", "" + step, 1, false, 0, "", Map.of());
                unheard.add(next, message);
                model.put(next, message);
                next++;
            } else {
                long token = Math.max(0, next - random.nextInt(40));
                assertSame(model.remove(token), unheard.remove(token), "step " + step);
            }
        }
        for (long token = 0; token <= next; token++) {
            assertSame(model.remove(token), unheard.remove(token), "token " + token);
        }
    }
}
