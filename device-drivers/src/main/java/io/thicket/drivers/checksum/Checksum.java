package io.thicket.drivers.checksum;

/** A check value over some bytes of a frame. */
public enum Checksum {
    /** Sum of the bytes, 8 bits. */
    SUM8(1) {
        @Override
        public int over(byte[] bytes, int from, int to) {
            return sum(bytes, from, to) & 0xFF;
        }
    },
    /** Two's complement of the sum, 8 bits: all bytes with it add up to 0. */
    NEG8(1) {
        @Override
        public int over(byte[] bytes, int from, int to) {
            return -sum(bytes, from, to) & 0xFF;
        }
    },
    /** Inverted sum, 8 bits: all bytes with it add up to 0xFF (SHDLC). */
    INV8(1) {
        @Override
        public int over(byte[] bytes, int from, int to) {
            return ~sum(bytes, from, to) & 0xFF;
        }
    },
    /** Sum of the bytes, 16 bits (Plantower). */
    SUM16(2) {
        @Override
        public int over(byte[] bytes, int from, int to) {
            return sum(bytes, from, to) & 0xFFFF;
        }
    },
    /** Two's complement of the sum, 16 bits (JBD). */
    NEG16(2) {
        @Override
        public int over(byte[] bytes, int from, int to) {
            return -sum(bytes, from, to) & 0xFFFF;
        }
    },
    /** Exclusive or of the bytes, 8 bits (NMEA 0183). */
    XOR8(1) {
        @Override
        public int over(byte[] bytes, int from, int to) {
            int xor = 0;
            for (int i = from; i < to; i++) {
                xor ^= bytes[i] & 0xFF;
            }
            return xor;
        }
    },
    /** Two 8-bit sums, the second one of the first (UBX, RFC 1145); the first is the high byte. */
    FLETCHER8(2) {
        @Override
        public int over(byte[] bytes, int from, int to) {
            int a = 0;
            int b = 0;
            for (int i = from; i < to; i++) {
                a = a + bytes[i] & 0xFF;
                b = b + a & 0xFF;
            }
            return a << 8 | b;
        }
    },
    /** Polynomial 0x07 (EnOcean ESP3). */
    CRC8(1) {
        @Override
        public int over(byte[] bytes, int from, int to) {
            return Crc.CRC8.over(bytes, from, to);
        }
    },
    /** Polynomial 0x31, mirrored (1-Wire). */
    CRC8_DALLAS(1) {
        @Override
        public int over(byte[] bytes, int from, int to) {
            return Crc.DALLAS.over(bytes, from, to);
        }
    },
    /** Polynomial 0x8005, mirrored, begins with 0xFFFF; sent low byte first. */
    CRC16_MODBUS(2) {
        @Override
        public int over(byte[] bytes, int from, int to) {
            return Crc.MODBUS.over(bytes, from, to);
        }
    },
    /** Polynomial 0x8005, mirrored (DSMR, SDI-12). */
    CRC16_ARC(2) {
        @Override
        public int over(byte[] bytes, int from, int to) {
            return Crc.ARC.over(bytes, from, to);
        }
    },
    /** Polynomial 0x1021, mirrored, begins with 0xFFFF, inverted (SML); sent low byte first. */
    CRC16_X25(2) {
        @Override
        public int over(byte[] bytes, int from, int to) {
            return Crc.X25.over(bytes, from, to);
        }
    },
    /** Polynomial 0x1021 (Davis, Kamstrup). */
    CRC16_XMODEM(2) {
        @Override
        public int over(byte[] bytes, int from, int to) {
            return Crc.XMODEM.over(bytes, from, to);
        }
    };

    private final int width;

    Checksum(int width) {
        this.width = width;
    }

    /** Bytes of the check value. */
    public int width() {
        return width;
    }

    /** The check value of {@code bytes[from..to)}. */
    public abstract int over(byte[] bytes, int from, int to);

    private static int sum(byte[] bytes, int from, int to) {
        int sum = 0;
        for (int i = from; i < to; i++) {
            sum += bytes[i] & 0xFF;
        }
        return sum;
    }
}
