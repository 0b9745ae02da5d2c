package io.thicket.drivers.meter;

import io.thicket.drivers.checksum.Checksum;
import io.thicket.drivers.framing.FrameSink;
import io.thicket.drivers.framing.ScanBuffer;
import io.thicket.drivers.framing.ScanFramer;

/**
 * Telegrams of electricity meters: {@code /}, lines of text, {@code !} and what checks them. That is a CRC-16 in hex (DSMR 4
 * and 5), or {@code CR LF ETX BCC} when the data began with STX (IEC 62056-21), or nothing (DSMR 2 and 3, mode D). The
 * frame handed on goes from the slash to the exclamation mark, both included.
 */
public final class TelegramFramer extends ScanFramer {
    /** Longest telegram in bytes; a Belgian one with its history has about 2000. */
    public static final int MAX_TELEGRAM = 8192;

    /** How many slashes of a broken telegram are tried as the true start of one. */
    private static final int MAX_STARTS = 8;

    private static final int CRC_DIGITS = 4;
    private static final byte STX = 2;
    private static final byte ETX = 3;

    private final boolean crcRequired;
    private int end = -1;
    private boolean lineBegins;

    /**
     * @param crcRequired whether a telegram without a CRC is refused
     * @param silenceMs half a telegram is dropped when nothing came for so long
     */
    public TelegramFramer(boolean crcRequired, long silenceMs) {
        super(new ScanBuffer(MAX_TELEGRAM), silenceMs);
        this.crcRequired = crcRequired;
    }

    @Override
    public void reset() {
        super.reset();
        end = -1;
    }

    @Override
    protected void take(byte b, long nowMs, FrameSink sink) {
        boolean first = lineBegins;
        lineBegins = b == '\n' || b == '\r';
        if (buffer.size() == 0 && b != '/') {
            countSkipped(1);
            return;
        }
        if (first && b == '/') {
            // A line that begins so begins a telegram: the one before was cut.
            giveUp();
        }
        if (buffer.isFull()) {
            countOverlong();
            giveUp();
            return;
        }
        buffer.append(b, nowMs);
        if (end < 0) {
            if (first && b == '!') {
                end = buffer.size() - 1;
            }
        } else {
            check(b, sink);
        }
    }

    /** One more byte behind the exclamation mark. */
    private void check(byte b, FrameSink sink) {
        int behind = buffer.size() - end - 1;
        int stx = crcRequired ? -1 : buffer.indexOf(STX, 0);
        // It follows the first line; elsewhere it is noise.
        if (stx > 0 && stx < end && buffer.at(stx - 1) == '\n') {
            // CR LF ETX BCC.
            if (behind == CRC_DIGITS) {
                boolean right = buffer.at(end + 3) == ETX
                        && (buffer.check(Checksum.XOR8, stx + 1, end + 4) & 0x7F) == (b & 0x7F);
                finish(right, 0, sink);
            }
        } else if (b == '\r' || b == '\n') {
            checkCrc(behind - 1, sink);
        } else if (behind > CRC_DIGITS) {
            finish(false, 0, sink);
        }
    }

    private void checkCrc(int digits, FrameSink sink) {
        if (digits == 0) {
            finish(!crcRequired, 0, sink);
            return;
        }
        int expected = 0;
        for (int i = end + 1; i <= end + digits; i++) {
            int digit = Character.digit(buffer.at(i), 16);
            if (digit < 0) {
                finish(false, 0, sink);
                return;
            }
            expected = expected * 16 + digit;
        }
        // Noise may have a slash too: each one can be the start.
        int start = 0;
        for (int tried = 0; start >= 0 && tried < MAX_STARTS; tried++) {
            if (buffer.check(Checksum.CRC16_ARC, start, end + 1) == expected) {
                finish(true, start, sink);
                return;
            }
            start = buffer.indexOf('/', start + 1);
        }
        finish(false, 0, sink);
    }

    private void finish(boolean right, int start, FrameSink sink) {
        if (right) {
            skip(start);
            sink.frame(buffer.arrivedAtMs(0), buffer.array(), buffer.offset(), end + 1 - start);
            buffer.clear();
        } else {
            countBadChecksum();
            // The next telegram may have begun where the check of this one was expected.
            int next = buffer.indexOf('/', end + 1);
            skip(next >= 0 ? next : buffer.size());
        }
        end = -1;
    }

    private void giveUp() {
        drop();
        end = -1;
    }
}
