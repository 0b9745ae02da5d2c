package io.thicket.sim.reference;

import io.thicket.routing.wire.WireFormatException;
import io.thicket.routing.wire.WireFormatException.Reason;
import io.thicket.sim.reference.BabelTlv.Hello;
import io.thicket.sim.reference.BabelTlv.Ihu;
import io.thicket.sim.reference.BabelTlv.RouteRequest;
import io.thicket.sim.reference.BabelTlv.SeqnoRequest;
import io.thicket.sim.reference.BabelTlv.Update;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** RFC 8966 s4: packets of TLVs, for IPv4 addresses (AE 1) of whole nodes (/32). */
final class BabelCodec {
    /** RFC 8966 s4. */
    static final int PORT = 6696;

    static final int HEADER_BYTES = 4;

    private static final byte MAGIC = 42;
    private static final byte VERSION = 2;

    private static final int PAD1 = 0;
    private static final int HELLO = 4;
    private static final int IHU = 5;
    private static final int UPDATE = 8;
    private static final int ROUTE_REQUEST = 9;
    private static final int SEQNO_REQUEST = 10;

    private static final int AE_WILDCARD = 0;
    private static final int AE_IPV4 = 1;
    private static final int ADDRESS_BITS = 32;
    private static final int SETS_PREFIX = 0x80;
    private static final int SETS_ROUTER_ID = 0x40;

    private BabelCodec() {}

    /** Packets of at most {@code maxBytes} that carry {@code tlvs} in order. */
    static List<ByteBuffer> encode(List<BabelTlv> tlvs, int maxBytes) {
        List<ByteBuffer> packets = new ArrayList<>();
        ByteBuffer body = ByteBuffer.allocate(maxBytes - HEADER_BYTES);
        int[] lastPrefix = {0, 0};
        for (BabelTlv tlv : tlvs) {
            ByteBuffer bytes = encode(tlv, lastPrefix);
            if (bytes.remaining() > body.remaining()) {
                packets.add(packet(body));
                lastPrefix[1] = 0;
                bytes = encode(tlv, lastPrefix); // nothing to leave out in a new packet
            }
            body.put(bytes);
        }
        if (body.position() > 0) {
            packets.add(packet(body));
        }
        return packets;
    }

    private static ByteBuffer packet(ByteBuffer body) {
        body.flip();
        ByteBuffer packet = ByteBuffer.allocate(HEADER_BYTES + body.remaining());
        packet.put(MAGIC).put(VERSION).putShort((short) body.remaining()).put(body);
        body.clear();
        return packet.flip();
    }

    /** @param lastPrefix the prefix that bytes may be left out of, and whether there is one */
    private static ByteBuffer encode(BabelTlv tlv, int[] lastPrefix) {
        ByteBuffer out = ByteBuffer.allocate(20);
        if (tlv instanceof Hello hello) {
            out.put((byte) HELLO).put((byte) 6).putShort((short) 0);
            out.putShort((short) hello.seqno()).putShort((short) hello.interval());
        } else if (tlv instanceof Ihu ihu) {
            out.put((byte) IHU).put((byte) 10).put((byte) AE_IPV4).put((byte) 0);
            out.putShort((short) ihu.rxcost()).putShort((short) ihu.interval()).putInt(ihu.neighbor());
        } else if (tlv instanceof Update update) {
            int omitted = lastPrefix[1] == 0 ? 0 : equalBytes(update.prefix(), lastPrefix[0]);
            out.put((byte) UPDATE).put((byte) (14 - omitted)).put((byte) AE_IPV4);
            out.put((byte) (SETS_PREFIX | SETS_ROUTER_ID))
                    .put((byte) ADDRESS_BITS)
                    .put((byte) omitted);
            out.putShort((short) update.interval()).putShort((short) update.seqno());
            out.putShort((short) update.metric());
            for (int i = omitted; i < Integer.BYTES; i++) {
                out.put((byte) (update.prefix() >>> 8 * (3 - i)));
            }
            lastPrefix[0] = update.prefix();
            lastPrefix[1] = 1;
        } else if (tlv instanceof RouteRequest request) {
            if (request.prefix() == RouteRequest.ALL) {
                out.put((byte) ROUTE_REQUEST)
                        .put((byte) 2)
                        .put((byte) AE_WILDCARD)
                        .put((byte) 0);
            } else {
                out.put((byte) ROUTE_REQUEST).put((byte) 6).put((byte) AE_IPV4).put((byte) ADDRESS_BITS);
                out.putInt(request.prefix());
            }
        } else if (tlv instanceof SeqnoRequest request) {
            out.put((byte) SEQNO_REQUEST).put((byte) 18).put((byte) AE_IPV4).put((byte) ADDRESS_BITS);
            out.putShort((short) request.seqno()).put((byte) request.hops()).put((byte) 0);
            out.putLong(routerId(request.prefix())).putInt(request.prefix());
        } else {
            throw new AssertionError(tlv);
        }
        return out.flip();
    }

    /** s4.6.9: a short prefix, filled with zeros from the left. */
    private static long routerId(int prefix) {
        return Integer.toUnsignedLong(prefix);
    }

