package io.thicket.drivers.framing;

import java.nio.charset.StandardCharsets;

/**
 * Victron's VE.Direct: text and messages in hex share one line. Text is {@code CR LF label TAB value} again and again; the field
 * {@code Checksum} ends a block, and all its bytes add up to 0. The byte of the checksum may be any, a line end too. Messages in
 * hex may stand anywhere in a block and do not belong to it. Two kinds of frames are handed on: a block with its checksum, which
 * begins with a CR, and a message as {@link VeDirectHex} says, which begins with a colon.
 *
 * <p>Eight bits of sum are few, and the next block comes within a second. So two kinds of blocks are dropped and counted as if
 * their sum were wrong: the first one, if the listening did not begin with the start of a block but within something; and one
 * that directly follows a whole message in hex, for which the device broke its text off.
 */
public final class VeDirectFramer extends ScanFramer {
    /** Longest block in bytes: the standard has at most 22 fields of at most 42 bytes. */
    public static final int MAX_BLOCK = 1024;

    /** Devices that send a message in hex before every block, as long as another program asks, are listened to all the same. */
    static final int MAX_DROPPED_IN_A_ROW = 8;

    private static final int MAX_HEX_MESSAGE = VeDirectHex.MAX_DIGITS;
    private static final byte[] END = ascii("\r\nChecksum\t");

    /** Blocks begin with the product, or with the history of a battery monitor. */
    private static final byte[][] STARTS = {ascii("\r\nPID\t"), ascii("\r\nH1\t")};

    private final byte[] hexMessage = new byte[MAX_HEX_MESSAGE];
    private final byte[] hexFrame = new byte[VeDirectHex.MAX_FRAME];
    private int hexLength;
    private long hexAtMs;
    private boolean inHexMessage;
    private boolean expectingSum;
    private boolean inStep;
    private boolean startsWithBlock = true;
    private boolean brokenOff;
    private int droppedInARow;

    /** @param silenceMs a half block is dropped when nothing came for so long */
    public VeDirectFramer(long silenceMs) {
        super(new ScanBuffer(MAX_BLOCK), silenceMs);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    protected void take(byte b, long nowMs, FrameSink sink) {
        if (expectingSum) {
            expectingSum = false;
            append(b, nowMs);
            endOfBlock(sink);
        } else if (inHexMessage) {
            hex(b, nowMs, sink);
        } else if (b == ':') {
            beginHexMessage(nowMs);
        } else {
            append(b, nowMs);
        }
    }

    private void beginHexMessage(long nowMs) {
        inHexMessage = true;
        hexLength = 0;
        hexAtMs = nowMs;
    }

    @Override
    protected boolean isWaiting() {
        return buffer.size() > 0 || inHexMessage;
    }

    @Override
    protected void onPause(FrameSink sink) {
        reset();
        // What comes after a pause began after it.
        inStep = true;
    }

    @Override
    public void reset() {
        super.reset();
        countSkipped(inHexMessage ? hexLength + 1L : 0);
        inStep = false;
        startsWithBlock = true;
        brokenOff = false;
        inHexMessage = false;
        expectingSum = false;
    }

    private void hex(byte b, long nowMs, FrameSink sink) {
        boolean digit = b >= '0' && b <= '9' || b >= 'A' && b <= 'F';
        if (digit && hexLength < MAX_HEX_MESSAGE) {
            hexMessage[hexLength++] = b;
            return;
        }
        inHexMessage = false;
        if (b == '\n' && hexLength > 1) {
            brokenOff |= buffer.size() == 0;
            endOfHexMessage(sink);
            return;
        }
        // No message after all: noise, or a colon within a text.
        append((byte) ':', nowMs);
        for (int i = 0; i < hexLength; i++) {
            append(hexMessage[i], nowMs);
        }
        if (b == ':') {
            beginHexMessage(nowMs);
        } else {
            append(b, nowMs);
        }
    }

    private void endOfHexMessage(FrameSink sink) {
        int size = VeDirectHex.read(hexMessage, hexLength, hexFrame);
        if (size > 0) {
            sink.frame(hexAtMs, hexFrame, 0, size);
        } else {
            countBadChecksum();
            countSkipped(hexLength + 2L);
        }
    }

    private void append(byte b, long nowMs) {
        if (buffer.isFull()) {
            countOverlong();
            startsWithBlock = false;
            int start = Math.max(lastStart(), 0);
            skip(start == 0 ? buffer.size() : start);
        }
        buffer.append(b, nowMs);
        expectingSum = b == '\t' && matches(buffer.size() - END.length, END);
    }

    private void endOfBlock(FrameSink sink) {
        // A block whose end was damaged lies before the one that ends here, so the last start counts.
        int start = Math.max(lastStart(), 0);
        int sum = 0;
        for (int i = start; i < buffer.size(); i++) {
            sum += buffer.at(i);
        }
        boolean right = (sum & 0xFF) == 0 && buffer.at(start) == '\r';
        boolean began = inStep || startsWithBlock && startsAt(0);
        boolean whole = began && (!brokenOff || droppedInARow >= MAX_DROPPED_IN_A_ROW);
        droppedInARow = right && brokenOff ? droppedInARow + 1 : 0;
        inStep = true;
        brokenOff = false;
        if (right && whole) {
            skip(start);
            sink.frame(buffer.arrivedAtMs(0), buffer.array(), buffer.offset(), buffer.size());
            buffer.clear();
        } else {
            countBadChecksum();
            drop();
        }
    }

    /** Where the last block begins that is in the buffer, -1 if none does. */
    private int lastStart() {
        for (int i = buffer.size() - 1; i >= 0; i--) {
            if (startsAt(i)) {
                return i;
            }
        }
        return -1;
    }

    private boolean startsAt(int at) {
        return matches(at, STARTS[0]) || matches(at, STARTS[1]);
    }

    private boolean matches(int at, byte[] text) {
        if (at < 0 || at + text.length > buffer.size()) {
            return false;
        }
        for (int i = 0; i < text.length; i++) {
            if (buffer.at(at + i) != text[i]) {
                return false;
            }
        }
        return true;
    }
}
