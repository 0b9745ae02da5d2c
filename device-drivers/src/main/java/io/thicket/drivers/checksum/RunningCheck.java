package io.thicket.drivers.checksum;

/**
 * A check that is carried on byte by byte, so that the check value of any part of a stream comes out of two states, in the same
 * time for a short part and a long one. A framer that tries many false starts needs it: each would add up the same bytes again.
 */
public abstract class RunningCheck {
    /** The state before the first byte. */
    public static final int INITIAL = 0;

    /** @param maxLength longest part that is asked for */
    public static RunningCheck of(Checksum kind, int maxLength) {
        return switch (kind) {
            case SUM8 -> new Sum(1, 0, 0xFF);
            case NEG8 -> new Sum(-1, 0, 0xFF);
            case INV8 -> new Sum(-1, -1, 0xFF);
            case SUM16 -> new Sum(1, 0, 0xFFFF);
            case NEG16 -> new Sum(-1, 0, 0xFFFF);
            case XOR8 -> new Xor();
            case FLETCHER8 -> new Fletcher();
            case CRC8 -> new RunningCrc(Crc.CRC8, maxLength);
            case CRC8_DALLAS -> new RunningCrc(Crc.DALLAS, maxLength);
            case CRC16_MODBUS -> new RunningCrc(Crc.MODBUS, maxLength);
            case CRC16_ARC -> new RunningCrc(Crc.ARC, maxLength);
            case CRC16_X25 -> new RunningCrc(Crc.X25, maxLength);
            case CRC16_XMODEM -> new RunningCrc(Crc.XMODEM, maxLength);
        };
    }

    /** The state after one more byte, 0 to 255. */
    public abstract int next(int state, int b);

    /** The check value of the {@code length} bytes between two states. */
    public abstract int between(int before, int after, int length);

    private static final class Sum extends RunningCheck {
        private final int sign;
        private final int added;
        private final int mask;

        Sum(int sign, int added, int mask) {
            this.sign = sign;
            this.added = added;
            this.mask = mask;
        }

        @Override
        public int next(int state, int b) {
            return state + b;
        }

        @Override
        public int between(int before, int after, int length) {
            return sign * (after - before) + added & mask;
        }
    }

    private static final class Xor extends RunningCheck {
        @Override
        public int next(int state, int b) {
            return state ^ b;
        }

        @Override
        public int between(int before, int after, int length) {
            return before ^ after;
        }
    }

    /** The low half is the sum, the high half the sum of sums. */
    private static final class Fletcher extends RunningCheck {
        @Override
        public int next(int state, int b) {
            int sum = state + b & 0xFF;
            return ((state >>> 16) + sum & 0xFF) << 16 | sum;
        }

        @Override
        public int between(int before, int after, int length) {
            int sum = after - before & 0xFF;
            // Each sum of sums has the sum before the part in it, once for each byte.
            int sums = (after >>> 16) - (before >>> 16) - length * (before & 0xFF) & 0xFF;
            return sum << 8 | sums;
        }
    }
}
