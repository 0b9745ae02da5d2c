package io.thicket.drivers.serial.net;

import io.thicket.drivers.LineParameters;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.BitSet;

/**
 * The client's side of telnet (RFC 854, RFC 855) with COM-PORT-OPTION (RFC 2217): takes the commands out of what comes, doubles
 * IAC in what goes, and keeps what the server acknowledged. Pure; any bytes end in bounded memory and never in an exception.
 */
final class Rfc2217Codec {
    /** Longest sub-negotiation that is kept; ours have five bytes. */
    static final int MAX_SUBNEGOTIATION = 64;

    static final int IAC = 255;
    static final int DONT = 254;
    static final int DO = 253;
    static final int WONT = 252;
    static final int WILL = 251;
    static final int SB = 250;
    static final int SE = 240;

    static final int BINARY = 0;
    static final int SUPPRESS_GO_AHEAD = 3;
    static final int COM_PORT = 44;

    private static final int SET_BAUDRATE = 1;
    private static final int SET_DATASIZE = 2;
    private static final int SET_PARITY = 3;
    private static final int SET_STOPSIZE = 4;
    private static final int SET_CONTROL = 5;
    private static final int PURGE_DATA = 12;
    private static final int SUSPEND = 108;
    private static final int RESUME = 109;

    /** What the server answers is the command's number plus this (RFC 2217 section 3). */
    private static final int ANSWER = 100;

    private State state = State.DATA;
    private int verb;
    private final byte[] sub = new byte[MAX_SUBNEGOTIATION];
    private int subLength;
    private long overlong;
    private final BitSet refusedWill = new BitSet(256);
    private final BitSet refusedDo = new BitSet(256);
    private boolean accepted;
    private boolean refused;
    private boolean suspended;
    private final long[] acknowledged = new long[SET_STOPSIZE + 1];

    private enum State {
        DATA,
        COMMAND,
        OPTION,
        SUB,
        SUB_COMMAND
    }

    Rfc2217Codec() {
        forgetAcknowledged();
    }

    /** What is said first: eight clean bits, and the option. */
    byte[] hello() {
        return bytes(
                IAC,
                WILL,
                BINARY,
                IAC,
                DO,
                BINARY,
                IAC,
                WILL,
                SUPPRESS_GO_AHEAD,
                IAC,
                DO,
                SUPPRESS_GO_AHEAD,
                IAC,
                WILL,
                COM_PORT);
    }

    /** Asks for the line's settings; {@link #isSet} tells when all are acknowledged. */
    byte[] line(LineParameters line) {
        forgetAcknowledged();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int baud = line.baud();
        command(out, SET_BAUDRATE, baud >>> 24, baud >>> 16 & 0xFF, baud >>> 8 & 0xFF, baud & 0xFF);
        command(out, SET_DATASIZE, line.dataBits());
        command(out, SET_PARITY, parity(line));
        command(out, SET_STOPSIZE, line.stopBits());
        // No flow control; then the control lines.
        command(out, SET_CONTROL, 1);
        lines(out, line.rts(), line.dtr());
        return out.toByteArray();
    }

