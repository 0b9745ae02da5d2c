package io.thicket.routing.wire;

import io.thicket.routing.Destination;
import io.thicket.routing.MessageId;
import io.thicket.routing.NodeId;
import io.thicket.routing.PayloadType;
import io.thicket.routing.Seq;
import io.thicket.routing.wire.WireFormatException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * A DATA message field by field, to be used again: what the reader fills, a relay keeps and the writer takes, so that a
 * message passes without being made anew at each step. {@link Data} is the same as a value; the fields mean the same.
 */
public final class DataFields implements MeshMessage {
    private static final PayloadType[] PAYLOAD_TYPES = PayloadType.values();
    private static final NodeId NOBODY = new NodeId(0);

    private NodeId origin = NOBODY;
    private long epoch;
    private long number;
    private @Nullable NodeId node;
    private @Nullable NodeId pinned;
    private boolean hasDescent;
    private long descentEpoch;
    private long descentCount;
    private long descentMetric;
    private int ttl;
    private int hops;
    private int turn;
    private int repins;
    private boolean wantsSettle;
    private boolean highPriority;
    private boolean registers;
    private long registerEpoch;
    private long registerCount;
    private long registerMetric;
    private int registerMtuBytes;
    private long ageMs;
    private PayloadType payloadType = PayloadType.READINGS;
    private byte[] payload = new byte[0];
    private int payloadOffset;
    private int payloadBytes;

    @Override
    public int type() {
        return Data.TYPE;
    }

    public NodeId origin() {
        return origin;
    }

    public long epoch() {
        return epoch;
    }

    public long number() {
        return number;
    }

    public MessageId id() {
        return new MessageId(origin, epoch, number);
    }

    /** The node it is for, null if any gateway will do. */
    public @Nullable NodeId node() {
        return node;
    }

    public Destination destination() {
        NodeId one = node;
        return one == null ? Destination.GATEWAY : Destination.node(one);
    }

    public @Nullable NodeId pinned() {
        return pinned;
    }

    public boolean hasDescent() {
        return hasDescent;
    }

    public long descentEpoch() {
        return descentEpoch;
    }

    public long descentCount() {
        return descentCount;
    }

    public long descentMetric() {
        return descentMetric;
    }

    public int ttl() {
        return ttl;
    }

    public int hops() {
        return hops;
    }

    public int turn() {
        return turn;
    }

    public int repins() {
        return repins;
    }

    public boolean wantsSettle() {
        return wantsSettle;
    }

    public boolean highPriority() {
        return highPriority;
    }

    public boolean registers() {
        return registers;
    }

    /** With {@link #registers} only. */
    public Seq registerSeq() {
        return new Seq(registerEpoch, registerCount);
    }

    public long registerMetric() {
        return registerMetric;
    }

    /** With {@link #registers} only. */
    public int registerMtuBytes() {
        return registerMtuBytes;
    }

    long registerEpoch() {
        return registerEpoch;
    }

    long registerCount() {
        return registerCount;
    }

    public long ageMs() {
        return ageMs;
    }

    public PayloadType payloadType() {
        return payloadType;
    }

    public int payloadBytes() {
        return payloadBytes;
    }

    /** A view, valid as long as these fields are. */
    public Bytes payload() {
        return Bytes.view(payload, payloadOffset, payloadBytes);
    }

    void putPayload(CborWriter cbor) {
        cbor.bytes(payload, payloadOffset, payloadBytes);
    }

    /** The same message as a value; its payload is a view of these fields' storage. */
    public Data toData() {
        return new Data(
                id(),
                destination(),
                pinned,
                hasDescent ? new Distance(new Seq(descentEpoch, descentCount), descentMetric) : null,
                ttl,
                hops,
                turn,
                repins,
                wantsSettle,
                highPriority,
                registers ? new Data.Registration(registerSeq(), registerMetric, registerMtuBytes) : null,
                ageMs,
                payloadType,
                payload());
    }

    /** Takes the fields of a value; its payload is not copied. */
    public DataFields set(Data data) {
        MessageId id = data.id();
        origin = id.origin();
        epoch = id.epoch();
        number = id.number();
        node = data.destination() instanceof Destination.Node one ? one.id() : null;
        pinned = data.pinned();
        Distance descent = data.descent();
        descent(descent == null ? null : descent.seq(), descent == null ? 0 : descent.metric());
        ttl = data.ttl();
        hops = data.hops();
        turn = data.turn();
        repins = data.repins();
        wantsSettle = data.wantsSettle();
        highPriority = data.highPriority();
        Data.Registration register = data.register();
        register(
                register == null ? null : register.seq(),
                register == null ? 0 : register.metric(),
                register == null ? 0 : register.mtuBytes());
        ageMs = data.ageMs();
        payloadType = data.payloadType();
        data.payload().lendTo(this);
        return this;
    }

    /** A payload that these fields do not own. */
    void payload(byte[] array, int offset, int length) {
        payload = array;
        payloadOffset = offset;
        payloadBytes = length;
    }

