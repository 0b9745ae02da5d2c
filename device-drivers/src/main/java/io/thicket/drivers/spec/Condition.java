package io.thicket.drivers.spec;

/**
 * Something that holds of a frame or not: a masked number compared, or a run of equal bytes.
 *
 * @param tag the tag behind which the number lies; -1 if it has none
 * @param at place of the number in the frame, or behind the tag; negative counts from the end
 * @param type how it lies there
 * @param mask bits that count
 * @param test how it is compared
 * @param operand with what
 * @param size for {@link Test#ALL}: how many bytes must equal the operand
 */
public record Condition(int tag, int at, NumberType type, long mask, Test test, double operand, int size) {
    /** How a number is compared. */
    public enum Test {
        EQUALS,
        NOT,
        BELOW,
        ABOVE,
        ALL
    }

    /** Whether it holds; a place outside the frame does not. */
    boolean holds(byte[] frame, int offset, int length) {
        int place = at < 0 ? length + at : at;
        int needed = test == Test.ALL ? size : type.bytes();
        if (place < 0 || place + needed > length) {
            return false;
        }
        if (test == Test.ALL) {
            for (int i = 0; i < size; i++) {
                if ((frame[offset + place + i] & 0xFF) != (int) operand) {
                    return false;
                }
            }
            return true;
        }
        double number = number(frame, offset, length);
        return switch (test) {
            case EQUALS -> number == operand;
            case NOT -> number != operand;
            case BELOW -> number < operand;
            case ABOVE -> number > operand;
            case ALL -> false;
        };
    }

    /** The number that is compared; the place must be inside. */
    double number(byte[] frame, int offset, int length) {
        int place = at < 0 ? length + at : at;
        long bits = type.bits(frame, offset + place);
        return mask == -1L ? type.number(bits) : type.number(bits & mask);
    }
}
