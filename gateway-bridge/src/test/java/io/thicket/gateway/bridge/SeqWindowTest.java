package io.thicket.gateway.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SeqWindowTest {
    @Test
    void agrees_with_a_set_within_its_size() {
        Random random = new Random(17);
        SeqWindow window = new SeqWindow();
        Set<Long> added = new HashSet<>();
        long highest = 0;
        for (int i = 0; i < 200_000; i++) {
            long seq = Math.max(0, highest + random.nextInt(40) - 30 - (random.nextInt(100) == 0 ? 9_000 : 0));
            seq += random.nextInt(10_000) == 0 ? 20_000 : 0;
            assertEquals(added.contains(seq) && highest - seq < SeqWindow.SIZE, window.contains(seq), "seq " + seq);
            window.add(seq);
            added.add(seq);
            highest = Math.max(highest, seq);
        }
    }

    @Test
    void agrees_with_a_set_while_it_grows_in_either_direction() {
        Random random = new Random(3);
        for (int window = 0; window < 2_000; window++) {
            SeqWindow grown = new SeqWindow();
            Set<Long> added = new HashSet<>();
            long start = random.nextInt(50_000);
            int spread = 1 << random.nextInt(14);
            for (int i = 0; i < 60; i++) {
                long seq = start + random.nextInt(spread);
                assertEquals(added.contains(seq), grown.contains(seq), "seq " + seq + " of window " + window);
                grown.add(seq);
                added.add(seq);
            }
            for (long seq = start - 200; seq < start + spread + 200; seq++) {
                assertEquals(added.contains(seq), grown.contains(seq), "seq " + seq + " of window " + window);
            }
        }
    }

    @Test
    void a_jump_forgets_the_past() {
        SeqWindow window = new SeqWindow();
        window.add(5);
        window.add(Long.MAX_VALUE);

        assertFalse(window.contains(5));
        assertTrue(window.contains(Long.MAX_VALUE));
    }
}
