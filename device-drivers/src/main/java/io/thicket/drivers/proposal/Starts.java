package io.thicket.drivers.proposal;

import io.thicket.drivers.framing.Bytes;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/** Bytes that may be the start of frames, because they come again and again, and where they are. */
record Starts(Bytes start, BitSet places, int count) {
    private static final int MAX_PAIRS = 32;
    private static final int MAX_SINGLES = 8;
    private static final int MAX_BEGINS = 8;
    private static final int MIN_COUNT = 4;

    static List<Starts> in(Recorded recorded) {
        int[] singles = new int[256];
        int[] pairs = new int[1 << 16];
        for (int i = 0; i < recorded.size(); i++) {
            singles[recorded.at(i)]++;
            if (i + 1 < recorded.size()) {
                pairs[recorded.at(i) << 8 | recorded.at(i + 1)]++;
            }
        }
        List<Starts> starts = new ArrayList<>();
        for (int pair : commonest(pairs, MAX_PAIRS)) {
            starts.add(of(recorded, new byte[] {(byte) (pair >> 8), (byte) pair}));
        }
        for (int at = recorded.nextBegin(0), tried = 0;
                at >= 0 && tried < MAX_BEGINS;
                at = recorded.nextBegin(at + 1)) {
            tried++;
            if (at + 1 < recorded.size()) {
                byte[] pair = recorded.part(at, at + 2);
                boolean known = starts.stream().anyMatch(each -> each.start().matches(pair, 0));
                if (!known && pairs[(pair[0] & 0xFF) << 8 | pair[1] & 0xFF] >= MIN_COUNT) {
                    starts.add(of(recorded, pair));
                }
            }
        }
        for (int single : commonest(singles, MAX_SINGLES)) {
            starts.add(of(recorded, new byte[] {(byte) single}));
        }
        return starts;
    }

    /** How probable it is at any place. */
    double density(Recorded recorded) {
        return (double) count / recorded.size();
    }

    private static List<Integer> commonest(int[] counts, int most) {
        List<Integer> values = new ArrayList<>();
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] >= MIN_COUNT) {
                values.add(i);
            }
        }
        values.sort(Comparator.comparingInt((Integer value) -> -counts[value]).thenComparing(value -> value));
        return values.subList(0, Math.min(most, values.size()));
    }

    private static Starts of(Recorded recorded, byte[] bytes) {
        BitSet places = new BitSet();
        for (int i = 0; i + bytes.length <= recorded.size(); i++) {
            boolean here = true;
            for (int k = 0; k < bytes.length; k++) {
                here &= recorded.at(i + k) == (bytes[k] & 0xFF);
            }
            places.set(i, here);
        }
        return new Starts(Bytes.copyOf(bytes), places, places.cardinality());
    }
}
