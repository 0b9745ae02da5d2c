package io.thicket.drivers.modbus;

/** CRC-16/MODBUS: polynomial 0xA001 (reflected), begins with 0xFFFF; the low byte is sent first. */
final class ModbusCrc {
    /** Bytes of the check value. */
    static final int LENGTH = 2;

    private static final int[] TABLE = table();

    private ModbusCrc() {}

    /** The check value of {@code bytes[from..to)}. */
    static int over(byte[] bytes, int from, int to) {
        int crc = 0xFFFF;
        for (int i = from; i < to; i++) {
            crc = crc >>> 8 ^ TABLE[(crc ^ bytes[i]) & 0xFF];
        }
        return crc;
    }

    /** Whether {@code bytes[from..to)} ends with the check value of what is before it. */
    static boolean holds(byte[] bytes, int from, int to) {
        return to - from > LENGTH
                && over(bytes, from, to - LENGTH) == ((bytes[to - 2] & 0xFF) | (bytes[to - 1] & 0xFF) << 8);
    }

    /** {@code body} and its check value. */
    static byte[] append(byte[] body) {
        byte[] frame = new byte[body.length + LENGTH];
        System.arraycopy(body, 0, frame, 0, body.length);
        int crc = over(body, 0, body.length);
        frame[body.length] = (byte) crc;
        frame[body.length + 1] = (byte) (crc >> 8);
        return frame;
    }

    private static int[] table() {
        int[] table = new int[256];
        for (int i = 0; i < table.length; i++) {
            int crc = i;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) != 0 ? crc >>> 1 ^ 0xA001 : crc >>> 1;
            }
            table[i] = crc;
        }
        return table;
    }
}
