package io.thicket.drivers.modbus;

import io.thicket.drivers.checksum.Checksum;

/** The check value at the end of a frame, low byte first. */
final class ModbusCrc {
    /** Bytes of the check value. */
    static final int LENGTH = 2;

    private ModbusCrc() {}

    /** Whether {@code bytes[from..to)} ends with the check value of what is before it. */
    static boolean holds(byte[] bytes, int from, int to) {
        return to - from > LENGTH
                && Checksum.CRC16_MODBUS.over(bytes, from, to - LENGTH)
                        == ((bytes[to - 2] & 0xFF) | (bytes[to - 1] & 0xFF) << 8);
    }

    /** {@code body} and its check value. */
    static byte[] append(byte[] body) {
        byte[] frame = new byte[body.length + LENGTH];
        System.arraycopy(body, 0, frame, 0, body.length);
        int crc = Checksum.CRC16_MODBUS.over(body, 0, body.length);
        frame[body.length] = (byte) crc;
        frame[body.length + 1] = (byte) (crc >> 8);
        return frame;
    }
}
