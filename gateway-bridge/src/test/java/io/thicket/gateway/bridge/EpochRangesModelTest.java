package io.thicket.gateway.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import java.util.Map;
import java.util.Random;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class EpochRangesModelTest {
    private static final int NUMBERS = 200;

    @Test
    void ranges_of_one_boot_agree_with_a_set_of_bits() {
        agreesWithSetsOfBits(new Random(11), 1, 40);
    }

    @Test
    void ranges_of_several_boots_agree_with_a_set_of_bits_for_each_of_the_highest() {
        agreesWithSetsOfBits(new Random(12), EpochRanges.MAX_EPOCHS + 2, 80);
    }

    private static void agreesWithSetsOfBits(Random random, int boots, int steps) {
        for (int run = 0; run < 500; run++) {
            EpochRanges ranges = new EpochRanges();
            TreeMap<Long, BitSet> model = new TreeMap<>();
            for (int i = 0; i < steps; i++) {
                long epoch = 3 + random.nextInt(boots);
                int first = random.nextInt(NUMBERS);
                int last = Math.min(NUMBERS, first + (random.nextInt(4) == 0 ? random.nextInt(60) : random.nextInt(2)));
                boolean tooOld = model.size() == EpochRanges.MAX_EPOCHS && epoch < model.firstKey();
                BitSet its = tooOld ? new BitSet() : model.computeIfAbsent(epoch, unused -> new BitSet());
                boolean isNew = !tooOld && its.nextClearBit(first) <= last;
                its.set(first, last + 1);
                if (model.size() > EpochRanges.MAX_EPOCHS) {
                    model.pollFirstEntry();
                }
                assertEquals(
                        isNew, ranges.add(epoch, first, last), epoch + ":" + first + " to " + last + " in run " + run);
                assertEquals(text(model), ranges.toString());
            }
            for (long epoch = 2; epoch < 4 + boots; epoch++) {
                BitSet its = model.getOrDefault(epoch, new BitSet());
                for (int seq = 0; seq < NUMBERS + 2; seq++) {
                    assertEquals(its.get(seq), ranges.contains(epoch, seq));
                }
            }
            assertEquals(model.lastKey(), ranges.latestEpoch());
        }
    }

    @Test
    void the_lowest_range_of_the_boot_with_too_many_gives_way_and_no_other() {
        EpochRanges ranges = new EpochRanges();
        ranges.add(2, 1, 4);
        for (int i = 0; i <= EpochRanges.MAX_RANGES; i++) {
            ranges.add(3, 2L * i, 2L * i);
        }

        assertEquals("2:1-4 3:2,4", ranges.toString().substring(0, "2:1-4 3:2,4".length()));
    }

    @Test
    void numbers_of_thirty_two_bits_and_above_are_kept_as_they_are() {
        EpochRanges ranges = new EpochRanges();
        ranges.add(0xffff_ffffL, 0xffff_fff0L, 0xffff_fffeL);
        ranges.add(0xffff_ffffL, 0xffff_ffffL, 0xffff_ffffL);
        assertEquals("4294967295:4294967280-4294967295", ranges.toString());
        assertTrue(ranges.contains(0xffff_ffffL, 0xffff_ffffL));
        assertFalse(ranges.contains(-1, -1));

        ranges.add(0xffff_ffffL, 0x1_0000_0000L, 0x1_0000_0000L);
        assertEquals("4294967295:4294967280-4294967296", ranges.toString());
        assertEquals(0xffff_ffffL, ranges.latestEpoch());
        assertFalse(ranges.contains(0xffff_ffffL, 0));
    }

    @Test
    void an_empty_one_contains_nothing_and_has_no_more_than_another() {
        EpochRanges empty = new EpochRanges();
        assertFalse(empty.contains(0, 0));
        assertEquals(-1, empty.latestEpoch());
        assertEquals("", empty.toString());
        EpochRanges other = new EpochRanges();
        other.add(0, 0, 0);
        assertFalse(empty.hasMoreThan(other));
        assertTrue(other.hasMoreThan(empty));
    }

    private static String text(Map<Long, BitSet> model) {
        StringJoiner text = new StringJoiner(" ");
        model.forEach((epoch, its) -> text.add(epoch + ":" + text(its)));
        return text.toString();
    }

    private static String text(BitSet model) {
        StringBuilder text = new StringBuilder();
        for (int first = model.nextSetBit(0); first >= 0; ) {
            int last = model.nextClearBit(first) - 1;
            text.append(text.length() == 0 ? "" : ",").append(first).append(last == first ? "" : "-" + last);
            first = model.nextSetBit(last + 1);
        }
        return text.toString();
    }
}
