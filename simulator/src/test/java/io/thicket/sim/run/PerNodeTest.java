package io.thicket.sim.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PerNodeTest {
    @Test
    void it_does_what_a_map_of_lists_does() {
        SplittableRandom random = new SplittableRandom(2);
        PerNode<Integer> lists = new PerNode<>(20);
        Map<Integer, List<Integer>> model = new HashMap<>();
        for (int i = 0; i < 30; i++) {
            int node = random.nextInt(20);
            lists.add(node, i);
            model.computeIfAbsent(node, unused -> new ArrayList<>()).add(i);
            for (int each = 0; each < 20; each++) {
                assertEquals(model.getOrDefault(each, List.of()), lists.of(each));
            }
        }
    }
}
