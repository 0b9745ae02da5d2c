package io.thicket.drivers.proposal;

import io.thicket.drivers.framing.Bytes;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Frames that a way of cutting finds, and how often it could have failed. */
final class Frames {
    /** So many different ones say what checks them. */
    private static final int MAX_DIFFERENT = 64;

    private static final int MAX_END = 4;

    private final Set<Bytes> different = new LinkedHashSet<>();
    private final Set<Integer> lengths = new TreeSet<>();
    private int count;
    private int attempts;
    private long bytes;
    private int afterPause;

    /** Something that looked like a start was no frame. */
    void miss() {
        attempts++;
    }

    void add(Recorded recorded, int from, int to) {
        attempts++;
        count++;
        bytes += to - from;
        lengths.add(to - from);
        if (recorded.isEdge(from)) {
            afterPause++;
        }
        if (different.size() < MAX_DIFFERENT) {
            different.add(Bytes.copyOf(recorded.part(from, to)));
        }
    }

    int count() {
        return count;
    }

    int attempts() {
        return attempts;
    }

    long bytes() {
        return bytes;
    }

    /** How many begin after a pause. */
    int afterPause() {
        return afterPause;
    }

    Set<Integer> lengths() {
        return lengths;
    }

    int differentCount() {
        return different.size();
    }

    List<byte[]> different() {
        List<byte[]> frames = new ArrayList<>();
        different.forEach(each -> frames.add(each.toArray()));
        return frames;
    }

    /** The last bytes, as many as are the same in all, at most four; none if there are too few frames to tell. */
    Bytes sameEnd() {
        List<byte[]> frames = different();
        int same = 0;
        if (frames.size() < 3) {
            return Bytes.NONE;
        }
        byte[] first = frames.get(0);
        while (same < MAX_END && same < first.length - 2 && isSame(frames, same + 1)) {
            same++;
        }
        return Bytes.copyOf(java.util.Arrays.copyOfRange(first, first.length - same, first.length));
    }

    /** Whether the byte at this place is the same in all. */
    boolean isSameAt(int index) {
        int value = -1;
        for (Bytes each : different) {
            if (index >= each.length() || value >= 0 && each.at(index) != value) {
                return false;
            }
            value = each.at(index);
        }
        return value >= 0;
    }

    private static boolean isSame(List<byte[]> frames, int fromEnd) {
        byte[] first = frames.get(0);
        for (byte[] frame : frames) {
            if (frame.length < fromEnd || frame[frame.length - fromEnd] != first[first.length - fromEnd]) {
                return false;
            }
        }
        return true;
    }
}