    private static int equalBytes(int a, int b) {
        return Math.min(Integer.numberOfLeadingZeros(a ^ b) / 8, 3);
    }

    static List<BabelTlv> decode(ByteBuffer payload, AddressPlan plan) throws WireFormatException {
        ByteBuffer in = payload.slice();
        if (in.remaining() < HEADER_BYTES) {
            throw new WireFormatException(Reason.TRUNCATED, "Babel packet");
        }
        if (in.get() != MAGIC || in.get() != VERSION || (in.getShort() & 0xffff) != in.remaining()) {
            throw new WireFormatException(Reason.UNKNOWN_TYPE, "Babel packet");
        }
        List<BabelTlv> tlvs = new ArrayList<>();
        int[] lastPrefix = {0, 0};
        while (in.hasRemaining()) {
            int type = in.get() & 0xff;
            if (type == PAD1) {
                continue;
            }
            int length = in.hasRemaining() ? in.get() & 0xff : Integer.MAX_VALUE;
            if (length > in.remaining()) {
                throw new WireFormatException(Reason.TRUNCATED, "TLV");
            }
            ByteBuffer body = in.slice().limit(length);
            in.position(in.position() + length);
            BabelTlv tlv = decode(type, body, plan, lastPrefix);
            if (tlv != null) {
                tlvs.add(tlv);
            }
        }
        return tlvs;
    }

    private static @org.jspecify.annotations.Nullable BabelTlv decode(
            int type, ByteBuffer body, AddressPlan plan, int[] lastPrefix) throws WireFormatException {
        return switch (type) {
            case HELLO -> {
                atLeast(body, 6);
                body.getShort();
                yield new Hello(u16(body), u16(body));
            }
            case IHU -> {
                atLeast(body, 10);
                expectIpv4(body.get());
                body.get();
                yield new Ihu(u16(body), u16(body), address(body.getInt(), plan));
            }
            case UPDATE -> update(body, plan, lastPrefix);
            case ROUTE_REQUEST -> {
                atLeast(body, 2);
                if (body.get(0) == AE_WILDCARD) {
                    yield new RouteRequest(RouteRequest.ALL);
                }
                atLeast(body, 6);
                expectIpv4(body.get());
                expectHost(body.get());
                yield new RouteRequest(address(body.getInt(), plan));
            }
            case SEQNO_REQUEST -> {
                atLeast(body, 18);
                expectIpv4(body.get());
                expectHost(body.get());
                int seqno = u16(body);
                int hops = body.get() & 0xff;
                body.get();
                long routerId = body.getLong();
                int prefix = address(body.getInt(), plan);
                if (hops == 0 || routerId != routerId(prefix)) {
                    throw new WireFormatException(Reason.OUT_OF_RANGE, "seqno request");
                }
                yield new SeqnoRequest(prefix, seqno, hops);
            }
            default -> null; // s4.5: what is not known is passed over
        };
    }

    private static Update update(ByteBuffer body, AddressPlan plan, int[] lastPrefix) throws WireFormatException {
        atLeast(body, 11);
        expectIpv4(body.get());
        int flags = body.get() & 0xff;
        expectHost(body.get());
        int omitted = body.get() & 0xff;
        int interval = u16(body);
        int seqno = u16(body);
        int metric = u16(body);
        if (omitted > 3 || omitted > 0 && lastPrefix[1] == 0 || (flags & SETS_ROUTER_ID) == 0) {
            throw new WireFormatException(Reason.OUT_OF_RANGE, "update without a prefix or a router-id");
        }
        atLeast(body, Integer.BYTES - omitted);
        int prefix = omitted == 0 ? 0 : lastPrefix[0] & -1 << 8 * (4 - omitted);
        for (int i = omitted; i < Integer.BYTES; i++) {
            prefix |= (body.get() & 0xff) << 8 * (3 - i);
        }
        if ((flags & SETS_PREFIX) != 0) {
            lastPrefix[0] = prefix;
            lastPrefix[1] = 1;
        }
        return new Update(address(prefix, plan), interval, seqno, metric);
    }

    private static void atLeast(ByteBuffer body, int bytes) throws WireFormatException {
        if (body.remaining() < bytes) {
            throw new WireFormatException(Reason.TRUNCATED, "TLV");
        }
    }

    private static void expectIpv4(byte encoding) throws WireFormatException {
        if (encoding != AE_IPV4) {
            throw new WireFormatException(Reason.UNKNOWN_TYPE, "address encoding");
        }
    }

    private static void expectHost(byte bits) throws WireFormatException {
        if (bits != ADDRESS_BITS) {
            throw new WireFormatException(Reason.OUT_OF_RANGE, "prefix length");
        }
    }

    private static int address(int address, AddressPlan plan) throws WireFormatException {
        if (!plan.has(address)) {
            throw new WireFormatException(Reason.OUT_OF_RANGE, "address outside the plan");
        }
        return address;
    }

    private static int u16(ByteBuffer in) {
        return in.getShort() & 0xffff;
    }
}
