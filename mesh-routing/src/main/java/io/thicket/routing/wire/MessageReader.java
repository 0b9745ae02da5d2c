package io.thicket.routing.wire;

import io.thicket.routing.HopCode;
import io.thicket.routing.Identity;
import io.thicket.routing.NodeId;
import io.thicket.routing.Seq;
import io.thicket.routing.SettleStatus;
import io.thicket.routing.wire.WireFormatException.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The layouts of README.md "Messages byte by byte", reading side. */
final class MessageReader {
    private static final SettleStatus[] SETTLE_STATUSES = SettleStatus.values();
    private static final HopCode[] HOP_CODES = HopCode.values();
    private static final Rerr.Reason[] RERR_REASONS = Rerr.Reason.values();
    private static final int MAX_FLAGS = 255;

    private final CborReader cbor;
    private final Fields fields;

    MessageReader(CborReader cbor, NodeIds names) {
        this.cbor = cbor;
        this.fields = new Fields(cbor, names);
    }

    /** The next message, {@code data} if it is a DATA; the reader is behind it afterwards. */
    MeshMessage next(DataFields data) throws WireFormatException {
        fields.scan();
        int end = cbor.position();
        int type = fields.upTo(0, 255);
        MeshMessage message = fields.mustUnderstand() ? new Refused(type, Reason.MUST_UNDERSTAND) : ofType(type, data);
        cbor.position(end);
        return message;
    }

    private MeshMessage ofType(int type, DataFields data) throws WireFormatException {
        return switch (type) {
            case Rreq.TYPE -> rreq();
            case Rrep.TYPE -> rrep();
            case Rerr.TYPE -> rerr();
            case Hello.TYPE -> hello();
            case Ask.TYPE -> ask();
            case Tell.TYPE -> tell();
            case Reg.TYPE -> reg();
            case Data.TYPE -> {
                data.read(fields, cbor);
                yield data;
            }
            case E2eAck.TYPE -> e2eAck();
            case Chal.TYPE -> chal();
            case Trace.TYPE -> trace();
            case Probe.TYPE -> probe();
            case Ident.TYPE -> ident();
            case HopResult.TYPE -> hopResult();
            default -> new Refused(type, Reason.UNKNOWN_TYPE);
        };
    }

    private Rreq rreq() throws WireFormatException {
        fields.onlyUpTo(12);
        int flags = fields.upTo(9, MAX_FLAGS);
        return new Rreq(
                fields.node(1),
                fields.seq(2),
                fields.u32(3),
                fields.node(4),
                fields.seq(5),
                fields.u32(6),
                fields.seq(12),
                fields.upTo(7, WireLimits.MAX_HOPS),
                fields.upTo(8, WireLimits.MAX_HOPS),
                (flags & 1) != 0,
                (flags & 2) != 0,
                (flags & 4) != 0,
                fields.upTo(11, 0xffff),
                fields.optionalSignature(10));
    }

    private Rrep rrep() throws WireFormatException {
        fields.onlyUpTo(12);
        return new Rrep(
                fields.node(1),
                fields.seq(2),
                fields.node(3),
                fields.u32(4),
                fields.upTo(5, 0xffff),
                fields.u32(6),
                fields.seq(12),
                fields.upTo(7, WireLimits.MAX_HOPS),
                fields.upTo(8, WireLimits.MAX_HOPS),
                fields.upTo(9, 0xffff),
                fields.optionalSignature(10));
    }

