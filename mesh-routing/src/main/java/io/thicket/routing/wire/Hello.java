package io.thicket.routing.wire;

import io.thicket.routing.Identity;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Type 4: I am here, whom I hear, and my gateways. Link-local, never relayed.
 *
 * @param helloSeq +1 with each HELLO of this boot, so that gaps show losses
 * @param intervalMs until the next one at the latest
 * @param heard whom I hear on this link, at most {@link WireLimits#MAX_HEARD}
 * @param gateways at most {@link WireLimits#MAX_GATEWAYS}
 * @param roles what the node does
 * @param willingness to relay for others, 0 never (leaf) to 7 always
 * @param queuePercent how full its queue is, 0 to 100
 * @param digest of its table, null if none; it is an advert of every entry it stands for (U3)
 */
public record Hello(
        long helloSeq,
        long intervalMs,
        List<Heard> heard,
        List<GatewayEntry> gateways,
        Set<Identity.Role> roles,
        int willingness,
        int queuePercent,
        @Nullable Bytes digest)
        implements MeshMessage {
    static final int TYPE = 4;

    /** The largest willingness. */
    public static final int MAX_WILLINGNESS = 7;

    /**
     * One neighbour heard.
     *
     * @param prefix the first four bytes of its NodeId
     * @param bootTagLowByte the last byte of the boot tag it is heard under, 0 to 255
     * @param rxRatio of its recent HELLOs that arrived, 0 none to 255 all
     * @param energy cost class of the neighbour, 0 mains to 255
     */
    public record Heard(int prefix, int bootTagLowByte, int rxRatio, int energy) {
        /** Stands last in a list that is cut off: there are more. Nobody else is listed with an rxRatio of 0. */
        public static final Heard MORE = new Heard(0, 0, 0, 0);

        public Heard {
            WireLimits.within(bootTagLowByte, 255, "boot tag byte");
            WireLimits.within(rxRatio, 255, "rx ratio");
            WireLimits.within(energy, 255, "energy");
        }
    }

    public Hello {
        WireLimits.u32(helloSeq, "helloSeq");
        WireLimits.u32(intervalMs, "interval");
        heard = List.copyOf(heard);
        gateways = List.copyOf(gateways);
        roles = Set.copyOf(roles);
        WireLimits.within(heard.size(), WireLimits.MAX_HEARD, "heard");
        WireLimits.within(gateways.size(), WireLimits.MAX_GATEWAYS, "gateways");
        WireLimits.within(willingness, MAX_WILLINGNESS, "willingness");
        WireLimits.within(queuePercent, 100, "queue");
        if (digest != null) {
            WireLimits.within(digest.length(), WireLimits.MAX_DIGEST_BYTES, "digest bytes");
        }
    }

    /** Whether a node that is not listed is not heard. */
    public boolean isHeardListComplete() {
        for (Heard each : heard) {
            if (each.rxRatio == 0) {
                return false;
            }
        }
        return heard.size() < WireLimits.MAX_HEARD;
    }

    @Override
    public int type() {
        return TYPE;
    }
}