    /** Takes all fields of {@code other} and a copy of its payload in {@code storage}, which must be large enough. */
    public void copy(DataFields other, byte[] storage) {
        origin = other.origin;
        epoch = other.epoch;
        number = other.number;
        node = other.node;
        pinned = other.pinned;
        hasDescent = other.hasDescent;
        descentEpoch = other.descentEpoch;
        descentCount = other.descentCount;
        descentMetric = other.descentMetric;
        ttl = other.ttl;
        hops = other.hops;
        turn = other.turn;
        repins = other.repins;
        wantsSettle = other.wantsSettle;
        highPriority = other.highPriority;
        registers = other.registers;
        registerEpoch = other.registerEpoch;
        registerCount = other.registerCount;
        registerMetric = other.registerMetric;
        registerMtuBytes = other.registerMtuBytes;
        ageMs = other.ageMs;
        payloadType = other.payloadType;
        System.arraycopy(other.payload, other.payloadOffset, storage, 0, other.payloadBytes);
        payload(storage, 0, other.payloadBytes);
    }

    /** One hop further. */
    public void travelled(long ageMsNow) {
        ttl--;
        hops = Math.min(WireLimits.MAX_HOPS, hops + 1);
        ageMs(ageMsNow);
    }

    public void ageMs(long ageMsNow) {
        ageMs = WireLimits.u32(ageMsNow, "age");
    }

    /** Sent anew: another turn, pin and count of pins. */
    public void redirect(int newTurn, @Nullable NodeId newPinned, int newRepins) {
        turn = WireLimits.within(newTurn, Data.MAX_TURN, "turn");
        pinned = newPinned;
        repins = WireLimits.within(newRepins, Data.MAX_REPINS, "repins");
    }

    /** The sending hop's feasibility distance (U8); none if {@code seq} is null. */
    public void descent(@Nullable Seq seq, long metric) {
        hasDescent = seq != null;
        if (seq != null) {
            descent(seq.epoch(), seq.count(), metric);
        }
    }

    /** The same by its numbers, without a record for them. */
    public void descent(long seqEpoch, long seqCount, long metric) {
        hasDescent = true;
        descentEpoch = WireLimits.u32(seqEpoch, "epoch");
        descentCount = WireLimits.u32(seqCount, "count");
        descentMetric = WireLimits.u32(metric, "metric");
    }

    /** The sending hop has no feasibility distance. */
    public void noDescent() {
        hasDescent = false;
    }

    /** The sending hop's route back to the origin; no R flag if {@code seq} is null. */
    public void register(@Nullable Seq seq, long metric, int mtuBytes) {
        registers = seq != null;
        if (seq != null) {
            Checks.seq(seq);
            Checks.mtu(mtuBytes);
            registerEpoch = seq.epoch();
            registerCount = seq.count();
            registerMetric = WireLimits.u32(metric, "metric");
            registerMtuBytes = mtuBytes;
        }
    }

    void read(Fields fields, CborReader cbor) throws WireFormatException {
        fields.onlyUpTo(15);
        node = null;
        if (!fields.at(2).nextIsUint()) {
            node = fields.node(2);
        } else if (cbor.uint(WireLimits.MAX_U32) != Data.SERVICE_GATEWAY) {
            throw new WireFormatException(Reason.OUT_OF_RANGE, "unknown anycast service");
        }
        if (fields.has(13) && node != null) {
            throw new WireFormatException(Reason.UNKNOWN_KEY, "a pin without anycast");
        }
        origin = fields.node(1);
        fields.at(3).array(2);
        epoch = cbor.uint(WireLimits.MAX_U32);
        number = cbor.uint(WireLimits.MAX_U32);
        int flags = fields.upTo(6, 15);
        pinned = fields.has(13) ? fields.node(13) : null;
        hasDescent = fields.has(4);
        if (hasDescent) {
            fields.at(4).array(3);
            descentEpoch = cbor.uint(WireLimits.MAX_U32);
            descentCount = cbor.uint(WireLimits.MAX_U32);
            descentMetric = cbor.uint(WireLimits.MAX_U32);
        }
        ttl = fields.upTo(5, WireLimits.MAX_HOPS);
        hops = fields.upTo(14, WireLimits.MAX_HOPS);
        turn = fields.upTo(12, Data.MAX_TURN);
        repins = flags >>> 2;
        wantsSettle = (flags & 1) != 0;
        highPriority = (flags & 2) != 0;
        registers = fields.has(7) || fields.has(11) || fields.has(15);
        if (registers) {
            fields.at(11).array(2);
            registerEpoch = cbor.uint(WireLimits.MAX_U32);
            registerCount = cbor.uint(WireLimits.MAX_U32);
            registerMetric = fields.u32(7);
            registerMtuBytes = fields.upTo(15, 0xffff);
        }
        ageMs = fields.u32(8);
        payloadType = PAYLOAD_TYPES[fields.upTo(10, PAYLOAD_TYPES.length - 1)];
        fields.at(9).lendBytes(0, WireLimits.MAX_PAYLOAD_BYTES, this);
    }

    @Override
    public String toString() {
        return toData().toString();
    }
}
