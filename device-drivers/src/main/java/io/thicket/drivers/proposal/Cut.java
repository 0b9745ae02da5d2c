package io.thicket.drivers.proposal;

import io.thicket.drivers.framing.LengthField;
import org.jspecify.annotations.Nullable;

/**
 * A way to cut frames that begin with a start: all of one length, or with a length inside. What it finds are frames that another one
 * follows, or a pause: so a wrong length finds few.
 *
 * @param fixed length of all frames, 0 if they have a {@code field}
 */
record Cut(Starts starts, int fixed, @Nullable LengthField field) {
    /** Longest frame that is looked for. */
    static final int MAX_FRAME = 512;

    Frames frames(Recorded recorded) {
        Frames frames = new Frames();
        int at = starts.places().nextSetBit(0);
        while (at >= 0) {
            int length = lengthAt(recorded, at);
            int end = at + length;
            if (length > starts.start().length() && end <= recorded.size()) {
                boolean followed = starts.places().get(end) || recorded.isEdge(end);
                if (followed) {
                    frames.add(recorded, at, end);
                    at = starts.places().nextSetBit(end);
                    continue;
                }
            }
            frames.miss();
            at = starts.places().nextSetBit(at + 1);
        }
        return frames;
    }

    /** How far the frames are from chance: each is followed by a start, which may be anywhere. */
    double significance(Recorded recorded, Frames frames) {
        double edges = (double) recorded.pauses() / recorded.size();
        return Chance.against(frames.count(), frames.attempts(), Math.min(1, starts.density(recorded) + edges));
    }

    private int lengthAt(Recorded recorded, int at) {
        LengthField carried = field;
        if (carried == null) {
            return fixed;
        }
        if (at + carried.at() + carried.width() > recorded.size()) {
            return -1;
        }
        int length = valueAt(recorded, at + carried.at(), carried.width(), carried.lowFirst()) + carried.add();
        return length > MAX_FRAME || length < carried.at() + carried.width() ? -1 : length;
    }

    static int valueAt(Recorded recorded, int at, int width, boolean lowFirst) {
        if (width == 1) {
            return recorded.at(at);
        }
        int first = recorded.at(at);
        int second = recorded.at(at + 1);
        return lowFirst ? second << 8 | first : first << 8 | second;
    }
}
