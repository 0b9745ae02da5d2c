package io.thicket.drivers.checksum;

/** Cyclic redundancy checks by table, in the two directions in which bits are sent. */
final class Crc {
    private Crc() {}

    /** Table of a check whose bytes come lowest bit first; {@code polynomial} is written mirrored. */
    static int[] mirroredTable(int polynomial) {
        int[] table = new int[256];
        for (int i = 0; i < table.length; i++) {
            int crc = i;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) != 0 ? crc >>> 1 ^ polynomial : crc >>> 1;
            }
            table[i] = crc;
        }
        return table;
    }

    /** Table of a check of {@code width} bits whose bytes come highest bit first. */
    static int[] table(int polynomial, int width) {
        int top = 1 << width - 1;
        int mask = (1 << width) - 1;
        int[] table = new int[256];
        for (int i = 0; i < table.length; i++) {
            int crc = i << width - 8;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & top) != 0 ? crc << 1 ^ polynomial : crc << 1;
            }
            table[i] = crc & mask;
        }
        return table;
    }

    static int mirrored(int[] table, int initial, byte[] bytes, int from, int to) {
        int crc = initial;
        for (int i = from; i < to; i++) {
            crc = crc >>> 8 ^ table[(crc ^ bytes[i]) & 0xFF];
        }
        return crc;
    }

    static int straight16(int[] table, byte[] bytes, int from, int to) {
        int crc = 0;
        for (int i = from; i < to; i++) {
            crc = (crc << 8 ^ table[(crc >>> 8 ^ bytes[i]) & 0xFF]) & 0xFFFF;
        }
        return crc;
    }

    static int straight8(int[] table, byte[] bytes, int from, int to) {
        int crc = 0;
        for (int i = from; i < to; i++) {
            crc = table[(crc ^ bytes[i]) & 0xFF];
        }
        return crc;
    }
}
