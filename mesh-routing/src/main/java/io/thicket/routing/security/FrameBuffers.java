package io.thicket.routing.security;

import io.thicket.routing.LinkInfo;
import io.thicket.routing.wire.FrameReader;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where one router makes and opens one frame at a time, 13 KB, and reads it. Nothing in them outlives a call of the router, so that
 * routers which never call each other and run on one thread may share them: ten thousand in a simulation, say. Then they share
 * equal values that they keep, too.
 */
public final class FrameBuffers {
    private static final int LARGEST_TAG_AND_HEADER_BYTES = 64;

    /** NodeIds that came lately are not made anew: so many at least. */
    private static final int NAMES = 2_048;

    private final Map<Class<?>, Object> parts = new HashMap<>(1);
    private final int nodes;
    private @Nullable SharedValues shared;
    private @Nullable FrameReader reader;

    final byte[] sealInput = new byte[FrameGuard.MAX_FRAME_BYTES];
    final byte[] sealOutput = new byte[FrameGuard.MAX_FRAME_BYTES];

    // Apart from sealing's: the engine sends frames while it still reads the one that it opened.
    final byte[] input = new byte[FrameGuard.MAX_FRAME_BYTES];
    final byte[] output = new byte[FrameGuard.MAX_FRAME_BYTES];

    /** What one sealing or opening covers beside the frame's text. */
    final byte[] aadBytes = new byte[Envelope.MAX_HEADER_BYTES + Integer.BYTES];

    final ByteBuffer aad = ByteBuffer.wrap(aadBytes);

    final Envelope header = new Envelope();
    final OpenResult opened = new OpenResult(output);

    private final ByteBuffer plain = ByteBuffer.allocate(2 * LinkInfo.MAX_MTU_BYTES);
    private final ByteBuffer sealed = ByteBuffer.allocate(2 * LinkInfo.MAX_MTU_BYTES + LARGEST_TAG_AND_HEADER_BYTES);

    /** Those of one router. */
    public FrameBuffers() {
        this(0);
    }

    /** Those of the routers of a network of so many {@code nodes}, which share equal values also. */
    public FrameBuffers(int nodes) {
        this.nodes = nodes;
    }

    /** What is shared; {@code seed}, of which the first counts: see {@code LinkedTable}. */
    public SharedValues shared(long seed) {
        SharedValues known = shared;
        if (known == null) {
            known = new SharedValues(nodes, NAMES, seed);
            shared = known;
        }
        return known;
    }

    /** Reads opened frames; what it returned is valid until it, or another router that shares it, reads again. */
    public FrameReader reader(long seed) {
        FrameReader known = reader;
        if (known == null) {
            known = new FrameReader(shared(seed).names());
            reader = known;
        }
        return known;
    }

    /** The part of this kind that the routers share, made for the first that asks. */
    public <T> T part(Class<T> kind, Supplier<T> maker) {
        return kind.cast(parts.computeIfAbsent(kind, unused -> maker.get()));
    }

    /** The messages of the frame that is made: twice the largest MTU. */
    public ByteBuffer plain() {
        return plain;
    }

    /** The frame that is handed down. */
    public ByteBuffer sealed() {
        return sealed;
    }
}
