package io.thicket.gateway.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SeqRangesModelTest {
    private static final int NUMBERS = 200;

    @Test
    void ranges_agree_with_a_set_of_bits() {
        Random random = new Random(11);
        for (int run = 0; run < 500; run++) {
            SeqRanges ranges = new SeqRanges();
            BitSet model = new BitSet();
            for (int i = 0; i < 40; i++) {
                int first = random.nextInt(NUMBERS);
                int last = Math.min(NUMBERS, first + (random.nextInt(4) == 0 ? random.nextInt(60) : random.nextInt(2)));
                boolean isNew = model.nextClearBit(first) <= last;
                model.set(first, last + 1);
                assertEquals(isNew, ranges.add(first, last), first + " to " + last + " in run " + run);
                assertEquals(text(model), ranges.toString());
            }
            for (int seq = 0; seq < NUMBERS + 2; seq++) {
                assertEquals(model.get(seq), ranges.contains(seq));
            }
        }
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
