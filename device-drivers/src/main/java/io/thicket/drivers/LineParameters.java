package io.thicket.drivers;

/**
 * Serial line settings.
 *
 * @param baud bits per second, 50 to 4 000 000
 * @param dataBits 5 to 8
 * @param parity parity bit
 * @param stopBits 1 or 2
 * @param dtr wanted level after opening
 * @param rts wanted level after opening
 */
public record LineParameters(int baud, int dataBits, Parity parity, int stopBits, boolean dtr, boolean rts) {
    /** Parity of a character. */
    public enum Parity {
        NONE,
        EVEN,
        ODD
    }

    public LineParameters {
        if (baud < 50 || baud > 4_000_000 || dataBits < 5 || dataBits > 8 || stopBits < 1 || stopBits > 2) {
            throw new IllegalArgumentException(
                    "serial line " + baud + " baud, " + dataBits + " data, " + stopBits + " stop bits");
        }
    }

    /** 8 data bits, no parity, 1 stop bit, DTR and RTS raised. */
    public static LineParameters of8N1(int baud) {
        return new LineParameters(baud, 8, Parity.NONE, 1, true, true);
    }
}
