package io.thicket.routing;

import org.jspecify.annotations.Nullable;

/**
 * What a link can do.
 *
 * @param linkClass selects timers
 * @param rateKbps the basic rate in kbit/s, at least 1; hop cost derives from it
 * @param mtuBytes the largest sealed frame in bytes that the link carries (CoAP and IP headers already taken off)
 * @param up whether it can send now
 * @param radio what a LoRa radio's airtime and duty derive from; without one the rate and the class's duty do
 */
public record LinkInfo(
        LinkClass linkClass,
        int rateKbps,
        int mtuBytes,
        boolean up,
        @Nullable LoraRadio radio) {
    /** The smallest frame size that any link must carry. */
    public static final int MIN_MTU_BYTES = 128;

    /** The largest frame size that the engine uses, whatever the link could do. */
    public static final int MAX_MTU_BYTES = 1200;

    public LinkInfo {
        if (rateKbps < 1) {
            throw new IllegalArgumentException("rate " + rateKbps + " kbit/s");
        }
        if (mtuBytes < MIN_MTU_BYTES || mtuBytes > MAX_MTU_BYTES) {
            throw new IllegalArgumentException("MTU " + mtuBytes + " bytes");
        }
        if (radio != null && linkClass != LinkClass.LORA) {
            throw new IllegalArgumentException("a LoRa radio on a link of class " + linkClass);
        }
    }

    /** A link whose airtime derives from its rate. */
    public LinkInfo(LinkClass linkClass, int rateKbps, int mtuBytes, boolean up) {
        this(linkClass, rateKbps, mtuBytes, up, null);
    }
}
