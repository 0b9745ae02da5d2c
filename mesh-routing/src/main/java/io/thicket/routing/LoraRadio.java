package io.thicket.routing;

/**
 * How a LoRa radio sends, and how long it may: airtime is exact from these (preamble of 8 symbols, explicit header, CRC).
 *
 * @param spreadingFactor 7 to 12
 * @param bandwidthKhz 125, 250 or 500
 * @param codingRate 1 (4/5) to 4 (4/8)
 * @param dutyPerMille share of time that this node may send, 1 to 1000; 1 % in Europe's 868.0 to 868.6 MHz (ETSI EN 300 220)
 */
public record LoraRadio(int spreadingFactor, int bandwidthKhz, int codingRate, int dutyPerMille) {
    private static final int PREAMBLE_SYMBOLS = 8;

    /** Two frames and the engine's reserve of a twentieth are half of what an hour allows: more it refuses. */
    private static final double MAX_FRAME_SHARE = 0.225;

    private static final double HOUR_US = 3.6e9;

    /** From this symbol time on every fourth bit is left out (low data rate optimisation). */
    private static final double SLOW_SYMBOL_US = 16_000;

    public LoraRadio {
        if (spreadingFactor < 7
                || spreadingFactor > 12
                || bandwidthKhz != 125 && bandwidthKhz != 250 && bandwidthKhz != 500
                || codingRate < 1
                || codingRate > 4
                || dutyPerMille < 1
                || dutyPerMille > 1_000) {
            throw new IllegalArgumentException("impossible LoRa radio: SF " + spreadingFactor + ", " + bandwidthKhz
                    + " kHz, coding rate " + codingRate + ", duty " + dutyPerMille + " per mille");
        }
    }

    /** SF9 at 125 kHz with coding rate 4/5 and a duty of 1 %: what most examples and tests use. */
    public static LoraRadio sf9() {
        return new LoraRadio(9, 125, 1, 10);
    }

    /** How long a frame of {@code bytes} is on the air, in us. */
    public long airtimeUs(int bytes) {
        double symbolUs = (1L << spreadingFactor) * 1_000.0 / bandwidthKhz;
        int slow = symbolUs >= SLOW_SYMBOL_US ? 1 : 0;
        int bits = 8 * bytes - 4 * spreadingFactor + 28 + 16;
        int perGroup = 4 * (spreadingFactor - 2 * slow);
        int groups = Math.max(0, (bits + perGroup - 1) / perGroup);
        int payloadSymbols = 8 + groups * (codingRate + 4);
        return Math.round((PREAMBLE_SYMBOLS + 4.25 + payloadSymbols) * symbolUs);
    }

    /** Whether a link of this radio can have frames of so many bytes: with a duty one must leave room for others in its hour. */
    public boolean mayCarry(int bytes) {
        return dutyPerMille >= 1_000 || airtimeUs(bytes) <= MAX_FRAME_SHARE * HOUR_US * dutyPerMille / 1_000;
    }
}
