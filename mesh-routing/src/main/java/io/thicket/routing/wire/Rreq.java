package io.thicket.routing.wire;

import io.thicket.routing.NodeId;
import io.thicket.routing.Seq;
import org.jspecify.annotations.Nullable;

/**
 * Type 1: who reaches {@code target}? Metric, routeSeq, hops and ttl change at every relay; the rest is the originator's.
 *
 * @param originSeq the originator's own Seq, bumped for this request
 * @param rreqId names the request together with the originator and its epoch
 * @param minSeq only an answer at least this new will do
 * @param metric and {@code routeSeq}: the relay's own current route to the originator (U3)
 * @param hops from the originator so far
 * @param ttl hops it may still go
 * @param directedOk may go unicast along a known route instead of being flooded
 * @param repair of a broken route
 * @param unicast this copy went unicast
 * @param lifetimeS the originator wants for the route
 * @param signature over the originator's fields, null if unsigned
 */
public record Rreq(
        NodeId origin,
        Seq originSeq,
        long rreqId,
        NodeId target,
        Seq minSeq,
        long metric,
        Seq routeSeq,
        int hops,
        int ttl,
        boolean directedOk,
        boolean repair,
        boolean unicast,
        int lifetimeS,
        @Nullable Bytes signature)
        implements MeshMessage {
    static final int TYPE = 1;

    public Rreq {
        Checks.seq(originSeq);
        WireLimits.u32(rreqId, "rreqId");
        Checks.seq(minSeq);
        WireLimits.u32(metric, "metric");
        Checks.seq(routeSeq);
        WireLimits.within(hops, WireLimits.MAX_HOPS, "hops");
        WireLimits.within(ttl, WireLimits.MAX_HOPS, "ttl");
        WireLimits.within(lifetimeS, 0xffff, "lifetime");
        Checks.signature(signature);
    }

    @Override
    public int type() {
        return TYPE;
    }

    /** The advert for the originator in it. */
    public Distance distance() {
        return new Distance(routeSeq, metric);
    }

    /** The copy that a relay sends: {@code route} is its own current route to the originator. */
    public Rreq relayed(Distance route, int newHops, int newTtl, boolean asUnicast) {
        return new Rreq(
                origin,
                originSeq,
                rreqId,
                target,
                minSeq,
                route.metric(),
                route.seq(),
                newHops,
                newTtl,
                directedOk,
                repair,
                asUnicast,
                lifetimeS,
                signature);
    }

    /** This request with a signature, or without one if that is null. */
    public Rreq signed(@Nullable Bytes newSignature) {
        return new Rreq(
                origin,
                originSeq,
                rreqId,
                target,
                minSeq,
                metric,
                routeSeq,
                hops,
                ttl,
                directedOk,
                repair,
                unicast,
                lifetimeS,
                newSignature);
    }

    /** A copy that shares nothing with the frame it came in. */
    public Rreq detached() {
        return signature == null ? this : signed(signature.detached());
    }

    /** Whether {@code other} is a copy of the same request: what only the originator says is equal. */
    public boolean isCopyOf(Rreq other) {
        return origin.equals(other.origin)
                && originSeq.equals(other.originSeq)
                && rreqId == other.rreqId
                && target.equals(other.target)
                && minSeq.equals(other.minSeq);
    }

    /** The bytes that are signed: "thicket/rreq/1", a zero byte, then the CBOR map of keys 0 to 5 and 11. */
    public byte[] signedPart() {
        return MessageWriter.rreqSignedPart(this);
    }
}
