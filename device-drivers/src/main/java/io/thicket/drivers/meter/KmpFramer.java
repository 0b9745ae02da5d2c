package io.thicket.drivers.meter;

import io.thicket.drivers.checksum.Checksum;
import io.thicket.drivers.framing.FrameSink;
import io.thicket.drivers.framing.ScanBuffer;
import io.thicket.drivers.framing.ScanFramer;

/**
 * Frames of the Kamstrup Meter Protocol, in both directions: optical heads echo what is asked. The frame handed on is the start
 * byte ({@code 40} from the meter, {@code 80} to it) and the message, without stuffing, check and stop. Bytes with a meaning of
 * their own never stand for themselves, so every start begins a frame, whatever was before it.
 */
public final class KmpFramer extends ScanFramer {
    /** Longest frame in bytes, without stuffing: an answer has eight registers of 13 bytes at most. */
    public static final int MAX_FRAME = 256;

    private static final int MIN_FRAME = 1 + 2 + KmpFrame.CHECK_BYTES;

    private boolean inside;
    private boolean escaping;
    private boolean broken;
    private long rawBytes;

    /** @param silenceMs half a frame is dropped when nothing came for so long */
    public KmpFramer(long silenceMs) {
        super(new ScanBuffer(MAX_FRAME), silenceMs);
    }

    @Override
    protected void take(byte next, long nowMs, FrameSink sink) {
        int b = next & 0xFF;
        if (b == KmpFrame.FROM_METER || b == KmpFrame.TO_METER) {
            giveUp();
            inside = true;
            rawBytes = 1;
            buffer.append(next, nowMs);
        } else if (!inside) {
            countSkipped(1);
        } else if (b == KmpFrame.STOP) {
            rawBytes++;
            end(sink);
        } else {
            keep(b, nowMs);
        }
    }

    @Override
    protected boolean isWaiting() {
        return inside;
    }

    @Override
    public void reset() {
        giveUp();
        super.reset();
    }

    private void keep(int b, long nowMs) {
        rawBytes++;
        if (broken) {
            return;
        }
        int plain = b;
        if (escaping) {
            escaping = false;
            plain = ~b & 0xFF;
            broken = !KmpFrame.isSpecial(plain);
        } else if (b == KmpFrame.ESCAPE) {
            escaping = true;
            return;
        } else {
            broken = b == KmpFrame.ACKNOWLEDGED;
        }
        if (broken) {
            return;
        }
        if (buffer.isFull()) {
            countOverlong();
            broken = true;
        } else {
            buffer.append((byte) plain, nowMs);
        }
    }

    private void end(FrameSink sink) {
        int length = buffer.size();
        if (!broken && !escaping && length >= MIN_FRAME) {
            // The CRC over a message and its own CRC is 0.
            if (buffer.check(Checksum.CRC16_XMODEM, 1, length) == 0) {
                sink.frame(buffer.arrivedAtMs(0), buffer.array(), buffer.offset(), length - KmpFrame.CHECK_BYTES);
                rawBytes = 0;
            } else {
                countBadChecksum();
            }
        }
        giveUp();
    }

    /** What came since the last start, escapes included, belongs to no frame. */
    private void giveUp() {
        countSkipped(rawBytes);
        rawBytes = 0;
        buffer.clear();
        inside = false;
        escaping = false;
        broken = false;
    }
}
