package io.thicket.drivers.proposal;

import io.thicket.drivers.framing.LengthField;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Which lengths the frames behind a start may have. */
final class CutSearch {
    private static final int MIN_LENGTH = 4;
    private static final int MAX_LENGTHS = 4;
    private static final int MAX_PLACES = 1_000;
    private static final int MAX_FIELD_AT = 6;
    private static final int MIN_ADD = -4;
    private static final int MAX_ADD = 16;

    private CutSearch() {}

    static List<Cut> of(Recorded recorded, Starts starts) {
        List<Cut> cuts = new ArrayList<>();
        for (int length : distances(starts)) {
            cuts.add(new Cut(starts, length, null));
        }
        for (int at = starts.start().length(); at <= MAX_FIELD_AT; at++) {
            for (int kind = 0; kind < 3; kind++) {
                int width = kind == 0 ? 1 : 2;
                boolean lowFirst = kind == 2;
                int add = commonestAdd(recorded, starts, at, width, lowFirst);
                if (add >= MIN_ADD) {
                    cuts.add(new Cut(starts, 0, new LengthField(at, width, lowFirst, add, List.of())));
                }
            }
        }
        return cuts;
    }

    /** The commonest distances from one start to any later one. */
    private static List<Integer> distances(Starts starts) {
        int[] counts = new int[Cut.MAX_FRAME + 1];
        BitSet places = starts.places();
        int tried = 0;
        for (int at = places.nextSetBit(0); at >= 0 && tried < MAX_PLACES; at = places.nextSetBit(at + 1)) {
            tried++;
            for (int next = places.nextSetBit(at + MIN_LENGTH);
                    next >= 0 && next - at <= Cut.MAX_FRAME;
                    next = places.nextSetBit(next + 1)) {
                counts[next - at]++;
            }
        }
        List<Integer> lengths = new ArrayList<>();
        while (lengths.size() < MAX_LENGTHS) {
            int best = 0;
            for (int i = MIN_LENGTH; i < counts.length; i++) {
                best = counts[i] > counts[best] ? i : best;
            }
            if (best == 0 || counts[best] < 3) {
                break;
            }
            lengths.add(best);
            counts[best] = 0;
        }
        return lengths;
    }

    /** What is to be added to the number at a place, most often, so that the frame ends where the next begins; -1000 if none. */
    private static int commonestAdd(Recorded recorded, Starts starts, int at, int width, boolean lowFirst) {
        int[] counts = new int[MAX_ADD - MIN_ADD + 1];
        BitSet places = starts.places();
        int tried = 0;
        for (int place = places.nextSetBit(0); place >= 0 && tried < MAX_PLACES; place = places.nextSetBit(place + 1)) {
            tried++;
            if (place + at + width > recorded.size()) {
                break;
            }
            int end = place + Cut.valueAt(recorded, place + at, width, lowFirst);
            for (int add = MIN_ADD; add <= MAX_ADD; add++) {
                int next = end + add;
                boolean behind = next > place + MIN_LENGTH && next <= place + Cut.MAX_FRAME;
                if (behind && next <= recorded.size() && (places.get(next) || recorded.isEdge(next))) {
                    counts[add - MIN_ADD]++;
                }
            }
        }
        int best = 0;
        for (int i = 1; i < counts.length; i++) {
            best = counts[i] > counts[best] ? i : best;
        }
        return counts[best] < 3 ? -1000 : best + MIN_ADD;
    }
}
