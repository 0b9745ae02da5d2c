package io.thicket.drivers.meter;

import io.thicket.drivers.Observation;
import io.thicket.drivers.framing.FrameDecoder;
import java.util.List;

/**
 * Registers in answers of the Kamstrup Meter Protocol: number, unit, length and exponent before each mantissa, which has its high
 * byte first. The exponent has bit 7 for a negative number, bit 6 for a negative exponent, and six bits for the exponent to base
 * ten. Registers that a meter does not have are missing in its answer.
 */
public final class KmpDecoder implements FrameDecoder {
    private static final int HEADER = 3;
    private static final int BEFORE_MANTISSA = 5;

    /** More do not fit into a long, nor into a double. */
    private static final int MAX_MANTISSA = 7;

    private static final int NEGATIVE = 0x80;
    private static final int NEGATIVE_EXPONENT = 0x40;
    private static final int EXPONENT = 0x3F;

    private long answers;

    /** Answers of the meter so far. */
    public long answers() {
        return answers;
    }

    @Override
    public Outcome decode(long arrivedAtMs, byte[] frame, int offset, int length, List<Observation> values) {
        boolean ofMeter = length >= HEADER
                && (frame[offset] & 0xFF) == KmpFrame.FROM_METER
                && frame[offset + 1] == KmpFrame.METER
                && frame[offset + 2] == KmpFrame.GET_REGISTER;
        if (!ofMeter) {
            // Echoes of questions, other modules, and answers that have no registers.
            return Outcome.IGNORED;
        }
        answers++;
        int end = offset + length;
        int at = offset + HEADER;
        while (at < end) {
            if (end - at < BEFORE_MANTISSA || end - at - BEFORE_MANTISSA < (frame[at + 3] & 0xFF)) {
                return Outcome.MALFORMED;
            }
            int size = frame[at + 3] & 0xFF;
            read(frame, at, size, values);
            at += BEFORE_MANTISSA + size;
        }
        return values.isEmpty() ? Outcome.NO_VALUE : Outcome.VALUES;
    }

    private static void read(byte[] frame, int at, int size, List<Observation> values) {
        int number = (frame[at] & 0xFF) << 8 | frame[at + 1] & 0xFF;
        KmpRegister register = KmpRegister.find(number).orElse(null);
        KmpUnit unit = KmpUnit.find(frame[at + 2] & 0xFF);
        if (register == null
                || unit == null
                || size == 0
                || size > MAX_MANTISSA
                || values.size() >= KmpFrame.MAX_REGISTERS) {
            return;
        }
        long mantissa = 0;
        for (int i = 0; i < size; i++) {
            mantissa = mantissa << 8 | frame[at + BEFORE_MANTISSA + i] & 0xFF;
        }
        double value = unit.convert(scaled(mantissa, frame[at + 4] & 0xFF));
        values.add(Observation.good(register.valueName(), value == 0 ? 0 : value, unit.name()));
    }

    private static double scaled(long mantissa, int exponent) {
        // Powers of ten up to 22 are exact.
        double power = StrictMath.pow(10, exponent & EXPONENT);
        double value = (exponent & NEGATIVE_EXPONENT) != 0 ? mantissa / power : mantissa * power;
        return (exponent & NEGATIVE) != 0 ? -value : value;
    }
}
