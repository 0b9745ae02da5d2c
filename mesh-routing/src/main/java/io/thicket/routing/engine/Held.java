package io.thicket.routing.engine;

import io.thicket.routing.NodeId;
import io.thicket.routing.wire.Data;
import io.thicket.routing.wire.DataFields;
import io.thicket.routing.wire.Distance;
import io.thicket.routing.wire.E2eAck;
import org.jspecify.annotations.Nullable;

/**
 * One message in this node's custody, waiting for its next hop or for that hop's acknowledgement. When its custody ends it
 * serves for another one.
 */
final class Held {
    /** Stands for "whichever gateway is best" as a queue's target. No node has this NodeId but by a 2^-64 accident. */
    static final NodeId ANY_GATEWAY = new NodeId(0);

    /** Stands for the metric of no feasibility distance. */
    static final long NO_DISTANCE = -1;

    private static final byte[] NOTHING = new byte[0];

    /** Payloads are stored in steps of this, so that one that is a little longer than the last finds room. */
    private static final int STORAGE_STEP = 128;

    /** The DATA as it came in or was made; null for an E2EACK. */
    @Nullable
    DataFields data;

    @Nullable
    E2eAck ack;

    /** The node it goes to, or {@link #ANY_GATEWAY}. */
    NodeId target = ANY_GATEWAY;

    boolean own;
    boolean high;
    long takenAtMs;
    long expiresAtMs;

    /** Where it came from, null if it was made here: it is not sent back there as long as U8 can prevent it. */
    @Nullable
    Neighbor from;

    boolean everSent;

    /** It came with the R flag. */
    boolean register;

    /** It carries the R flag to its present hop. */
    boolean registers;

    /** An E2EACK that was not taken at once, or for a message that its origin repeats: it goes under an exchange. */
    boolean needsAnswer;

    /** Made by the engine itself: its user does not hear of it. */
    boolean internal;

    /** The feasibility distance it was last transmitted with: a {@link PackedSeq}, and a metric or {@link #NO_DISTANCE}. */
    private long stampedSeq;

    private long stampedMetric = NO_DISTANCE;

    /** Of the DATA when it was taken. */
    private long ageWhenTakenMs;

    /** Where the DATA and its payload are kept, from one message to the next. */
    private final DataFields fields = new DataFields();

    private byte[] storage = NOTHING;

    /** One on its own; those that pass come from {@link CustodyQueue#blank}. */
    static Held of(Data data, NodeId target, @Nullable Neighbor from, long nowMs, long expiresAtMs) {
        return new Held().take(new DataFields().set(data), target, from, nowMs, expiresAtMs);
    }

    /** Becomes a copy of {@code message}. */
    Held take(DataFields message, NodeId goesTo, @Nullable Neighbor cameFrom, long nowMs, long untilMs) {
        if (storage.length < message.payloadBytes()) {
            storage = new byte[(message.payloadBytes() / STORAGE_STEP + 1) * STORAGE_STEP];
        }
        fields.copy(message, storage);
        begin(goesTo, cameFrom, nowMs, untilMs);
        data = fields;
        ack = null;
        high = message.highPriority();
        register = message.registers();
        ageWhenTakenMs = message.ageMs();
        return this;
    }

    /** Becomes {@code settles}. */
    Held take(E2eAck settles, @Nullable Neighbor cameFrom, long nowMs, long untilMs) {
        begin(settles.origin(), cameFrom, nowMs, untilMs);
        data = null;
        ack = settles;
        high = true;
        register = false;
        return this;
    }

    /** Its custody is over: it holds on to nothing any more. */
    void forget() {
        data = null;
        ack = null;
        from = null;
        stampedMetric = NO_DISTANCE;
        target = ANY_GATEWAY;
    }

    private void begin(NodeId goesTo, @Nullable Neighbor cameFrom, long nowMs, long untilMs) {
        target = goesTo;
        from = cameFrom;
        own = cameFrom == null;
        takenAtMs = nowMs;
        expiresAtMs = untilMs;
        everSent = false;
        registers = false;
        internal = false;
        needsAnswer = false;
        stampedMetric = NO_DISTANCE;
    }

    /** It is transmitted with the feasibility distance of this route, if there is one. */
    void stamp(@Nullable RouteEntry route) {
        if (route == null || !route.hasDistance()) {
            stampedMetric = NO_DISTANCE;
        } else {
            stampedSeq = route.packedFeasibleSeq();
            stampedMetric = route.feasibleMetric();
        }
    }

    /** Whether the feasibility distance of this route is the one that it was last transmitted with. */
    boolean isStampedBy(@Nullable RouteEntry route) {
        if (route == null || !route.hasDistance()) {
            return !isStamped();
        }
        return stampedMetric == route.feasibleMetric() && stampedSeq == route.packedFeasibleSeq();
    }

    boolean isStamped() {
        return stampedMetric != NO_DISTANCE;
    }

    /** A {@link PackedSeq}; of no meaning if it is not {@link #isStamped}. */
    long stampedSeq() {
        return stampedSeq;
    }

    /** {@link #NO_DISTANCE} if it is not {@link #isStamped}. */
    long stampedMetric() {
        return stampedMetric;
    }

    @Nullable
    Distance stampedOnWire() {
        return isStamped() ? new Distance(PackedSeq.unpack(stampedSeq), stampedMetric) : null;
    }

    /** Who made the message. */
    NodeId origin() {
        DataFields message = data;
        E2eAck settles = ack;
        if (message != null) {
            return message.origin();
        }
        if (settles == null) {
            throw new AssertionError("neither DATA nor E2EACK");
        }
        return settles.gateway();
    }

    /** Since the origin made it, as this node knows. */
    long ageMs(long nowMs) {
        return data == null ? 0 : Math.min(0xffff_ffffL, ageWhenTakenMs + (nowMs - takenAtMs));
    }
}
