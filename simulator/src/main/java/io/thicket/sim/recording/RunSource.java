package io.thicket.sim.recording;

import java.io.IOException;
import java.util.List;

/** A recording that is read, or a run that is recorded just now. For any thread. */
public interface RunSource {
    /** How a recording ends. */
    enum State {
        /** It grows. */
        LIVE,
        /** It is whole. */
        DONE,
        /** Its end is missing: the run was killed, or the file is cut off. */
        CUT,
        /** Its end is there, but its index cannot be used: blocks are those up to the first that is not whole. */
        DAMAGED
    }

    /** The run: one JSON object. */
    String header();

    /** In the order of time. */
    List<BlockInfo> blocks();

    /** The events of a block, as lines of JSON, packed as by zlib. */
    byte[] packedBlock(int number) throws IOException;

    /** Whether the file no longer has what was written as this block. */
    default boolean isDamaged(int number) {
        return false;
    }

    State state();
}