    private Rerr rerr() throws WireFormatException {
        fields.onlyUpTo(1);
        int count = fields.items(1, WireLimits.MAX_UNREACHABLE);
        if (count == 0) {
            throw new WireFormatException(Reason.OUT_OF_RANGE, "an RERR names no destination");
        }
        List<Rerr.Unreachable> lost = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            cbor.array(4);
            NodeId destination = new NodeId(cbor.eightBytes());
            Seq seq = fields.inlineSeq();
            int reason = (int) cbor.uint(RERR_REASONS.length);
            if (reason == 0) {
                throw new WireFormatException(Reason.OUT_OF_RANGE, "reason 0");
            }
            lost.add(new Rerr.Unreachable(destination, seq, RERR_REASONS[reason - 1]));
        }
        return new Rerr(lost);
    }

    private Hello hello() throws WireFormatException {
        fields.onlyUpTo(6);
        int heardCount = fields.items(3, WireLimits.MAX_HEARD);
        List<Hello.Heard> heard = new ArrayList<>(heardCount);
        for (int i = 0; i < heardCount; i++) {
            cbor.array(4);
            int prefix = (int) cbor.uint(WireLimits.MAX_U32);
            heard.add(new Hello.Heard(prefix, (int) cbor.uint(255), (int) cbor.uint(255), (int) cbor.uint(255)));
        }
        int gatewayCount = fields.items(4, WireLimits.MAX_GATEWAYS);
        List<GatewayEntry> gateways = new ArrayList<>(gatewayCount);
        for (int i = 0; i < gatewayCount; i++) {
            gateways.add(gatewayEntry());
        }
        fields.at(5).array(3);
        Set<Identity.Role> roles = fields.roles();
        int willingness = (int) cbor.uint(Hello.MAX_WILLINGNESS);
        int queuePercent = (int) cbor.uint(100);
        Bytes digest = fields.has(6) ? fields.at(6).bytes(0, WireLimits.MAX_DIGEST_BYTES) : null;
        return new Hello(fields.u32(1), fields.u32(2), heard, gateways, roles, willingness, queuePercent, digest);
    }

    private GatewayEntry gatewayEntry() throws WireFormatException {
        int items = cbor.count(CborWriter.ARRAY);
        if (items < 9 || items > 11) {
            throw new WireFormatException(Reason.OUT_OF_RANGE, "a gateway entry of " + items + " items");
        }
        NodeId gateway = new NodeId(cbor.eightBytes());
        Seq seq = fields.inlineSeq();
        long metric = cbor.uint(WireLimits.MAX_U32);
        int hops = (int) cbor.uint(WireLimits.MAX_HOPS);
        int flags = (int) cbor.uint(MAX_FLAGS);
        int lifetimeS = (int) cbor.uint(0xffff);
        int loadPercent = (int) cbor.uint(100);
        int mtuBytes = (int) cbor.uint(0xffff);
        Bytes signature = items > 9 ? cbor.bytes(WireLimits.SIGNATURE_BYTES, WireLimits.SIGNATURE_BYTES) : null;
        long signedCount = items == 11 ? cbor.uint(WireLimits.MAX_U32) : seq.count();
        if (items == 11 && signedCount == seq.count()) {
            throw new WireFormatException(Reason.OUT_OF_RANGE, "a signed count that says nothing");
        }
        return new GatewayEntry(
                gateway,
                seq,
                metric,
                hops,
                (flags & 1) != 0,
                (flags & 2) != 0,
                (flags & 4) != 0,
                lifetimeS,
                loadPercent,
                mtuBytes,
                signature,
                signedCount);
    }

    private Ask ask() throws WireFormatException {
        fields.onlyUpTo(2);
        return new Ask(fields.node(1), fields.optionalDistance(2));
    }

    private Tell tell() throws WireFormatException {
        fields.onlyUpTo(4);
        Distance distance = new Distance(fields.seq(2), fields.u32(3));
        return new Tell(fields.node(1), distance, fields.upTo(4, WireLimits.MAX_HOPS));
    }

    private Reg reg() throws WireFormatException {
        fields.onlyUpTo(4);
        NodeId node = fields.node(1);
        Distance distance = new Distance(fields.seq(2), fields.u32(3));
        List<NodeId> via = new ArrayList<>();
        for (int left = fields.has(4) ? fields.items(4, WireLimits.MAX_PATH) : 0; left > 0; left--) {
            via.add(new NodeId(cbor.eightBytes()));
        }
        return new Reg(node, distance, via);
    }

    private E2eAck e2eAck() throws WireFormatException {
        fields.onlyUpTo(6);
        fields.at(2).array(3);
        long epoch = cbor.uint(WireLimits.MAX_U32);
        long base = cbor.uint(WireLimits.MAX_U32);
        long bitmap = cbor.uint64();
        return new E2eAck(
                fields.node(1),
                epoch,
                base,
                bitmap,
                SETTLE_STATUSES[fields.upTo(3, SETTLE_STATUSES.length - 1)],
                fields.node(4),
                fields.optionalDistance(6),
                fields.upTo(5, WireLimits.MAX_HOPS));
    }

    private Chal chal() throws WireFormatException {
        fields.onlyUpTo(2);
        if (fields.has(1) && fields.has(2)) {
            throw new WireFormatException(Reason.UNKNOWN_KEY, "a challenge and an answer in one CHAL");
        }
        return fields.has(1)
                ? new Chal(Chal.Kind.CHALLENGE, fields.at(1).eightBytes())
                : new Chal(Chal.Kind.ANSWER, fields.at(2).eightBytes());
    }

    private Trace trace() throws WireFormatException {
        fields.onlyUpTo(6);
        int count = fields.items(6, WireLimits.MAX_PATH);
        List<Trace.Hop> hops = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            cbor.array(5);
            NodeId id = new NodeId(cbor.eightBytes());
            long metric = cbor.uint(WireLimits.MAX_U32);
            int reason = (int) cbor.uint(255);
            int queued = (int) cbor.uint(0xffff);
            hops.add(new Trace.Hop(id, metric, reason, queued, cbor.uint(WireLimits.MAX_U32)));
        }
        boolean answer = fields.upTo(5, 1) == 1;
        return new Trace(
                fields.node(1), fields.node(2), fields.u32(3), fields.upTo(4, WireLimits.MAX_HOPS), answer, hops);
    }

    private Probe probe() throws WireFormatException {
        fields.onlyUpTo(2);
        int padding = fields.has(2)
                ? fields.at(2).bytes(1, WireLimits.MAX_SEQUENCE_BYTES).length()
                : 0;
        return new Probe(fields.u32(1), padding);
    }

    private Ident ident() throws WireFormatException {
        fields.onlyUpTo(5);
        String name = fields.at(2).ascii(1, Identity.MAX_NAME_LENGTH);
        if (!Identity.isValidName(name)) {
            throw new WireFormatException(Reason.OUT_OF_RANGE, "node name");
        }
        fields.at(3);
        Set<Identity.Role> roles = fields.roles();
        Bytes publicKey = fields.at(1).bytes(WireLimits.PUBLIC_KEY_BYTES, WireLimits.PUBLIC_KEY_BYTES);
        Bytes signature = fields.at(5).bytes(WireLimits.SIGNATURE_BYTES, WireLimits.SIGNATURE_BYTES);
        return new Ident(publicKey, name, roles, fields.u32(4), signature);
    }

    private HopResult hopResult() throws WireFormatException {
        fields.onlyUpTo(5);
        int coapCode = fields.upTo(1, 255);
        for (HopCode code : HOP_CODES) {
            if (code.coapCode() == coapCode) {
                long retryMs = fields.has(3) ? fields.u32(3) : 0;
                long nearer = fields.has(5) ? fields.u32(5) : HopResult.NOBODY;
                return HopResult.of(code, fields.optionalDistance(2), retryMs, fields.optionalUpTo(4, 0xffff), nearer);
            }
        }
        throw new WireFormatException(Reason.OUT_OF_RANGE, "hop code " + coapCode);
    }
}
