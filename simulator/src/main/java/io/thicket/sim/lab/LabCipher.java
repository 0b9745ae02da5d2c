package io.thicket.sim.lab;

import static io.thicket.sim.lab.FrameChecksums.mix;

import io.thicket.routing.NodeId;
import io.thicket.routing.security.SealCipher;
import io.thicket.routing.wire.FrameCodec;
import io.thicket.routing.wire.MeshMessage;
import io.thicket.routing.wire.Rreq;
import io.thicket.routing.wire.WireFormatException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The cheap stand-in for sealing: the same sizes, a keyed checksum in place of the tag, no secrecy. Since it sees what it
 * seals, it also tells what the frame sealed last is for.
 */
final class LabCipher implements SealCipher, FrameClassifier {
    private record Key(long secret) implements SealKey {}

    /** Room for keys: with two each other boot would drive out one that is wanted. */
    private static final int KEYS_PER_NODE = 4;

    /** Long numbers in arrays of bytes: a buffer around these would be an object for each time that a frame is heard. */
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final long network;
    private final FrameChecksums checksums = new FrameChecksums();
    private final FrameGlance glance = new FrameGlance();
    private FrameClass last = FrameClass.OTHER;

    /** What was sealed last, in this buffer's first bytes. */
    private byte[] lastPlain = {};

    private int lastBytes;

    /** Those made last, so that all who hear a boot have one of it. */
    private final @Nullable Key[] keys;

    /** Of a network of {@code nodes} at most. */
    LabCipher(long network, int nodes) {
        this.network = network;
        this.keys = new @Nullable Key[KEYS_PER_NODE * nodes];
    }

    @Override
    public byte keyId() {
        return (byte) network;
    }

    @Override
    public SealKey key(NodeId id, long epoch, long salt) {
        long secret = boot(id, epoch, salt);
        int place = (int) Long.remainderUnsigned(secret, keys.length);
        Key kept = keys[place];
        if (kept == null || kept.secret != secret) {
            kept = new Key(secret);
            keys[place] = kept;
        }
        return kept;
    }

    @Override
    public int bootTag(NodeId id, long epoch, long salt) {
        return (int) (boot(id, epoch, salt) >>> 32);
    }

    @Override
    public void seal(
            SealKey key,
            int counter,
            byte[] aad,
            int aadLength,
            byte[] input,
            int inputOffset,
            int length,
            byte[] output,
            int outputOffset) {
        note(input, inputOffset, length);
        System.arraycopy(input, inputOffset, output, outputOffset, length);
        long tag = checksums.of(secretOf(key), counter, aad, aadLength, output, outputOffset, length);
        int tagOffset = outputOffset + length;
        LONGS.set(output, tagOffset, tag);
        Arrays.fill(output, tagOffset + Long.BYTES, tagOffset + TAG_BYTES, (byte) 0);
    }

    /** Looks at a plain text that is sealed now. */
    void note(byte[] input, int inputOffset, int length) {
        if (length > lastPlain.length) {
            lastPlain = new byte[2 * length];
        }
        System.arraycopy(input, inputOffset, lastPlain, 0, length);
        lastBytes = length;
        last = glance.classOf(lastPlain, 0, length);
    }

    /** The frame looked at last is said to be for that. */
    void countLastAs(FrameClass its) {
        last = its;
    }

    /** Forgets what it looked at: the next frame may be one that nobody can open. */
    void forget() {
        lastBytes = 0;
        last = FrameClass.OTHER;
    }

    @Override
    public boolean open(
            SealKey key,
            int counter,
            byte[] aad,
            int aadLength,
            byte[] input,
            int inputOffset,
            int length,
            byte[] output,
            int outputOffset) {
        int plain = length - TAG_BYTES;
        if (plain < 0) {
            return false;
        }
        long tag = (long) LONGS.get(input, inputOffset + plain);
        if (tag != checksums.of(secretOf(key), counter, aad, aadLength, input, inputOffset, plain)) {
            return false;
        }
        System.arraycopy(input, inputOffset, output, outputOffset, plain);
        return true;
    }

    @Override
    public long mac(long secret, long a, long b, long c) {
        return mix(mix(mix(secret ^ a) ^ b) ^ c);
    }

    /** What the frame sealed last is for; the engine hands it down at once. */
    @Override
    public FrameClass classOf(ByteBuffer frame) {
        return last;
    }

    @Override
    public List<MeshMessage> messagesOf(ByteBuffer frame) {
        try {
            return FrameCodec.decode(ByteBuffer.wrap(lastPlain, 0, lastBytes));
        } catch (WireFormatException e) {
            return List.of();
        }
    }

    @Override
    public Floods.@Nullable Key floodOf(ByteBuffer frame) {
        Rreq search = searchOf(frame);
        return search == null ? null : new Floods.Key(search.origin(), search.rreqId());
    }

    @Override
    public int ttlOf(ByteBuffer frame) {
        Rreq search = searchOf(frame);
        return search == null ? 0 : search.ttl();
    }

    /** The last flooded search in the frame. */
    private @Nullable Rreq searchOf(ByteBuffer frame) {
        Rreq found = null;
        for (MeshMessage message : messagesOf(frame)) {
            found = message instanceof Rreq rreq && !rreq.unicast() ? rreq : found;
        }
        return found;
    }

    private long boot(NodeId id, long epoch, long salt) {
        return mix(mix(mix(network ^ id.value()) ^ epoch) ^ salt);
    }

    private static long secretOf(SealKey key) {
        return key instanceof Key lab ? lab.secret : 0;
    }
}
