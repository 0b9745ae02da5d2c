package io.thicket.routing.engine;

import io.thicket.routing.NodeId;
import io.thicket.routing.wire.Data;
import io.thicket.routing.wire.Distance;
import io.thicket.routing.wire.E2eAck;
import org.jspecify.annotations.Nullable;

/** One message in this node's custody, waiting for its next hop or for that hop's acknowledgement. */
final class Held {
    /** Stands for "whichever gateway is best" as a queue's target. No node has this NodeId but by a 2^-64 accident. */
    static final NodeId ANY_GATEWAY = new NodeId(0);

    /** The DATA as it came in or was made; null for an E2EACK. */
    @Nullable
    Data data;

    final @Nullable E2eAck ack;

    /** The node it goes to, or {@link #ANY_GATEWAY}. */
    NodeId target;

    final boolean own;
    final boolean high;
    final long takenAtMs;
    final long expiresAtMs;

    /** Where it came from, null if it was made here: it is not sent back there as long as U8 can prevent it. */
    final @Nullable Neighbor from;

    boolean everSent;

    /** It came with the R flag. */
    boolean register;

    /** It carries the R flag to its present hop. */
    boolean registers;

    /** An E2EACK that was not taken at once, or for a message that its origin repeats: it goes under an exchange. */
    boolean needsAnswer;

    /** Made by the engine itself: its user does not hear of it. */
    boolean internal;

    /** The feasibility distance it was last transmitted with. */
    @Nullable
    Distance stamped;

    private Held(
            @Nullable Data data,
            @Nullable E2eAck ack,
            NodeId target,
            boolean own,
            boolean high,
            long takenAtMs,
            long expiresAtMs,
            @Nullable Neighbor from) {
        this.data = data;
        this.ack = ack;
        this.target = target;
        this.own = own;
        this.high = high;
        this.takenAtMs = takenAtMs;
        this.expiresAtMs = expiresAtMs;
        this.from = from;
        this.register = data != null && data.register() != null;
    }

    static Held of(Data data, NodeId target, @Nullable Neighbor from, long nowMs, long expiresAtMs) {
        return new Held(data, null, target, from == null, data.highPriority(), nowMs, expiresAtMs, from);
    }

    static Held of(E2eAck ack, @Nullable Neighbor from, long nowMs, long expiresAtMs) {
        return new Held(null, ack, ack.origin(), from == null, true, nowMs, expiresAtMs, from);
    }

    /** Who made the message. */
    NodeId origin() {
        Data message = data;
        E2eAck settles = ack;
        if (message != null) {
            return message.id().origin();
        }
        if (settles == null) {
            throw new AssertionError("neither DATA nor E2EACK");
        }
        return settles.gateway();
    }

    /** Since the origin made it, as this node knows. */
    long ageMs(long nowMs) {
        Data message = data;
        return message == null ? 0 : Math.min(0xffff_ffffL, message.ageMs() + (nowMs - takenAtMs));
    }
}
