package io.thicket.sim.lab;

import io.thicket.routing.NodeId;
import io.thicket.routing.PayloadType;
import io.thicket.routing.security.SealCipher;
import io.thicket.routing.wire.Ask;
import io.thicket.routing.wire.Chal;
import io.thicket.routing.wire.Data;
import io.thicket.routing.wire.E2eAck;
import io.thicket.routing.wire.FrameCodec;
import io.thicket.routing.wire.Hello;
import io.thicket.routing.wire.HopResult;
import io.thicket.routing.wire.Ident;
import io.thicket.routing.wire.MeshMessage;
import io.thicket.routing.wire.Probe;
import io.thicket.routing.wire.Reg;
import io.thicket.routing.wire.Rerr;
import io.thicket.routing.wire.Rrep;
import io.thicket.routing.wire.Rreq;
import io.thicket.routing.wire.Tell;
import io.thicket.routing.wire.WireFormatException;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The cheap stand-in for sealing: the same sizes, a keyed checksum in place of the tag, no secrecy. Since it sees what it
 * seals, it also tells what the frame sealed last is for.
 */
final class LabCipher implements SealCipher, FrameClassifier {
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    private record Key(long secret) implements SealKey {}

    private final long network;
    private FrameClass last = FrameClass.OTHER;
    private List<MeshMessage> lastMessages = List.of();
    private Floods.@Nullable Key lastFlood;
    private int lastTtl;

    LabCipher(long network) {
        this.network = network;
    }

    @Override
    public byte keyId() {
        return (byte) network;
    }

    @Override
    public SealKey key(NodeId id, long epoch, long salt) {
        return new Key(boot(id, epoch, salt));
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
        ByteBuffer tag = ByteBuffer.wrap(output, outputOffset + length, TAG_BYTES);
        tag.putLong(checksum(key, counter, aad, aadLength, output, outputOffset, length))
                .putLong(0);
    }

    /** Looks at a plain text that is sealed now. */
    void note(byte[] input, int inputOffset, int length) {
        List<MeshMessage> messages = decode(ByteBuffer.wrap(input, inputOffset, length));
        lastMessages = messages;
        last = classify(messages);
        noteFlood(messages);
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
        long tag = ByteBuffer.wrap(input, inputOffset + plain, TAG_BYTES).getLong();
        if (tag != checksum(key, counter, aad, aadLength, input, inputOffset, plain)) {
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
        return lastMessages;
    }

    @Override
    public Floods.@Nullable Key floodOf(ByteBuffer frame) {
        return lastFlood;
    }

    @Override
    public int ttlOf(ByteBuffer frame) {
        return lastTtl;
    }

    private void noteFlood(List<MeshMessage> messages) {
        lastFlood = null;
        for (MeshMessage message : messages) {
            if (message instanceof Rreq rreq && !rreq.unicast()) {
                lastFlood = new Floods.Key(rreq.origin(), rreq.rreqId());
                lastTtl = rreq.ttl();
            }
        }
    }

    private static List<MeshMessage> decode(ByteBuffer plaintext) {
        try {
            return FrameCodec.decode(plaintext);
        } catch (WireFormatException e) {
            return List.of();
        }
    }

    private static FrameClass classify(List<MeshMessage> messages) {
        FrameClass found = FrameClass.OTHER;
        for (MeshMessage message : messages) {
            if (message instanceof Ident && messages.size() > 1) {
                continue; // it rides along with what the frame is for
            }
            FrameClass its = classOf(message);
            if (found == FrameClass.OTHER || its.compareTo(found) < 0) {
                found = its;
            }
        }
        // A refusal for want of a session is a hop result and a challenge: the challenge is why it is sent.
        return found == FrameClass.HOP_ACK && messages.stream().anyMatch(Chal.class::isInstance)
                ? FrameClass.CHALLENGE
                : found;
    }

    private static FrameClass classOf(MeshMessage message) {
        if (message instanceof Data data) {
            return data.payloadType() == PayloadType.IDENT ? FrameClass.IDENT : FrameClass.DATA;
        }
        if (message instanceof HopResult) {
            return FrameClass.HOP_ACK;
        }
        if (message instanceof E2eAck) {
            return FrameClass.E2E_ACK;
        }
        if (message instanceof Hello) {
            return FrameClass.HELLO;
        }
        if (message instanceof Ident) {
            return FrameClass.IDENT;
        }
        if (message instanceof Chal) {
            return FrameClass.CHALLENGE;
        }
        if (message instanceof Rreq || message instanceof Ask) {
            return FrameClass.RREQ;
        }
        if (message instanceof Rrep || message instanceof Tell) {
            return FrameClass.RREP;
        }
        if (message instanceof Rerr) {
            return FrameClass.RERR;
        }
        if (message instanceof Probe) {
            return FrameClass.PROBE;
        }
        return message instanceof Reg ? FrameClass.REGISTER : FrameClass.OTHER;
    }

    private long boot(NodeId id, long epoch, long salt) {
        return mix(mix(mix(network ^ id.value()) ^ epoch) ^ salt);
    }

    private static long checksum(
            SealKey key, int counter, byte[] aad, int aadLength, byte[] bytes, int offset, int length) {
        long sum = key instanceof Key lab ? lab.secret : 0;
        sum = mix(sum ^ counter);
        for (int i = 0; i < aadLength; i++) {
            sum = (sum ^ aad[i]) * GOLDEN;
        }
        for (int i = 0; i < length; i++) {
            sum = (sum ^ bytes[offset + i]) * GOLDEN;
        }
        return mix(sum ^ length);
    }

    private static long mix(long z) {
        long x = z + GOLDEN;
        x = (x ^ (x >>> 30)) * 0xbf58476d1ce4e5b9L;
        x = (x ^ (x >>> 27)) * 0x94d049bb133111ebL;
        return x ^ (x >>> 31);
    }
}
