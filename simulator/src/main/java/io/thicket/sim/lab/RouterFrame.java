package io.thicket.sim.lab;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A frame of a bare router in a MAC frame. The array is the record's own from then on.
 *
 * @param reply whether it answers {@code exchange}, or begins it
 * @param flood the flooded search that it belongs to, null for anything else
 */
@SuppressWarnings("ArrayRecordComponent") // Frames are never compared by their bytes.
record RouterFrame(
        boolean reply,
        int exchange,
        byte[] bytes,
        Floods.@Nullable Key flood,
        FrameClass frameClass,
        List<Carried> carried)
        implements Cargo {}
