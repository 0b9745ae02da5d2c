package io.thicket.sim.medium.wifi;

import io.thicket.routing.LoraRadio;
import org.jspecify.annotations.Nullable;

/**
 * What the one access method here ({@link Station}) counts with on a kind of radio: carrier sense, backoff, and where there are
 * any, acknowledgements. Times in us.
 *
 * @param name for people
 * @param slotUs of the backoff
 * @param sifsUs between a frame and its acknowledgement
 * @param difsUs how long the medium must have been idle
 * @param eifsUs the same after a frame with errors
 * @param cwMin slots of the first contention window, less one
 * @param cwMax of the last one
 * @param transmissions of a unicast frame in all, at least 1
 * @param ackUs airtime of an acknowledgement, 0 if the radio has none: each frame is then sent once
 * @param preambleUs in which a stronger frame takes the receiver over
 * @param captureRatio how much stronger, as a ratio of powers
 * @param spareableUs how much of a frame's beginning may be lost without harm
 * @param queueLifeUs how long a frame may wait for the medium
 * @param headerBytes what is around the payload of a frame, check sequence included
 * @param internet whether IPv6 and UDP are around a datagram
 * @param maxBytes of a frame on the air, header included
 * @param kbps its rate, for whoever wants to know a hop's cost; at least 1
 * @param bitsPerUs what interference destroys in a us
 * @param duty share of each hour that a station may send, 1 for no limit
 * @param lora the settings of a LoRa modem, null of Wi-Fi
 * @param airtime of a frame
 */
public record Phy(
        String name,
        int slotUs,
        int sifsUs,
        int difsUs,
        int eifsUs,
        int cwMin,
        int cwMax,
        int transmissions,
        int ackUs,
        int preambleUs,
        double captureRatio,
        int spareableUs,
        long queueLifeUs,
        int headerBytes,
        boolean internet,
        int maxBytes,
        int kbps,
        double bitsPerUs,
        double duty,
        @Nullable LoraRadio lora,
        Airtime airtime) {
    /** How long a frame of so many bytes is on the air, header included. */
    @FunctionalInterface
    public interface Airtime {
        int us(int bytes);
    }

    private static final int WIFI_HEADER_BYTES = Dcf.MAC_HEADER_BYTES + Dcf.LLC_BYTES + Dcf.FCS_BYTES;
    private static final int WIFI_MAX_BYTES = 2_346;

    /** 802.11b at 2 Mb/s with the long preamble. */
    public static final Phy DSSS = new Phy(
            "802.11b at 2 Mb/s",
            Dcf.SLOT_US,
            Dcf.SIFS_US,
            Dcf.DIFS_US,
            Dcf.EIFS_US,
            Dcf.CW_MIN,
            Dcf.CW_MAX,
            Dcf.RETRY_LIMIT,
            Dcf.airtimeUs(Dcf.ACK_BYTES),
            Dcf.PLCP_US,
            10,
            0,
            Dcf.QUEUE_LIFE_US,
            WIFI_HEADER_BYTES,
            true,
            WIFI_MAX_BYTES,
            Dcf.RATE_KBPS,
            Dcf.RATE_KBPS / 1_000.0,
            1,
            null,
            Dcf::airtimeUs);

    /** Symbols of a LoRa preamble (SX1276); a receiver needs the last five of them. */
    private static final int LORA_PREAMBLE = 8;

    private static final int LORA_SPAREABLE = LORA_PREAMBLE - 5;

    /** Symbols that a channel activity detection takes. */
    private static final int CAD_SYMBOLS = 2;

    /** From and to, 2 bytes each: a LoRa frame has no addresses of its own. Its check sequence is in the airtime. */
    private static final int LORA_HEADER_BYTES = 4;

    private static final int LORA_MAX_BYTES = 255;
    private static final int LORA_CW = 15;

    /** Longer than a frame of the slowest setting lasts, several times. */
    private static final long LORA_QUEUE_LIFE_US = 60_000_000;

    /** 6 dB: LoRaSim, for frames of one spreading factor. */
    private static final double LORA_CAPTURE = StrictMath.pow(10, 0.6);

    public Phy {
        if (slotUs < 1 || transmissions < 1 || cwMin < 1 || cwMax < cwMin || !(duty > 0 && duty <= 1) || kbps < 1) {
            throw new IllegalArgumentException("impossible radio " + name);
        }
    }

    /**
     * 802.11g without any 802.11b station about: IEEE 802.11 clause 18 at 20 MHz. Every frame has this rate.
     *
     * @param mbps 6, 9, 12, 18, 24, 36, 48 or 54
     */
    public static Phy ofdm(int mbps) {
        OfdmErrorRate.of(mbps); // refuses what is no rate
        int basic = mbps >= 24 ? 24 : mbps >= 12 ? 12 : 6;
        int sifs = 10;
        int difs = 28;
        return new Phy(
                "802.11g at " + mbps + " Mb/s",
                9,
                sifs,
                difs,
                sifs + ofdmUs(6, Dcf.ACK_BYTES) + difs,
                15,
                1_023,
                Dcf.RETRY_LIMIT,
                ofdmUs(basic, Dcf.ACK_BYTES),
                20,
                StrictMath.pow(10, 0.5), // ns-3's default of 5 dB
                0,
                Dcf.QUEUE_LIFE_US,
                WIFI_HEADER_BYTES,
                true,
                WIFI_MAX_BYTES,
                1_000 * mbps,
                mbps,
                1,
                null,
                bytes -> ofdmUs(mbps, bytes));
    }

    /**
     * A LoRa modem that listens before it talks (channel activity detection, then a random number of detections' time) and hears no
     * acknowledgements. Its duty is one of any hour (ETSI EN 300 220).
     */
    public static Phy lora(LoraRadio radio) {
        int symbolUs = (int) Math.round((1L << radio.spreadingFactor()) * 1_000.0 / radio.bandwidthKhz());
        int cadUs = CAD_SYMBOLS * symbolUs;
        double bytesPerUs = 200.0 / radio.airtimeUs(200);
        return new Phy(
                "LoRa SF" + radio.spreadingFactor() + ", " + radio.bandwidthKhz() + " kHz",
                cadUs,
                0,
                cadUs,
                cadUs,
                LORA_CW,
                LORA_CW,
                1,
                0,
                LORA_PREAMBLE * symbolUs,
                LORA_CAPTURE,
                LORA_SPAREABLE * symbolUs,
                LORA_QUEUE_LIFE_US,
                LORA_HEADER_BYTES,
                false,
                LORA_MAX_BYTES,
                Math.max(1, (int) Math.round(8_000 * bytesPerUs)),
                8 * bytesPerUs,
                radio.dutyPerMille() / 1_000.0,
                radio,
                bytes -> Math.toIntExact(radio.airtimeUs(bytes)));
    }

    /** Whether the receiver acknowledges unicast frames. */
    public boolean acknowledges() {
        return ackUs > 0;
    }

    /** How long a sender waits for the acknowledgement after the end of its frame. */
    int ackTimeoutUs() {
        return sifsUs + slotUs + ackUs + 2 * Dcf.PROPAGATION_US;
    }

    /** Preamble and signal 20 us, symbols of 4 us with 16 service and 6 tail bits, 6 us of signal extension at 2.4 GHz. */
    private static int ofdmUs(int mbps, int bytes) {
        int bitsPerSymbol = 4 * mbps;
        return 20 + 4 * ((22 + 8 * bytes + bitsPerSymbol - 1) / bitsPerSymbol) + 6;
    }
}