    byte[] lines(boolean rts, boolean dtr) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        lines(out, rts, dtr);
        return out.toByteArray();
    }

    private static void lines(ByteArrayOutputStream out, boolean rts, boolean dtr) {
        command(out, SET_CONTROL, dtr ? 8 : 9);
        command(out, SET_CONTROL, rts ? 11 : 12);
    }

    /** Holds the line low, or lets it go (RFC 2217, values 5 and 6 of SET-CONTROL). */
    byte[] breakLine(boolean low) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        command(out, SET_CONTROL, low ? 5 : 6);
        return out.toByteArray();
    }

    /** Throws away what the server holds of both directions. */
    byte[] purge() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        command(out, PURGE_DATA, 3);
        return out.toByteArray();
    }

    /** Data as they go on the wire. */
    static byte[] escaped(byte[] data, int offset, int length) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(length + 8);
        for (int i = offset; i < offset + length; i++) {
            put(out, data[i] & 0xFF);
        }
        return out.toByteArray();
    }

    /**
     * Takes what came: the data go to {@code data} from {@code at} on, which has room for {@code length}; what must be answered goes
     * to {@code replies}, at most three bytes for each three that came. Returns how many data bytes there were.
     */
    int decode(byte[] in, int offset, int length, byte[] data, int at, ByteArrayOutputStream replies) {
        int count = 0;
        for (int i = offset; i < offset + length; i++) {
            int b = in[i] & 0xFF;
            switch (state) {
                case DATA -> {
                    if (b == IAC) {
                        state = State.COMMAND;
                    } else {
                        data[at + count++] = (byte) b;
                    }
                }
                case COMMAND -> {
                    state = State.DATA;
                    if (b == IAC) {
                        data[at + count++] = (byte) IAC;
                    } else if (b >= WILL) {
                        verb = b;
                        state = State.OPTION;
                    } else if (b == SB) {
                        subLength = 0;
                        state = State.SUB;
                    }
                }
                case OPTION -> {
                    state = State.DATA;
                    option(b, replies);
                }
                case SUB -> {
                    if (b == IAC) {
                        state = State.SUB_COMMAND;
                    } else {
                        keep(b);
                    }
                }
                case SUB_COMMAND -> {
                    if (b == IAC) {
                        keep(IAC);
                        state = State.SUB;
                    } else {
                        // Anything but SE is an error of the server; it ends the sub-negotiation, too.
                        if (b == SE) {
                            negotiated();
                        }
                        state = State.DATA;
                    }
                }
            }
        }
        return count;
    }

    /** Whether the server agreed to be told the line's settings. */
    boolean isAccepted() {
        return accepted;
    }

    /** Whether the server said that it does not know the option. */
    boolean isRefused() {
        return refused;
    }

    /** Whether the server wants nothing more for now. */
    boolean isSuspended() {
        return suspended;
    }

    /** Whether the server acknowledged all settings, as they are or otherwise. */
    boolean isAnswered() {
        for (int i = SET_BAUDRATE; i <= SET_STOPSIZE; i++) {
            if (acknowledged[i] < 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether what was acknowledged is what is wanted. */
    boolean isSet(LineParameters line) {
        return acknowledged[SET_BAUDRATE] == line.baud()
                && acknowledged[SET_DATASIZE] == line.dataBits()
                && acknowledged[SET_PARITY] == parity(line)
                && acknowledged[SET_STOPSIZE] == line.stopBits();
    }

    /** The acknowledged speed, -1 if there is none yet. */
    long baud() {
        return acknowledged[SET_BAUDRATE];
    }

    /** Sub-negotiations that were longer than any of ours. */
    long overlong() {
        return overlong;
    }

    private void forgetAcknowledged() {
        Arrays.fill(acknowledged, -1);
    }

    /** RFC 855: each request is answered once, so that two programs that refuse do not talk for ever. */
    private void option(int option, ByteArrayOutputStream replies) {
        boolean ours = option == BINARY || option == SUPPRESS_GO_AHEAD || option == COM_PORT;
        if (option == COM_PORT) {
            accepted |= verb == DO;
            refused |= verb == DONT;
        }
        if (verb == WILL && (!ours || option == COM_PORT) && !refusedWill.get(option)) {
            refusedWill.set(option);
            replies.writeBytes(bytes(IAC, DONT, option));
        } else if (verb == DO && !ours && !refusedDo.get(option)) {
            refusedDo.set(option);
            replies.writeBytes(bytes(IAC, WONT, option));
        }
    }

    private void keep(int b) {
        if (subLength < MAX_SUBNEGOTIATION) {
            sub[subLength] = (byte) b;
        } else if (subLength == MAX_SUBNEGOTIATION) {
            overlong++;
        }
        subLength = Math.min(subLength + 1, MAX_SUBNEGOTIATION + 1);
    }

    private void negotiated() {
        if (subLength < 2 || subLength > MAX_SUBNEGOTIATION || (sub[0] & 0xFF) != COM_PORT) {
            return;
        }
        int command = sub[1] & 0xFF;
        if (command == SUSPEND || command == RESUME) {
            suspended = command == SUSPEND;
        } else if (command == ANSWER + SET_BAUDRATE && subLength >= 6) {
            acknowledged[SET_BAUDRATE] =
                    (sub[2] & 0xFFL) << 24 | (sub[3] & 0xFF) << 16 | (sub[4] & 0xFF) << 8 | sub[5] & 0xFF;
        } else if (command > ANSWER + SET_BAUDRATE && command <= ANSWER + SET_STOPSIZE && subLength >= 3) {
            acknowledged[command - ANSWER] = sub[2] & 0xFF;
        }
    }

    private static int parity(LineParameters line) {
        return switch (line.parity()) {
            case NONE -> 1;
            case ODD -> 2;
            case EVEN -> 3;
        };
    }

    private static void command(ByteArrayOutputStream out, int command, int... values) {
        out.writeBytes(bytes(IAC, SB, COM_PORT, command));
        for (int value : values) {
            put(out, value);
        }
        out.writeBytes(bytes(IAC, SE));
    }

    private static void put(ByteArrayOutputStream out, int b) {
        out.write(b);
        if (b == IAC) {
            out.write(IAC);
        }
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }
}
