package io.thicket.routing.security;

import io.thicket.routing.LinkInfo;
import java.nio.ByteBuffer;

/**
 * Where one router makes and opens one frame at a time, 13 KB. Nothing in them outlives a call of the router, so that routers
 * which never call each other and run on one thread may share them: ten thousand in a simulation, say.
 */
public final class FrameBuffers {
    private static final int LARGEST_TAG_AND_HEADER_BYTES = 64;

    final byte[] sealInput = new byte[FrameGuard.MAX_FRAME_BYTES];
    final byte[] sealOutput = new byte[FrameGuard.MAX_FRAME_BYTES];

    // Apart from sealing's: the engine sends frames while it still reads the one that it opened.
    final byte[] input = new byte[FrameGuard.MAX_FRAME_BYTES];
    final byte[] output = new byte[FrameGuard.MAX_FRAME_BYTES];

    private final ByteBuffer plain = ByteBuffer.allocate(2 * LinkInfo.MAX_MTU_BYTES);
    private final ByteBuffer sealed = ByteBuffer.allocate(2 * LinkInfo.MAX_MTU_BYTES + LARGEST_TAG_AND_HEADER_BYTES);

    /** The messages of the frame that is made: twice the largest MTU. */
    public ByteBuffer plain() {
        return plain;
    }

    /** The frame that is handed down. */
    public ByteBuffer sealed() {
        return sealed;
    }
}
