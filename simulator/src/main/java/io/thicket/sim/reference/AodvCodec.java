package io.thicket.sim.reference;

import io.thicket.routing.wire.WireFormatException;
import io.thicket.routing.wire.WireFormatException.Reason;
import io.thicket.sim.reference.AodvMessage.Rerr;
import io.thicket.sim.reference.AodvMessage.Rrep;
import io.thicket.sim.reference.AodvMessage.Rreq;
import io.thicket.sim.reference.AodvMessage.Unreachable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** RFC 3561 s5, bit for bit. */
final class AodvCodec {
    /** RFC 3561 s8. */
    static final int PORT = 654;

    static final int RREQ_BYTES = 24;
    static final int RREP_BYTES = 20;
    static final int RERR_BYTES = 4;
    static final int RERR_DESTINATION_BYTES = 8;

    static final int RREQ = 1;
    static final int RREP = 2;
    static final int RERR = 3;

    private static final int GRATUITOUS = 0x20;
    private static final int DESTINATION_ONLY = 0x10;
    private static final int UNKNOWN_SEQ = 0x08;

    private AodvCodec() {}

    static ByteBuffer encode(AodvMessage message) {
        if (message instanceof Rreq rreq) {
            return encode(rreq);
        }
        if (message instanceof Rrep rrep) {
            return encode(rrep);
        }
        if (message instanceof Rerr rerr) {
            return encode(rerr);
        }
        throw new AssertionError(message);
    }

    private static ByteBuffer encode(Rreq rreq) {
        int flags = (rreq.gratuitous() ? GRATUITOUS : 0)
                | (rreq.destinationOnly() ? DESTINATION_ONLY : 0)
                | (rreq.unknownSeq() ? UNKNOWN_SEQ : 0);
        return ByteBuffer.allocate(RREQ_BYTES)
                .put((byte) RREQ)
                .put((byte) flags)
                .put((byte) 0)
                .put((byte) rreq.hopCount())
                .putInt(rreq.id())
                .putInt(rreq.destination())
                .putInt(rreq.destinationSeq())
                .putInt(rreq.originator())
                .putInt(rreq.originatorSeq())
                .flip();
    }

    private static ByteBuffer encode(Rrep rrep) {
        return ByteBuffer.allocate(RREP_BYTES)
                .put((byte) RREP)
                .putShort((short) 0)
                .put((byte) rrep.hopCount())
                .putInt(rrep.destination())
                .putInt(rrep.destinationSeq())
                .putInt(rrep.originator())
                .putInt((int) rrep.lifetimeMs())
                .flip();
    }

    private static ByteBuffer encode(Rerr rerr) {
        int count = rerr.destinations().size();
        ByteBuffer out = ByteBuffer.allocate(RERR_BYTES + RERR_DESTINATION_BYTES * count);
        out.put((byte) RERR).putShort((short) 0).put((byte) count);
        for (Unreachable unreachable : rerr.destinations()) {
            out.putInt(unreachable.destination()).putInt(unreachable.seq());
        }
        return out.flip();
    }

    static AodvMessage decode(ByteBuffer payload, AddressPlan plan) throws WireFormatException {
        ByteBuffer in = payload.slice();
        if (in.remaining() < RERR_BYTES) {
            throw new WireFormatException(Reason.TRUNCATED, "AODV message");
        }
        int type = in.get() & 0xff;
        return switch (type) {
            case RREQ -> rreq(in, plan);
            case RREP -> rrep(in, plan);
            case RERR -> rerr(in, plan);
            default -> throw new WireFormatException(Reason.UNKNOWN_TYPE, "AODV message");
        };
    }

    private static Rreq rreq(ByteBuffer in, AddressPlan plan) throws WireFormatException {
        expect(in, RREQ_BYTES);
        int flags = in.get();
        in.get();
        return new Rreq(
                (flags & GRATUITOUS) != 0,
                (flags & DESTINATION_ONLY) != 0,
                (flags & UNKNOWN_SEQ) != 0,
                in.get() & 0xff,
                in.getInt(),
                address(in, plan),
                in.getInt(),
                address(in, plan),
                seq(in));
    }

    private static Rrep rrep(ByteBuffer in, AddressPlan plan) throws WireFormatException {
        expect(in, RREP_BYTES);
        in.getShort();
        return new Rrep(
                in.get() & 0xff, address(in, plan), seq(in), address(in, plan), Integer.toUnsignedLong(in.getInt()));
    }

    private static Rerr rerr(ByteBuffer in, AddressPlan plan) throws WireFormatException {
        in.getShort();
        int count = in.get() & 0xff;
        if (count == 0 || count > Rerr.MAX_DESTINATIONS) {
            throw new WireFormatException(Reason.OUT_OF_RANGE, "RERR destinations");
        }
        if (in.remaining() != RERR_DESTINATION_BYTES * count) {
            throw new WireFormatException(Reason.TRUNCATED, "RERR");
        }
        List<Unreachable> unreachable = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            unreachable.add(new Unreachable(address(in, plan), in.getInt()));
        }
        return new Rerr(unreachable);
    }

    /** {@code in} stands behind the type byte. */
    private static void expect(ByteBuffer in, int messageBytes) throws WireFormatException {
        if (in.remaining() != messageBytes - 1) {
            throw new WireFormatException(Reason.TRUNCATED, "AODV message");
        }
    }

    private static int address(ByteBuffer in, AddressPlan plan) throws WireFormatException {
        int address = in.getInt();
        if (!plan.has(address)) {
            throw new WireFormatException(Reason.OUT_OF_RANGE, "address outside the plan");
        }
        return address;
    }

    private static int seq(ByteBuffer in) throws WireFormatException {
        int seq = in.getInt();
        if (seq == AodvMessage.UNKNOWN_SEQ) {
            throw new WireFormatException(Reason.OUT_OF_RANGE, "sequence number 0");
        }
        return seq;
    }
}
