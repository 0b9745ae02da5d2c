package io.thicket.sim.medium.wifi;

/** The numbers of IEEE 802.11b's distributed coordination function at 2 Mb/s with the long preamble. Times in us. */
public final class Dcf {
    public static final int SLOT_US = 20;
    public static final int SIFS_US = 10;
    public static final int DIFS_US = 50;

    /** PLCP preamble and header, long form, at 1 Mb/s. */
    public static final int PLCP_US = 192;

    /** Every data frame, broadcast and acknowledgement; 8 bits take 4 us. */
    public static final int RATE_KBPS = 2_000;

    /** Up to 250 m are 0.84 us; a whole one is added to each frame. */
    public static final int PROPAGATION_US = 1;

    public static final int CW_MIN = 31;
    public static final int CW_MAX = 1023;

    /**
     * dot11ShortRetryLimit: transmissions of one frame in all, as the standard and ns-3 count them. No frame here is above the RTS
     * threshold, so all are short.
     */
    public static final int RETRY_LIMIT = 7;

    public static final int MAC_HEADER_BYTES = 24;
    public static final int LLC_BYTES = 8;
    public static final int FCS_BYTES = 4;
    public static final int ACK_BYTES = 14;

    /** Frames that wait at one station. */
    public static final int QUEUE_FRAMES = 400;

    /** How long a frame may wait, ns-3's default. */
    public static final long QUEUE_LIFE_US = 500_000;

    /** What follows a reception with errors: SIFS + an acknowledgement at 1 Mb/s + DIFS. */
    public static final int EIFS_US = SIFS_US + PLCP_US + 8 * ACK_BYTES + DIFS_US;

    private Dcf() {}

    /** Airtime of a MAC frame of {@code bytes}, header and FCS included. */
    public static int airtimeUs(int bytes) {
        return PLCP_US + 8 * bytes * 1_000 / RATE_KBPS;
    }
}
