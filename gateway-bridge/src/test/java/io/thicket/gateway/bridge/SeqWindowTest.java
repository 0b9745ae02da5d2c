package io.thicket.gateway.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SeqWindowTest {
    private static final int MAX = 4;

    private @Nullable SeqWindow window;

    private boolean contains(long seq) {
        return SeqWindow.contains(window, 7, seq);
    }

    private void add(long seq) {
        window = SeqWindow.add(window, 7, seq, MAX);
    }

    @Test
    void agrees_with_a_set_within_its_size() {
        Random random = new Random(17);
        Set<Long> added = new HashSet<>();
        long highest = 0;
        for (int i = 0; i < 200_000; i++) {
            long seq = Math.max(0, highest + random.nextInt(40) - 30 - (random.nextInt(100) == 0 ? 9_000 : 0));
            seq += random.nextInt(10_000) == 0 ? 20_000 : 0;
            assertEquals(added.contains(seq) && highest - seq < SeqWindow.SIZE, contains(seq), "seq " + seq);
            add(seq);
            added.add(seq);
            highest = Math.max(highest, seq);
        }
    }

    @Test
    void agrees_with_a_set_while_it_grows_in_either_direction() {
        Random random = new Random(3);
        for (int run = 0; run < 2_000; run++) {
            window = null;
            Set<Long> added = new HashSet<>();
            long start = random.nextInt(50_000);
            int spread = 1 << random.nextInt(14);
            for (int i = 0; i < 60; i++) {
                long seq = start + random.nextInt(spread);
                assertEquals(added.contains(seq), contains(seq), "seq " + seq + " of run " + run);
                add(seq);
                added.add(seq);
            }
            for (long seq = start - 200; seq < start + spread + 200; seq++) {
                assertEquals(added.contains(seq), contains(seq), "seq " + seq + " of run " + run);
            }
        }
    }

    @Test
    void of_several_boots_it_agrees_with_a_sorted_map_without_its_lowest() {
        Random random = new Random(1);
        for (int run = 0; run < 300; run++) {
            window = null;
            TreeMap<Long, Set<Long>> model = new TreeMap<>();
            for (int i = 0; i < 60; i++) {
                long epoch = random.nextInt(12);
                long seq = random.nextInt(1 + run);
                window = SeqWindow.add(window, epoch, seq, MAX);
                model.computeIfAbsent(epoch, unused -> new HashSet<>()).add(seq);
                if (model.size() > MAX) {
                    model.pollFirstEntry();
                }
                for (long each = 0; each < 12; each++) {
                    long asked = random.nextInt(2) == 0 ? seq : random.nextInt(1 + run);
                    boolean isThere = model.getOrDefault(each, Set.of()).contains(asked);
                    assertEquals(isThere, SeqWindow.contains(window, each, asked), asked + " of epoch " + each);
                }
            }
        }
    }

    /** A message may say any number: one of these hung a gateway's loop, others threw. */
    @Test
    void the_largest_numbers_there_are_are_numbers_like_others() {
        for (long first : new long[] {1, 60, 70, 200, 16_000}) {
            window = null;
            add(Long.MAX_VALUE - first);
            add(Long.MAX_VALUE - first - 1);
            add(Long.MAX_VALUE);
            add(Long.MAX_VALUE - first - 70);

            assertTrue(contains(Long.MAX_VALUE));
            assertTrue(contains(Long.MAX_VALUE - first));
            assertTrue(contains(Long.MAX_VALUE - first - 1));
            assertTrue(contains(Long.MAX_VALUE - first - 70));
            assertFalse(contains(Long.MAX_VALUE - first - 71));
        }
    }

    @Test
    void it_remembers_as_many_as_its_size_says_and_none_more() {
        long highest = 100_000;
        add(highest);
        add(highest - SeqWindow.SIZE + 1);
        add(highest - SeqWindow.SIZE);

        assertTrue(contains(highest - SeqWindow.SIZE + 1));
        assertFalse(contains(highest - SeqWindow.SIZE));
        add(highest + 1);
        assertFalse(contains(highest - SeqWindow.SIZE + 1));
        assertTrue(contains(highest));
        add(highest + SeqWindow.SIZE);
        assertTrue(contains(highest + 1));
        assertFalse(contains(highest));
    }

    @Test
    void what_lay_before_a_jump_is_not_taken_for_what_lies_behind_it() {
        add(5);
        add(5 + 20_000);
        add(20_005 - 35);

        assertFalse(contains(20_005 - 32), "its bit is that of 5");
        add(20_005 + SeqWindow.SIZE);
        add(20_005 + SeqWindow.SIZE - 70);
        assertFalse(contains(20_005 + SeqWindow.SIZE - 64));
    }

    @Test
    void a_jump_forgets_the_past() {
        add(5);
        add(Long.MAX_VALUE);

        assertFalse(contains(5));
        assertTrue(contains(Long.MAX_VALUE));
    }
}
