package io.thicket.routing.engine;

import io.thicket.routing.NodeId;
import io.thicket.routing.security.SealCipher;
import io.thicket.routing.wire.Distance;
import io.thicket.routing.wire.FrameCodec;
import io.thicket.routing.wire.GatewayEntry;
import io.thicket.routing.wire.Hello;
import io.thicket.routing.wire.MeshMessage;
import io.thicket.routing.wire.Rrep;
import io.thicket.routing.wire.Rreq;
import io.thicket.routing.wire.Tell;
import io.thicket.routing.wire.WireFormatException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * An insider's mouth: in whatever leaves its node each announced metric above 0 is multiplied by a factor below 1, as far down as
 * the number can be written in the same number of bytes. The node itself knows the true ones.
 */
final class LyingCipher implements SealCipher {
    private final SealCipher honest = new GlassCipher();
    private final double factor;

    /** Metrics that were told too small. */
    long lies;

    LyingCipher(double factor) {
        this.factor = factor;
    }

    @Override
    public byte keyId() {
        return honest.keyId();
    }

    @Override
    public SealKey key(NodeId id, long epoch, long salt) {
        return honest.key(id, epoch, salt);
    }

    @Override
    public int bootTag(NodeId id, long epoch, long salt) {
        return honest.bootTag(id, epoch, salt);
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
        byte[] said = FrameCodec.encode(twisted(input, inputOffset, length));
        if (said.length == length) {
            honest.seal(key, counter, aad, aadLength, said, 0, length, output, outputOffset);
        } else {
            throw new AssertionError("a lie of another length");
        }
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
        return honest.open(key, counter, aad, aadLength, input, inputOffset, length, output, outputOffset);
    }

    @Override
    public long mac(long secret, long a, long b, long c) {
        return honest.mac(secret, a, b, c);
    }

    private List<MeshMessage> twisted(byte[] input, int offset, int length) {
        List<MeshMessage> messages;
        try {
            messages = FrameCodec.decode(ByteBuffer.wrap(input, offset, length).slice());
        } catch (WireFormatException e) {
            throw new AssertionError("a node says what cannot be read", e);
        }
        List<MeshMessage> told = new ArrayList<>(messages.size());
        for (MeshMessage message : messages) {
            told.add(twisted(message));
        }
        return told;
    }

    private MeshMessage twisted(MeshMessage message) {
        if (message instanceof Hello hello) {
            List<GatewayEntry> entries = new ArrayList<>();
            for (GatewayEntry entry : hello.gateways()) {
                entries.add(twisted(entry));
            }
            return new Hello(
                    hello.helloSeq(),
                    hello.intervalMs(),
                    hello.heard(),
                    entries,
                    hello.roles(),
                    hello.willingness(),
                    hello.queuePercent(),
                    hello.digest());
        }
        if (message instanceof Rreq rreq && rreq.metric() > 0) {
            Distance route = new Distance(rreq.routeSeq(), less(rreq.metric()));
            return rreq.relayed(route, rreq.hops(), rreq.ttl(), rreq.unicast());
        }
        if (message instanceof Rrep rrep && rrep.metric() > 0) {
            Distance route = new Distance(rrep.routeSeq(), less(rrep.metric()));
            return rrep.relayed(route, rrep.hops(), rrep.ttl(), rrep.mtuBytes());
        }
        if (message instanceof Tell tell && tell.distance().metric() > 0) {
            Distance route =
                    new Distance(tell.distance().seq(), less(tell.distance().metric()));
            return new Tell(tell.destination(), route, tell.hops());
        }
        return message;
    }

    private GatewayEntry twisted(GatewayEntry entry) {
        return new GatewayEntry(
                entry.gateway(),
                entry.seq(),
                less(entry.metric()),
                entry.hops(),
                entry.uplink(),
                entry.backlog(),
                entry.accepting(),
                entry.lifetimeS(),
                entry.loadPercent(),
                entry.mtuBytes(),
                entry.signature(),
                entry.signedCount());
    }

    /** CBOR heads have room up to 23, 255, 65535. */
    private long less(long metric) {
        if (metric == 0 || metric > FeasibilityDistance.MAX_METRIC) {
            return metric;
        }
        long floor = metric > 0xffff ? 0x10000 : metric > 0xff ? 0x100 : metric > 23 ? 24 : 1;
        long told = Math.max(floor, Math.round(metric * factor));
        lies += told < metric ? 1 : 0;
        return told;
    }
}
