package io.thicket.routing.wire;

import io.thicket.routing.HopCode;
import io.thicket.routing.Identity;
import io.thicket.routing.NodeId;
import io.thicket.routing.Seq;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The layouts of README.md "Messages byte by byte", writing side. Keys ascend. */
@SuppressWarnings("EnumOrdinal") // The enums written define their wire values as ordinals.
final class MessageWriter {
    private static final byte[] IDENT_CONTEXT = "thicket/ident/1\0".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] RREQ_CONTEXT = "thicket/rreq/1\0".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] RREP_CONTEXT = "thicket/rrep/1\0".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] GATEWAY_CONTEXT = "thicket/gateway/1\0".getBytes(StandardCharsets.US_ASCII);
    private static final int MAX_SIGNED_BYTES = 128;

    private MessageWriter() {}

    static void write(MeshMessage message, CborWriter cbor) {
        if (message instanceof DataFields data) {
            data(data, cbor);
        } else if (message instanceof Data data) {
            data(new DataFields().set(data), cbor);
        } else if (message instanceof HopResult result) {
            hopResult(result, cbor);
        } else if (message instanceof Hello hello) {
            hello(hello, cbor);
        } else if (message instanceof E2eAck ack) {
            e2eAck(ack, cbor);
        } else if (message instanceof Chal chal) {
            cbor.message(Chal.TYPE, 1).key(chal.kind().ordinal() + 1).eightBytes(chal.nonce());
        } else if (message instanceof Probe probe) {
            probe(probe, cbor);
        } else if (message instanceof Ident ident) {
            identFields(cbor.message(Ident.TYPE, 5), ident.publicKey(), ident.name(), ident.roles(), ident.epoch());
            cbor.bytes(5, ident.signature());
        } else if (message instanceof Rreq rreq) {
            rreq(rreq, cbor);
        } else if (message instanceof Rrep rrep) {
            rrep(rrep, cbor);
        } else if (message instanceof Rerr rerr) {
            rerr(rerr, cbor);
        } else if (message instanceof Ask ask) {
            cbor.message(Ask.TYPE, 1 + present(ask.limit())).node(1, ask.destination());
            optional(2, ask.limit(), cbor);
        } else if (message instanceof Tell tell) {
            cbor.message(Tell.TYPE, 4).node(1, tell.destination());
            cbor.seq(2, tell.distance().seq()).uint(3, tell.distance().metric()).uint(4, tell.hops());
        } else if (message instanceof Reg reg) {
            reg(reg, cbor);
        } else if (message instanceof Trace trace) {
            trace(trace, cbor);
        } else if (message instanceof Refused) {
            throw new IllegalArgumentException("a refused message has no bytes");
        } else {
            throw new AssertionError(message);
        }
    }

    private static void rreq(Rreq rreq, CborWriter cbor) {
        cbor.message(Rreq.TYPE, 11 + present(rreq.signature()));
        cbor.node(1, rreq.origin()).seq(2, rreq.originSeq()).uint(3, rreq.rreqId());
        cbor.node(4, rreq.target()).seq(5, rreq.minSeq()).uint(6, rreq.metric());
        cbor.uint(7, rreq.hops()).uint(8, rreq.ttl());
        cbor.uint(9, flag(rreq.directedOk(), 1) | flag(rreq.repair(), 2) | flag(rreq.unicast(), 4));
        optional(10, rreq.signature(), cbor);
        cbor.uint(11, rreq.lifetimeS()).seq(12, rreq.routeSeq());
    }

    private static void rrep(Rrep rrep, CborWriter cbor) {
        cbor.message(Rrep.TYPE, 10 + present(rrep.signature()));
        cbor.node(1, rrep.target()).seq(2, rrep.targetSeq()).node(3, rrep.origin());
        cbor.uint(4, rrep.rreqId()).uint(5, rrep.lifetimeS()).uint(6, rrep.metric());
        cbor.uint(7, rrep.hops()).uint(8, rrep.ttl()).uint(9, rrep.mtuBytes());
        optional(10, rrep.signature(), cbor);
        cbor.seq(12, rrep.routeSeq());
    }

    private static void rerr(Rerr rerr, CborWriter cbor) {
        cbor.message(Rerr.TYPE, 1).key(1).array(rerr.unreachable().size());
        for (Rerr.Unreachable lost : rerr.unreachable()) {
            cbor.array(4).eightBytes(lost.destination().value());
            cbor.uint(lost.seq().epoch()).uint(lost.seq().count());
            cbor.uint(lost.reason().ordinal() + 1L);
        }
    }

    private static void hello(Hello hello, CborWriter cbor) {
        cbor.message(Hello.TYPE, 5 + present(hello.digest()));
        cbor.uint(1, hello.helloSeq()).uint(2, hello.intervalMs());
        cbor.key(3).array(hello.heard().size());
        for (Hello.Heard heard : hello.heard()) {
            cbor.array(4).uint(Integer.toUnsignedLong(heard.prefix())).uint(heard.bootTagLowByte());
            cbor.uint(heard.rxRatio()).uint(heard.energy());
        }
        cbor.key(4).array(hello.gateways().size());
        for (GatewayEntry entry : hello.gateways()) {
            gatewayEntry(entry, cbor);
        }
        cbor.key(5)
                .array(3)
                .uint(roleBits(hello.roles()))
                .uint(hello.willingness())
                .uint(hello.queuePercent());
        optional(6, hello.digest(), cbor);
    }

    private static void gatewayEntry(GatewayEntry entry, CborWriter cbor) {
        boolean older = entry.signedCount() != entry.seq().count();
        cbor.array(9 + present(entry.signature()) + (older ? 1 : 0))
                .eightBytes(entry.gateway().value());
        cbor.uint(entry.seq().epoch())
                .uint(entry.seq().count())
                .uint(entry.metric())
                .uint(entry.hops());
        cbor.uint(flag(entry.uplink(), 1) | flag(entry.backlog(), 2) | flag(entry.accepting(), 4));
        cbor.uint(entry.lifetimeS()).uint(entry.loadPercent()).uint(entry.mtuBytes());
        Bytes signature = entry.signature();
        if (signature != null) {
            cbor.bytes(signature);
        }
        if (older) {
            cbor.uint(entry.signedCount());
        }
    }

    /** What a gateway entry's signature is over: context, zero byte, and what relays do not change. */
    static byte[] gatewaySignedPart(NodeId gateway, Seq signed, boolean uplink) {
        ByteBuffer out = ByteBuffer.allocate(MAX_SIGNED_BYTES).put(GATEWAY_CONTEXT);
        new CborWriter(out)
                .array(4)
                .eightBytes(gateway.value())
                .uint(signed.epoch())
                .uint(signed.count())
                .uint(flag(uplink, 1));
        return Bytes.copyOf(out.flip()).toArray();
    }

    private static void reg(Reg reg, CborWriter cbor) {
        cbor.message(Reg.TYPE, reg.via().isEmpty() ? 3 : 4).node(1, reg.node());
        cbor.seq(2, reg.distance().seq()).uint(3, reg.distance().metric());
        if (!reg.via().isEmpty()) {
            cbor.key(4).array(reg.via().size());
            nodes(reg.via(), cbor);
        }
    }

    private static void nodes(List<NodeId> nodes, CborWriter cbor) {
        for (NodeId node : nodes) {
            cbor.eightBytes(node.value());
        }
    }

    private static void data(DataFields data, CborWriter cbor) {
        NodeId node = data.node();
        NodeId pinned = data.pinned();
        int keys = 10 + (data.hasDescent() ? 1 : 0) + (data.registers() ? 3 : 0) + present(pinned);
        cbor.message(Data.TYPE, keys).node(1, data.origin());
        if (node != null) {
            cbor.node(2, node);
        } else {
            cbor.uint(2, Data.SERVICE_GATEWAY);
        }
        cbor.key(3).array(2).uint(data.epoch()).uint(data.number());
        if (data.hasDescent()) {
            cbor.key(4).array(3).uint(data.descentEpoch()).uint(data.descentCount());
            cbor.uint(data.descentMetric());
        }
        cbor.uint(5, data.ttl());
        cbor.uint(6, flag(data.wantsSettle(), 1) | flag(data.highPriority(), 2) | (long) data.repins() << 2);
        if (data.registers()) {
            cbor.uint(7, data.registerMetric());
        }
        cbor.uint(8, data.ageMs()).key(9);
        data.putPayload(cbor);
        cbor.uint(10, data.payloadType().ordinal());
        if (data.registers()) {
            cbor.key(11).array(2).uint(data.registerEpoch()).uint(data.registerCount());
        }
        cbor.uint(12, data.turn());
        if (pinned != null) {
            cbor.node(13, pinned);
        }
        cbor.uint(14, data.hops());
        if (data.registers()) {
            cbor.uint(15, data.registerMtuBytes());
        }
    }

    private static void probe(Probe probe, CborWriter cbor) {
        boolean padded = probe.padding() > 0;
        cbor.message(Probe.TYPE, padded ? 2 : 1).uint(1, probe.seq());
        if (padded) {
            cbor.key(2).bytes(new byte[probe.padding()], 0, probe.padding());
        }
    }

    private static void e2eAck(E2eAck ack, CborWriter cbor) {
        cbor.message(E2eAck.TYPE, 5 + present(ack.descent())).node(1, ack.origin());
        cbor.key(2).array(3).uint(ack.epoch()).uint(ack.base()).uint(ack.bitmap());
        cbor.uint(3, ack.status().ordinal()).node(4, ack.gateway()).uint(5, ack.ttl());
        optional(6, ack.descent(), cbor);
    }

    private static void trace(Trace trace, CborWriter cbor) {
        cbor.message(Trace.TYPE, 6).node(1, trace.origin()).node(2, trace.target());
        cbor.uint(3, trace.traceId()).uint(4, trace.ttl()).uint(5, trace.answer() ? 1 : 0);
        cbor.key(6).array(trace.hops().size());
        for (Trace.Hop hop : trace.hops()) {
            cbor.array(5).eightBytes(hop.id().value()).uint(hop.metric());
            cbor.uint(hop.reason()).uint(hop.queued()).uint(hop.rttMs());
        }
    }

    private static void hopResult(HopResult result, CborWriter cbor) {
        HopCode code = result.code();
        int keys = 1
                + present(result.distance())
                + (result.retryMs() > 0 ? 1 : 0)
                + (result.mtuBytes() > 0 ? 1 : 0)
                + (result.nearer() != HopResult.NOBODY ? 1 : 0);
        cbor.message(HopResult.TYPE, keys).uint(1, code.coapCode());
        optional(2, result.distance(), cbor);
        if (result.retryMs() > 0) {
            cbor.uint(3, result.retryMs());
        }
        if (result.mtuBytes() > 0) {
            cbor.uint(4, result.mtuBytes());
        }
        if (result.nearer() != HopResult.NOBODY) {
            cbor.uint(5, result.nearer());
        }
    }

    /** What an IDENT's signature is over: context, zero byte, and the message as if it ended after key 4. */
    static byte[] identSignedPart(Bytes publicKey, String name, Set<Identity.Role> roles, long epoch) {
        ByteBuffer out = ByteBuffer.allocate(MAX_SIGNED_BYTES).put(IDENT_CONTEXT);
        identFields(new CborWriter(out).message(Ident.TYPE, 4), publicKey, name, roles, epoch);
        return Bytes.copyOf(out.flip()).toArray();
    }

    /** What an RREQ's signature is over: context, zero byte, and the map of what only the originator says. */
    static byte[] rreqSignedPart(Rreq rreq) {
        ByteBuffer out = ByteBuffer.allocate(MAX_SIGNED_BYTES).put(RREQ_CONTEXT);
        CborWriter cbor = new CborWriter(out).message(Rreq.TYPE, 6);
        cbor.node(1, rreq.origin()).seq(2, rreq.originSeq()).uint(3, rreq.rreqId());
        cbor.node(4, rreq.target()).seq(5, rreq.minSeq()).uint(11, rreq.lifetimeS());
        return Bytes.copyOf(out.flip()).toArray();
    }

    /** What an RREP's signature is over: context, zero byte, and the map of what only the target says. */
    static byte[] rrepSignedPart(Rrep rrep) {
        ByteBuffer out = ByteBuffer.allocate(MAX_SIGNED_BYTES).put(RREP_CONTEXT);
        CborWriter cbor = new CborWriter(out).message(Rrep.TYPE, 5);
        cbor.node(1, rrep.target()).seq(2, rrep.targetSeq()).node(3, rrep.origin());
        cbor.uint(4, rrep.rreqId()).uint(5, rrep.lifetimeS());
        return Bytes.copyOf(out.flip()).toArray();
    }

    private static void identFields(
            CborWriter cbor, Bytes publicKey, String name, Set<Identity.Role> roles, long epoch) {
        cbor.bytes(1, publicKey).text(2, name).uint(3, roleBits(roles)).uint(4, epoch);
    }

    private static long roleBits(Set<Identity.Role> roles) {
        long bits = 0;
        for (Identity.Role role : Identity.Role.values()) {
            bits |= flag(roles.contains(role), 1L << role.ordinal());
        }
        return bits;
    }

    private static void optional(int key, @Nullable Distance distance, CborWriter cbor) {
        if (distance != null) {
            cbor.distance(key, distance);
        }
    }

    private static void optional(int key, @Nullable Bytes bytes, CborWriter cbor) {
        if (bytes != null) {
            cbor.bytes(key, bytes);
        }
    }

    private static int present(@Nullable Object value) {
        return value == null ? 0 : 1;
    }

    private static long flag(boolean set, long bit) {
        return set ? bit : 0;
    }
}
