package io.thicket.routing.engine;

import io.thicket.routing.Destination;
import io.thicket.routing.LinkInfo;
import io.thicket.routing.MessageId;
import io.thicket.routing.NodeId;
import io.thicket.routing.PayloadType;
import io.thicket.routing.Seq;
import io.thicket.routing.security.FrameForm;
import io.thicket.routing.wire.Bytes;
import io.thicket.routing.wire.Data;
import io.thicket.routing.wire.Distance;
import io.thicket.routing.wire.FrameCodec;
import io.thicket.routing.wire.WireLimits;
import org.jspecify.annotations.Nullable;

/**
 * What a frame with one DATA has beside its payload, at most, on its whole way. Where frames are large the widest possible
 * numbers are assumed; where they are small those of now, each with room to grow, since the difference is a third of a frame.
 */
final class FrameRoom {
    /** Below this MTU header bytes are counted one by one. */
    static final int SMALL_MTU_BYTES = 400;

    /** Counts grow by so much before a message arrives, at most. */
    private static final long GROWTH = 1_024;

    /** A message is sent anew so often at most before it gets another number. */
    private static final int FEW_TURNS = 0xff;

    private static final int WIDEST = FrameForm.UNICAST.overheadBytes() + Bundler.dataHeaderBytes();

    private FrameRoom() {}

    /** Of any message. */
    static int widestHeaderBytes() {
        return WIDEST;
    }

    /** Of a message that this node makes now; {@code to} is the newest Seq of where it goes that this node knows. */
    static int headerBytes(
            MessageId next, Destination destination, @Nullable NodeId pinned, @Nullable Seq to, Seq own) {
        Data data = new Data(
                new MessageId(next.origin(), next.epoch(), Math.min(WireLimits.MAX_U32, next.number() + GROWTH)),
                destination,
                pinned,
                null,
                WireLimits.MAX_HOPS,
                WireLimits.MAX_HOPS,
                FEW_TURNS,
                Data.MAX_REPINS,
                true,
                true,
                null,
                0,
                PayloadType.IDENT,
                Bytes.copyOf(new byte[WireLimits.MAX_HOPS]));
        return headerBytes(data, to, own);
    }

    /** Of a message that may go on from here, given what this node knows of where it goes and where it came from. */
    static int headerBytes(Data data, @Nullable Seq to, @Nullable Seq origin) {
        Data.Registration register = data.register();
        Seq registered = origin == null && register != null ? register.seq() : origin;
        Data next = data.forwarded(
                new Distance(
                        to == null ? new Seq(data.id().epoch(), WireLimits.MAX_U32) : grown(to), WireLimits.MAX_U32),
                registered == null
                        ? null
                        : new Data.Registration(grown(registered), WireLimits.MAX_U32, LinkInfo.MAX_MTU_BYTES),
                data.ttl(),
                data.hops(),
                WireLimits.MAX_U32);
        return FrameForm.UNICAST.overheadBytes()
                + FrameCodec.encodedBytes(next)
                - data.payload().length();
    }

    private static Seq grown(Seq seq) {
        return new Seq(seq.epoch(), Math.min(WireLimits.MAX_U32, seq.count() + GROWTH));
    }
}
