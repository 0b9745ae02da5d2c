package io.thicket.routing.wire;

import io.thicket.routing.NodeId;
import io.thicket.routing.Seq;
import org.jspecify.annotations.Nullable;

/**
 * What a HELLO says about one gateway: the advert of the announcer's current route to it, and how the gateway is.
 *
 * @param seq the gateway's own Seq as the announcer's next hop advertised it (U3)
 * @param metric of the announcer's current route in 10 us units, 0 from the gateway itself
 * @param hops of that route
 * @param uplink whether its broker takes messages
 * @param backlog whether readings wait for its broker
 * @param accepting whether it has room for more readings
 * @param lifetimeS how long the entry may be used, 0 withdraws the gateway
 * @param loadPercent 0 to 100
 * @param mtuBytes the smallest MTU on the path, 0 if not known
 * @param signature by the gateway over {@link #signedPart}, null if unsigned
 * @param signedCount the count of the gateway's Seq that the signature is over; that of {@code seq} if unsigned
 */
public record GatewayEntry(
        NodeId gateway,
        Seq seq,
        long metric,
        int hops,
        boolean uplink,
        boolean backlog,
        boolean accepting,
        int lifetimeS,
        int loadPercent,
        int mtuBytes,
        @Nullable Bytes signature,
        long signedCount) {
    public GatewayEntry {
        Checks.seq(seq);
        WireLimits.u32(metric, "metric");
        WireLimits.within(hops, WireLimits.MAX_HOPS, "hops");
        WireLimits.within(lifetimeS, 0xffff, "lifetime");
        WireLimits.within(loadPercent, 100, "load");
        Checks.mtu(mtuBytes);
        Checks.signature(signature);
        WireLimits.u32(signedCount, "signed count");
        if (signature == null && signedCount != seq.count()) {
            throw new IllegalArgumentException("a signed count without a signature");
        }
    }

    /** Unsigned, or signed over the very Seq in it. */
    public GatewayEntry(
            NodeId gateway,
            Seq seq,
            long metric,
            int hops,
            boolean uplink,
            boolean backlog,
            boolean accepting,
            int lifetimeS,
            int loadPercent,
            int mtuBytes,
            @Nullable Bytes signature) {
        this(
                gateway,
                seq,
                metric,
                hops,
                uplink,
                backlog,
                accepting,
                lifetimeS,
                loadPercent,
                mtuBytes,
                signature,
                seq.count());
    }

    /** The Seq that the signature is over. */
    public Seq signedSeq() {
        return new Seq(seq.epoch(), signedCount);
    }

    /** The bytes that are signed: "thicket/gateway/1", a zero byte, then the CBOR array [node, epoch, count, uplink 0/1]. */
    public static byte[] signedPart(NodeId gateway, Seq signed, boolean uplink) {
        return MessageWriter.gatewaySignedPart(gateway, signed, uplink);
    }

    /** The advert in it. */
    public Distance distance() {
        return new Distance(seq, metric);
    }
}
