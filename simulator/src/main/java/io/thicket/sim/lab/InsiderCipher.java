package io.thicket.sim.lab;

import io.thicket.routing.MessageId;
import io.thicket.routing.NodeId;
import io.thicket.routing.PayloadType;
import io.thicket.routing.security.SealCipher;
import io.thicket.routing.wire.Data;
import io.thicket.routing.wire.FrameCodec;
import io.thicket.routing.wire.MeshMessage;
import io.thicket.routing.wire.WireFormatException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Seals as the insider's node does, but puts a probe in the place of each message of another node that is to vanish. The next hop
 * answers the probe as it would have answered the message, so that the insider's own router believes that it was taken: its links and
 * ways stay what they are, and it goes on offering them. The probe is padded to the length of the message, under a key that whoever does
 * not know it ignores: the frame costs the channel what it would have cost.
 */
final class InsiderCipher implements SealCipher {
    private static final byte[] PROBE = {(byte) 0xa3, 0, 12, 1}; // a map of three, type 12, its number
    private static final byte[] PADDING = {0x18, 32}; // the first key that may be ignored
    private static final int BYTE_STRING = 0x40;

    /** Byte strings shorter than this have a head of one byte, those of less than 256 one of two. */
    private static final int SHORT = 24;

    private final SealCipher its;
    private final LabCipher told;
    private final NodeId self;
    private final Predicate<MessageId> passes;
    private final Consumer<Data> vanished;

    /**
     * @param its of the node
     * @param told what {@code its} shows the plain texts to
     * @param self whose messages all pass: a router whose own readings vanish would find fault with its own way
     * @param passes which others pass
     * @param vanished hears of those that do not, each time
     */
    InsiderCipher(SealCipher its, LabCipher told, NodeId self, Predicate<MessageId> passes, Consumer<Data> vanished) {
        this.its = its;
        this.told = told;
        this.self = self;
        this.passes = passes;
        this.vanished = vanished;
    }

    @Override
    public byte keyId() {
        return its.keyId();
    }

    @Override
    public SealKey key(NodeId id, long epoch, long salt) {
        return its.key(id, epoch, salt);
    }

    @Override
    public int bootTag(NodeId id, long epoch, long salt) {
        return its.bootTag(id, epoch, salt);
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
        byte[] plain = Arrays.copyOfRange(input, inputOffset, inputOffset + length);
        boolean changed = exchange(plain);
        its.seal(key, counter, aad, aadLength, plain, 0, length, output, outputOffset);
        if (changed) {
            told.countLastAs(FrameClass.DATA); // for the figures it is what its router takes it for
        }
    }

    /** Puts probes in the place of what vanishes; whether there was any. */
    private boolean exchange(byte[] plain) {
        boolean changed = false;
        int at = 0;
        for (MeshMessage message : messagesOf(plain)) {
            int bytes = FrameCodec.encodedBytes(message);
            if (message instanceof Data data && vanishes(data)) {
                vanished.accept(data);
                probe(plain, at, bytes);
                changed = true;
            }
            at += bytes;
        }
        return changed;
    }

    private static Iterable<MeshMessage> messagesOf(byte[] plain) {
        try {
            return FrameCodec.decode(ByteBuffer.wrap(plain));
        } catch (WireFormatException e) {
            throw new AssertionError("a router cannot read what it wrote", e);
        }
    }

    /** An introduction is no reading: without it nobody would know whom to answer. */
    private boolean vanishes(Data data) {
        return data.payloadType() != PayloadType.IDENT && !data.id().origin().equals(self) && !passes.test(data.id());
    }

    /** Writes a probe of exactly {@code bytes}; each DATA is longer than the shortest one. */
    private static void probe(byte[] plain, int at, int bytes) {
        ByteBuffer out = ByteBuffer.wrap(plain, at, bytes).put(PROBE);
        int left = bytes - PROBE.length - 1 - PADDING.length;
        // Where the head of the padding would have to be longer than its length allows, the number is longer.
        if (left == SHORT + 1 || left == 256 + 2) {
            out.put((byte) 0x18).put((byte) SHORT);
            left--;
        } else {
            out.put((byte) 0);
        }
        out.put(PADDING);
        if (left <= SHORT) {
            out.put((byte) (BYTE_STRING | left - 1));
        } else if (left < 256 + 2) {
            out.put((byte) (BYTE_STRING | 24)).put((byte) (left - 2));
        } else {
            out.put((byte) (BYTE_STRING | 25)).putShort((short) (left - 3));
        }
        Arrays.fill(plain, out.position(), at + bytes, (byte) 0);
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
        return its.open(key, counter, aad, aadLength, input, inputOffset, length, output, outputOffset);
    }

    @Override
    public long mac(long secret, long a, long b, long c) {
        return its.mac(secret, a, b, c);
    }
}
