package io.thicket.drivers.framing;

import io.thicket.drivers.Observation;
import java.util.List;

/** Reads the values out of one frame that passed its framer's check. */
public interface FrameDecoder {
    /** What came of a frame. */
    enum Outcome {
        /** At least one value was added. */
        VALUES,
        /** The frame is right, and says that there is no value, or is of a kind that this driver does not read. */
        NO_VALUE,
        /** The frame cannot be read; nothing that was added counts. */
        MALFORMED,
        /** The frame is no data at all (the answer to a command) and is not counted. */
        IGNORED
    }

    /** Adds the values of a frame to {@code values}. Never throws, whatever the bytes are. */
    Outcome decode(long arrivedAtMs, byte[] frame, int offset, int length, List<Observation> values);

    /** The line was reopened; the device may have been switched on just now. */
    default void reopened() {}
}
