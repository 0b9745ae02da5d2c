package io.thicket.drivers.framing;

/**
 * Messages in hex of Victron's VE.Direct: a colon, the command as one digit, pairs of digits for the data and a check, a line end.
 * Command, data and check add up to 0x55 (mod 256). As a frame a message is {@code 3A}, the command (0 to 15) as a byte, and the
 * data without the check: {@code :7D5ED008C} is {@code 3A 07 D5 ED 00}. Registers and numbers in the data have their low byte first.
 */
public final class VeDirectHex {
    /** First byte of a frame. */
    public static final int START = ':';

    /** Longest message in digits, command and check included; the longest that devices send has 77. */
    static final int MAX_DIGITS = 128;

    /** Longest frame in bytes. */
    static final int MAX_FRAME = 2 + MAX_DIGITS / 2;

    private static final int CHECK = 0x55;
    private static final int LAST_COMMAND = 0x0F;
    private static final String DIGITS = "0123456789ABCDEF";

    private VeDirectHex() {}

    /** Writes the frame of a message of {@code length} upper case digits; returns its size, 0 if its check is wrong. */
    static int read(byte[] digits, int length, byte[] frame) {
        if (length < 3 || length % 2 == 0) {
            return 0;
        }
        int command = digit(digits[0]);
        frame[0] = START;
        frame[1] = (byte) command;
        int sum = command;
        int size = 2;
        for (int i = 1; i < length; i += 2) {
            int value = digit(digits[i]) << 4 | digit(digits[i + 1]);
            sum += value;
            // The last one is the check, and stays outside.
            frame[size++] = (byte) value;
        }
        return (sum & 0xFF) == CHECK ? size - 1 : 0;
    }

    /** What is written to the line for a frame; bytes that are no frame are written as they are. */
    public static byte[] toLine(byte[] frame) {
        boolean fits = frame.length >= 2 && 2 * frame.length - 1 <= MAX_DIGITS;
        if (!fits || frame[0] != START || frame[1] < 0 || frame[1] > LAST_COMMAND) {
            return frame;
        }
        byte[] line = new byte[2 * frame.length + 1];
        line[0] = START;
        line[1] = (byte) DIGITS.charAt(frame[1]);
        int sum = frame[1];
        int at = 2;
        for (int i = 2; i < frame.length; i++) {
            sum += frame[i];
            at = write(frame[i] & 0xFF, line, at);
        }
        at = write(CHECK - sum & 0xFF, line, at);
        line[at] = '\n';
        return line;
    }

    private static int write(int value, byte[] line, int at) {
        line[at] = (byte) DIGITS.charAt(value >> 4);
        line[at + 1] = (byte) DIGITS.charAt(value & 0xF);
        return at + 2;
    }

    private static int digit(byte b) {
        return b <= '9' ? b - '0' : b - 'A' + 10;
    }
}
