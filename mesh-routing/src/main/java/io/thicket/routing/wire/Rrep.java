package io.thicket.routing.wire;

import io.thicket.routing.NodeId;
import io.thicket.routing.Seq;
import org.jspecify.annotations.Nullable;

/**
 * Type 2: the target's answer to an RREQ, relayed hop by hop to the originator.
 *
 * @param targetSeq the target's own Seq: a signed proof, not an advert
 * @param lifetimeS how long the target wants the route kept
 * @param metric and {@code routeSeq}: the relay's own current route to the target (U3); U1 applies to these only
 * @param hops from the target so far
 * @param ttl hops it may still go
 * @param mtuBytes the smallest MTU so far, 0 if not known
 * @param signature over the target's fields, null if unsigned
 */
public record Rrep(
        NodeId target,
        Seq targetSeq,
        NodeId origin,
        long rreqId,
        int lifetimeS,
        long metric,
        Seq routeSeq,
        int hops,
        int ttl,
        int mtuBytes,
        @Nullable Bytes signature)
        implements MeshMessage {
    static final int TYPE = 2;

    public Rrep {
        Checks.seq(targetSeq);
        WireLimits.u32(rreqId, "rreqId");
        WireLimits.within(lifetimeS, 0xffff, "lifetime");
        WireLimits.u32(metric, "metric");
        Checks.seq(routeSeq);
        WireLimits.within(hops, WireLimits.MAX_HOPS, "hops");
        WireLimits.within(ttl, WireLimits.MAX_HOPS, "ttl");
        Checks.mtu(mtuBytes);
        Checks.signature(signature);
    }

    @Override
    public int type() {
        return TYPE;
    }

    /** The advert for the target in it. */
    public Distance distance() {
        return new Distance(routeSeq, metric);
    }

    /** The copy that a relay sends: {@code route} is its own current route to the target. */
    public Rrep relayed(Distance route, int newHops, int newTtl, int newMtuBytes) {
        return new Rrep(
                target,
                targetSeq,
                origin,
                rreqId,
                lifetimeS,
                route.metric(),
                route.seq(),
                newHops,
                newTtl,
                newMtuBytes,
                signature);
    }

    /** This reply with a signature, or without one if that is null. */
    public Rrep signed(@Nullable Bytes newSignature) {
        return new Rrep(
                target, targetSeq, origin, rreqId, lifetimeS, metric, routeSeq, hops, ttl, mtuBytes, newSignature);
    }

    /** A copy that shares nothing with the frame it came in. */
    public Rrep detached() {
        return signature == null ? this : signed(signature.detached());
    }

    /** The bytes that are signed: "thicket/rrep/1", a zero byte, then the CBOR map of keys 0 to 5. */
    public byte[] signedPart() {
        return MessageWriter.rrepSignedPart(this);
    }
}
