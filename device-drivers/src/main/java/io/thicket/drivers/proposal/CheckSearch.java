package io.thicket.drivers.proposal;

import io.thicket.drivers.checksum.Checksum;
import io.thicket.drivers.framing.CheckPlace;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds what checks some frames. */
final class CheckSearch {
    /** Checks leave out a start, and sometimes an address. */
    private static final int MAX_FROM = 4;

    /** A check that holds for fewer is none; the others are damaged frames. */
    private static final double MIN_RIGHT = 0.8;

    private CheckSearch() {}

    /**
     * A check, and for how many frames it holds.
     *
     * @param frames different ones
     */
    record Found(CheckPlace place, int right, int frames) {
        double significance() {
            return Chance.against(
                    right, frames, StrictMath.pow(2, -8 * place.kind().width()));
        }
    }

    /** @param maxEnd how many bytes behind the check are the same in all frames */
    static Optional<Found> in(List<byte[]> different, int maxEnd) {
        Found best = null;
        for (Checksum kind : Checksum.values()) {
            for (int behind = 0; behind <= maxEnd; behind++) {
                for (int from = 0; from <= MAX_FROM; from++) {
                    for (int order = 0; order < kind.width(); order++) {
                        int at = -behind - kind.width();
                        Found found = test(different, new CheckPlace(kind, from, at, at, order == 1));
                        if (found.significance() >= Chance.ENOUGH
                                && (best == null || found.significance() > best.significance())) {
                            best = found;
                        }
                    }
                }
            }
        }
        return Optional.ofNullable(best);
    }

    private static Found test(List<byte[]> frames, CheckPlace place) {
        int wrong = 0;
        int right = 0;
        Set<Integer> values = new HashSet<>();
        for (byte[] frame : frames) {
            int to = frame.length + place.to();
            if (to <= place.from()) {
                wrong++;
            } else {
                int value = place.kind().over(frame, place.from(), to);
                boolean holds = value == stored(frame, place);
                right += holds ? 1 : 0;
                wrong += holds ? 0 : 1;
                values.add(value);
            }
            if (wrong > (1 - MIN_RIGHT) * frames.size()) {
                return new Found(place, 0, frames.size());
            }
        }
        // A check whose value is nearly always the same checks nothing: a byte that does not change, or a sum of zeros.
        return new Found(place, values.size() > frames.size() / 4 ? right : 0, frames.size());
    }

    private static int stored(byte[] frame, CheckPlace place) {
        int at = frame.length + place.at();
        int first = frame[at] & 0xFF;
        if (place.kind().width() == 1) {
            return first;
        }
        int second = frame[at + 1] & 0xFF;
        return place.lowFirst() ? second << 8 | first : first << 8 | second;
    }
}
