package io.thicket.drivers.framing;

import io.thicket.drivers.checksum.Checksum;
import java.util.Arrays;

/**
 * Frames that begin with fixed start bytes and a {@code u16be} count of the bytes that follow it, and end with a
 * {@code u16be} check value over everything before it. The frame handed on is the whole frame.
 */
public final class LengthFieldFramer implements Framer {
    private static final int LENGTH_BYTES = 2;
    private static final int CHECK_BYTES = 2;

    private final byte[] start;
    private final int[] allowedLengths;
    private final Checksum checksum;
    private final long silenceMs;
    private final ScanBuffer buffer;
    private long lastByteMs;
    private long skippedBytes;
    private long badChecksums;

    /**
     * @param start first bytes of each frame, at least one
     * @param allowedLengths values of the length field; anything else is no frame. Each at least 2.
     * @param checksum over everything before the last two bytes
     * @param silenceMs a half frame is dropped when nothing came for so long
     */
    public LengthFieldFramer(byte[] start, int[] allowedLengths, Checksum checksum, long silenceMs) {
        int longest = Arrays.stream(allowedLengths).max().orElse(0);
        int shortest = Arrays.stream(allowedLengths).min().orElse(0);
        if (start.length == 0 || shortest < CHECK_BYTES || longest > 0xFFFF) {
            throw new IllegalArgumentException(
                    "start of " + start.length + " bytes, lengths " + shortest + ".." + longest);
        }
        this.start = start.clone();
        this.allowedLengths = allowedLengths.clone();
        this.checksum = checksum;
        this.silenceMs = silenceMs;
        this.buffer = new ScanBuffer(start.length + LENGTH_BYTES + longest);
    }

    @Override
    public void onBytes(long nowMs, byte[] bytes, int offset, int length, FrameSink sink) {
        if (length > 0) {
            onSilence(nowMs, sink);
            lastByteMs = nowMs;
        }
        for (int i = offset; i < offset + length; i++) {
            buffer.append(bytes[i], nowMs);
            scan(sink);
        }
    }

    @Override
    public void onSilence(long nowMs, FrameSink sink) {
        if (buffer.size() > 0 && nowMs - lastByteMs > silenceMs) {
            skippedBytes += buffer.size();
            buffer.clear();
        }
    }

    @Override
    public void reset() {
        skippedBytes += buffer.size();
        buffer.clear();
    }

    @Override
    public long skippedBytes() {
        return skippedBytes;
    }

    @Override
    public long badChecksums() {
        return badChecksums;
    }

    @Override
    public long overlong() {
        return 0;
    }

    /** Takes frames off the front until more bytes are needed. The buffer holds the longest frame, so it never stays full. */
    private void scan(FrameSink sink) {
        while (buffer.size() > 0) {
            int known = Math.min(buffer.size(), start.length);
            int header = start.length + LENGTH_BYTES;
            if (!startMatches(known)) {
                skipOne();
            } else if (buffer.size() < header) {
                return;
            } else {
                int body = buffer.at(start.length) << 8 | buffer.at(start.length + 1);
                if (!isAllowed(body)) {
                    skipOne();
                } else if (buffer.size() < header + body) {
                    return;
                } else {
                    check(header + body, sink);
                }
            }
        }
    }

    private void check(int total, FrameSink sink) {
        int from = buffer.offset();
        int expected = buffer.at(total - 2) << 8 | buffer.at(total - 1);
        if (checksum.over(buffer.array(), from, from + total - CHECK_BYTES) == expected) {
            sink.frame(buffer.arrivedAtMs(0), buffer.array(), from, total);
            buffer.discard(total);
        } else {
            badChecksums++;
            skipOne();
        }
    }

    private boolean startMatches(int count) {
        for (int i = 0; i < count; i++) {
            if (buffer.at(i) != (start[i] & 0xFF)) {
                return false;
            }
        }
        return true;
    }

    private boolean isAllowed(int body) {
        for (int allowed : allowedLengths) {
            if (allowed == body) {
                return true;
            }
        }
        return false;
    }

    private void skipOne() {
        skippedBytes++;
        buffer.discard(1);
    }
}
