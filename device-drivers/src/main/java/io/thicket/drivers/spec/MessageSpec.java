package io.thicket.drivers.spec;

import io.thicket.drivers.framing.Bytes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One kind of frame.
 *
 * @param name for people, empty if there is none
 * @param sizes lengths of such frames; empty if any
 * @param match what its bytes are
 * @param values what it says; none if it is no data
 * @param quality in the order in which they are tried; the first that holds counts
 * @param tags where its tagged values are, null if it has none
 * @param restart whether the device asks by it to be set up again
 */
record MessageSpec(
        String name,
        List<Integer> sizes,
        List<Match> match,
        List<ValueSpec> values,
        List<QualityRule> quality,
        @Nullable TagList tags,
        boolean restart) {
    /** Fixed bytes of a kind of frame. */
    record Match(int at, Bytes bytes) {}

    boolean isOf(byte[] frame, int offset, int length) {
        if (!sizes.isEmpty() && !sizes.contains(length)) {
            return false;
        }
        for (Match each : match) {
            int place = each.at() < 0 ? length + each.at() : each.at();
            if (place < 0
                    || place + each.bytes().length() > length
                    || !each.bytes().matches(frame, offset + place)) {
                return false;
            }
        }
        return true;
    }
}
