package io.thicket.drivers.meter;

import io.thicket.drivers.checksum.Checksum;
import java.io.ByteArrayOutputStream;
import java.util.List;

/**
 * The bytes around a message of the Kamstrup Meter Protocol: a start, the message, its CRC-16/XMODEM with the high byte first, a
 * stop. Bytes of message and check that look like one of these are stuffed: an escape, and the byte inverted.
 */
public final class KmpFrame {
    /** Most registers of one question. */
    public static final int MAX_REGISTERS = 8;

    static final int FROM_METER = 0x40;
    static final int TO_METER = 0x80;
    static final int STOP = 0x0D;
    static final int ESCAPE = 0x1B;
    static final int ACKNOWLEDGED = 0x06;
    static final int CHECK_BYTES = 2;

    /** The address of the meter itself; its modules have others. */
    static final int METER = 0x3F;

    static final int GET_REGISTER = 0x10;

    private KmpFrame() {}

    /** Whether a byte has a meaning of its own and never stands for itself within a frame. */
    static boolean isSpecial(int b) {
        return b == FROM_METER || b == TO_METER || b == STOP || b == ESCAPE || b == ACKNOWLEDGED;
    }

    /** The question for 1 to {@link #MAX_REGISTERS} registers, as it goes to the line. */
    public static byte[] question(List<Integer> registers) {
        if (registers.isEmpty() || registers.size() > MAX_REGISTERS) {
            throw new IllegalArgumentException("a question for " + registers.size() + " registers");
        }
        byte[] message = new byte[3 + 2 * registers.size()];
        message[0] = METER;
        message[1] = GET_REGISTER;
        message[2] = (byte) registers.size();
        for (int i = 0; i < registers.size(); i++) {
            message[3 + 2 * i] = (byte) (registers.get(i) >> 8);
            message[4 + 2 * i] = (byte) (int) registers.get(i);
        }
        return framed(TO_METER, message);
    }

    /** A message with everything around it. */
    static byte[] framed(int start, byte[] message) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        line.write(start);
        for (byte b : message) {
            stuff(b & 0xFF, line);
        }
        int check = Checksum.CRC16_XMODEM.over(message, 0, message.length);
        stuff(check >> 8, line);
        stuff(check & 0xFF, line);
        line.write(STOP);
        return line.toByteArray();
    }

    private static void stuff(int b, ByteArrayOutputStream line) {
        if (isSpecial(b)) {
            line.write(ESCAPE);
            line.write(~b);
        } else {
            line.write(b);
        }
    }
}
