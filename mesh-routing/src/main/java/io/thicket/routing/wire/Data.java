package io.thicket.routing.wire;

import io.thicket.routing.Destination;
import io.thicket.routing.MessageId;
import io.thicket.routing.NodeId;
import io.thicket.routing.PayloadType;
import io.thicket.routing.Seq;
import org.jspecify.annotations.Nullable;

/**
 * Type 8: a payload on its way. A decoded payload is a view of the frame buffer; {@link #detached} before keeping it.
 *
 * @param id origin, its epoch and the message number there
 * @param destination a node, or any gateway
 * @param pinned the gateway an anycast message goes to, null if none is chosen yet or {@code destination} is a node
 * @param descent the sending hop's feasibility distance to where it goes (U8), null if it has none
 * @param ttl hops it may still go
 * @param hops it travelled, 0 in the origin's own transmission
 * @param turn +1 whenever somebody sends the message anew
 * @param repins how often the pin was changed in this turn, 0 to {@link #MAX_REPINS}
 * @param wantsSettle E flag: settle it end to end
 * @param highPriority P flag
 * @param register R flag: the sending hop's route back to the origin, null if the message registers nothing
 * @param ageMs since the origin made it
 */
public record Data(
        MessageId id,
        Destination destination,
        @Nullable NodeId pinned,
        @Nullable Distance descent,
        int ttl,
        int hops,
        int turn,
        int repins,
        boolean wantsSettle,
        boolean highPriority,
        @Nullable Registration register,
        long ageMs,
        PayloadType payloadType,
        Bytes payload)
        implements MeshMessage {
    static final int TYPE = 8;

    /** The anycast service number of {@link Destination#GATEWAY}. */
    public static final int SERVICE_GATEWAY = 1;

    public static final int MAX_REPINS = 3;

    /** Turns of one message. */
    public static final int MAX_TURN = 0xffff;

    /** An advert of the sending hop's route to the origin (U3), and the smallest MTU on it (0 if not known). */
    public record Registration(Seq seq, long metric, int mtuBytes) {
        public Registration {
            Checks.seq(seq);
            WireLimits.u32(metric, "metric");
            Checks.mtu(mtuBytes);
        }

        public Distance distance() {
            return new Distance(seq, metric);
        }
    }

    public Data {
        WireLimits.u32(id.epoch(), "epoch");
        WireLimits.u32(id.number(), "message number");
        if (pinned != null && !(destination instanceof Destination.AnyGateway)) {
            throw new IllegalArgumentException("only an anycast message has a pin");
        }
        WireLimits.within(ttl, WireLimits.MAX_HOPS, "ttl");
        WireLimits.within(hops, WireLimits.MAX_HOPS, "hops");
        WireLimits.within(turn, MAX_TURN, "turn");
        WireLimits.within(repins, MAX_REPINS, "repins");
        WireLimits.u32(ageMs, "age");
        WireLimits.within(payload.length(), WireLimits.MAX_PAYLOAD_BYTES, "payload bytes");
    }

    @Override
    public int type() {
        return TYPE;
    }

    /** The copy that this node sends on: its own descent proof and registration, and what travelling changed. */
    public Data forwarded(
            @Nullable Distance newDescent, @Nullable Registration newRegister, int newTtl, int newHops, long newAgeMs) {
        return new Data(
                id,
                destination,
                pinned,
                newDescent,
                newTtl,
                newHops,
                turn,
                repins,
                wantsSettle,
                highPriority,
                newRegister,
                newAgeMs,
                payloadType,
                payload);
    }

    /** Sent anew: another turn, pin and count of pins. */
    public Data withTurn(int newTurn, @Nullable NodeId newPinned, int newRepins) {
        return new Data(
                id,
                destination,
                newPinned,
                descent,
                ttl,
                hops,
                newTurn,
                newRepins,
                wantsSettle,
                highPriority,
                register,
                ageMs,
                payloadType,
                payload);
    }

    /** The same message with a payload that shares no buffer, to keep in a queue. */
    public Data detached() {
        return new Data(
                id,
                destination,
                pinned,
                descent,
                ttl,
                hops,
                turn,
                repins,
                wantsSettle,
                highPriority,
                register,
                ageMs,
                payloadType,
                payload.detached());
    }
}
