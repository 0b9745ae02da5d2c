package io.thicket.drivers.checksum;

/** A check value over some bytes of a frame. */
public enum Checksum {
    /** Sum of the bytes, 16 bits (Plantower). */
    SUM16 {
        @Override
        public int over(byte[] bytes, int from, int to) {
            int sum = 0;
            for (int i = from; i < to; i++) {
                sum += bytes[i] & 0xFF;
            }
            return sum & 0xFFFF;
        }
    },
    /** Exclusive or of the bytes, 8 bits (NMEA 0183). */
    XOR8 {
        @Override
        public int over(byte[] bytes, int from, int to) {
            int xor = 0;
            for (int i = from; i < to; i++) {
                xor ^= bytes[i] & 0xFF;
            }
            return xor;
        }
    };

    /** The check value of {@code bytes[from..to)}. */
    public abstract int over(byte[] bytes, int from, int to);
}
