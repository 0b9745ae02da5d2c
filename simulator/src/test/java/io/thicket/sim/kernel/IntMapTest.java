package io.thicket.sim.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class IntMapTest {
    @Test
    void it_does_what_a_map_of_objects_does() {
        SplittableRandom random = new SplittableRandom(7);
        for (int run = 0; run < 200; run++) {
            IntMap map = new IntMap();
            Map<Integer, Integer> model = new HashMap<>();
            int keys = 1 << random.nextInt(8);
            for (int i = 0; i < 500; i++) {
                int key = random.nextInt(keys) * (run % 2 == 0 ? 1 : 1_024);
                if (random.nextInt(3) == 0) {
                    map.remove(key);
                    model.remove(key);
                } else {
                    Integer before = model.put(key, i);
                    assertEquals(before == null ? IntMap.NONE : before, map.put(key, i));
                }
                assertEquals(model.size(), map.size());
                int other = random.nextInt(keys);
                assertEquals(model.getOrDefault(other, IntMap.NONE), map.get(other));
            }
            model.forEach((key, value) -> assertEquals(value, map.get(key)));
            assertEquals(model.keySet(), Arrays.stream(map.keys()).boxed().collect(Collectors.toSet()));
            map.clear();
            assertEquals(0, map.size());
            assertEquals(0, map.keys().length);
        }
    }

    @Test
    void numbers_of_more_than_16_bits_fit_beside_others() {
        for (int large : new int[] {0xfffe, 0xffff, 0x1_0000, Integer.MAX_VALUE}) {
            IntMap map = new IntMap();
            map.put(3, 4);
            map.put(0xfffe, 0);
            assertEquals(IntMap.NONE, map.get(large == 0xfffe ? 0xffff : large));

            map.put(5, large);
            map.put(large, 6);
            map.put(large - 1, large);

            assertEquals(4, map.get(3));
            assertEquals(large, map.get(5));
            assertEquals(6, map.get(large));
            assertEquals(large, map.get(large - 1));
            assertEquals(large == 0xfffe ? 6 : large == 0xffff ? large : 0, map.get(0xfffe));
            map.remove(large);
            assertEquals(IntMap.NONE, map.get(large));
            assertEquals(large, map.get(5));
        }
    }
}
