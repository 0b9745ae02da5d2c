package io.thicket.drivers.checksum;

/** A cyclic redundancy check of 8 or 16 bits by table, in one of the two directions in which bits are sent. */
final class Crc {
    static final Crc CRC8 = new Crc(0x07, 8, false, 0, 0);
    static final Crc DALLAS = new Crc(0x8C, 8, true, 0, 0);
    static final Crc MODBUS = new Crc(0xA001, 16, true, 0xFFFF, 0);
    static final Crc ARC = new Crc(0xA001, 16, true, 0, 0);
    static final Crc X25 = new Crc(0x8408, 16, true, 0xFFFF, 0xFFFF);
    static final Crc XMODEM = new Crc(0x1021, 16, false, 0, 0);

    private final int polynomial;
    private final int width;
    private final boolean mirrored;
    private final int initial;
    private final int inverted;
    private final int mask;
    private final int[] table = new int[256];

    /** @param mirrored whether bytes come lowest bit first; then the polynomial is written so, too */
    private Crc(int polynomial, int width, boolean mirrored, int initial, int inverted) {
        this.polynomial = polynomial;
        this.width = width;
        this.mirrored = mirrored;
        this.initial = initial;
        this.inverted = inverted;
        this.mask = (1 << width) - 1;
        for (int i = 0; i < table.length; i++) {
            int crc = mirrored ? i : i << width - 8;
            for (int bit = 0; bit < 8; bit++) {
                crc = timesX(crc);
            }
            table[i] = crc;
        }
    }

    /** The check value of {@code bytes[from..to)}. */
    int over(byte[] bytes, int from, int to) {
        int crc = initial;
        if (mirrored) {
            for (int i = from; i < to; i++) {
                crc = crc >>> 8 ^ table[(crc ^ bytes[i]) & 0xFF];
            }
        } else {
            for (int i = from; i < to; i++) {
                crc = step(crc, bytes[i]);
            }
        }
        return finish(crc);
    }

    /** The register after one more byte. */
    int step(int crc, int b) {
        return mirrored
                ? crc >>> 8 ^ table[(crc ^ b) & 0xFF]
                : (crc << 8 ^ table[(crc >>> width - 8 ^ b) & 0xFF]) & mask;
    }

    /** What the register holds before the first byte. */
    int initial() {
        return initial;
    }

    /** The check value of the register after the last byte. */
    int finish(int crc) {
        return crc ^ inverted;
    }

    /** The register that stands for the polynomial 1. */
    int one() {
        return mirrored ? 1 << width - 1 : 1;
    }

    /** The product of two polynomials, modulo this one. */
    int multiply(int a, int b) {
        int product = 0;
        int power = b;
        for (int i = 0; i < width; i++) {
            int bit = mirrored ? a >>> width - 1 - i : a >>> i;
            product ^= power & -(bit & 1);
            power = timesX(power);
        }
        return product;
    }

    private int timesX(int crc) {
        return mirrored
                ? crc >>> 1 ^ (polynomial & -(crc & 1))
                : (crc << 1 ^ (polynomial & -(crc >>> width - 1 & 1))) & mask;
    }
}
