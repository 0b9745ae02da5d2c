package io.thicket.sim.reference;

import io.thicket.routing.PayloadType;
import io.thicket.routing.wire.WireFormatException;
import io.thicket.routing.wire.WireFormatException.Reason;
import java.nio.ByteBuffer;

/**
 * A flooded message: 16 bytes of header, as many as Meshtastic's, then the payload. There is neither IP nor UDP. The hop
 * limit and the hops at the start have a byte each instead of three bits, so that large grids can be flooded.
 *
 * @param destination an address, or {@link AddressPlan#BROADCAST} for every gateway
 * @param origin who made it
 * @param id unlike all other ids of the origin: 8 bits of its boot, 24 bits of the message's number
 * @param hopLimit relays left
 * @param hopStart relays at the start
 * @param type what the payload is
 * @param wantsSettle whether the origin repeats it until it hears a relay
 * @param relay the low byte of the address of who transmitted this copy
 * @param payload the rest
 */
@SuppressWarnings("EnumOrdinal") // PayloadType defines its wire value as the ordinal.
record FloodFrame(
        int destination,
        int origin,
        int id,
        int hopLimit,
        int hopStart,
        PayloadType type,
        boolean wantsSettle,
        int relay,
        ByteBuffer payload) {
    static final int HEADER_BYTES = 16;
    static final int MAX_NUMBER = 0xff_ffff;

    private static final int SETTLE_BIT = 0x80;
    private static final int TYPE_MASK = 0x7f;

    static int id(long epoch, long number) {
        if (number < 1 || number > MAX_NUMBER) {
            throw new IllegalArgumentException("message number " + number);
        }
        return (int) ((epoch & 0xff) << 24 | number);
    }

    long epoch() {
        return Integer.toUnsignedLong(id) >>> 24;
    }

    long number() {
        return id & MAX_NUMBER;
    }

    /** Hops over which this copy came. */
    int hops() {
        return hopStart - hopLimit + 1;
    }

    /** What {@code relayAddress} transmits after hearing this. */
    FloodFrame relayedBy(int relayAddress) {
        return new FloodFrame(
                destination, origin, id, hopLimit - 1, hopStart, type, wantsSettle, relayAddress & 0xff, payload);
    }

    static FloodFrame parse(ByteBuffer frame, AddressPlan plan) throws WireFormatException {
        ByteBuffer in = frame.slice();
        if (in.remaining() < HEADER_BYTES) {
            throw new WireFormatException(Reason.TRUNCATED, "flooded message");
        }
        int destination = in.getInt();
        int origin = in.getInt();
        int id = in.getInt();
        int hopLimit = in.get() & 0xff;
        int hopStart = in.get() & 0xff;
        int flags = in.get() & 0xff;
        int relay = in.get() & 0xff;
        PayloadType[] types = PayloadType.values();
        if (!plan.has(origin) || destination != AddressPlan.BROADCAST && !plan.has(destination)) {
            throw new WireFormatException(Reason.OUT_OF_RANGE, "address outside the plan");
        }
        if (hopLimit > hopStart || (flags & TYPE_MASK) >= types.length || (id & MAX_NUMBER) == 0) {
            throw new WireFormatException(Reason.OUT_OF_RANGE, "hops, type or number");
        }
        return new FloodFrame(
                destination,
                origin,
                id,
                hopLimit,
                hopStart,
                types[flags & TYPE_MASK],
                (flags & SETTLE_BIT) != 0,
                relay,
                in.slice());
    }

    ByteBuffer toBytes() {
        return ByteBuffer.allocate(HEADER_BYTES + payload.remaining())
                .putInt(destination)
                .putInt(origin)
                .putInt(id)
                .put((byte) hopLimit)
                .put((byte) hopStart)
                .put((byte) (type.ordinal() | (wantsSettle ? SETTLE_BIT : 0)))
                .put((byte) relay)
                .put(payload.duplicate())
                .flip();
    }
}
