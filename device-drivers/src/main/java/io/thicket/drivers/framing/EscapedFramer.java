package io.thicket.drivers.framing;

import org.jspecify.annotations.Nullable;

/**
 * Cuts a stream into frames of an {@link EscapedFormat}. The frame handed on has neither delimiters nor escapes. Each
 * delimiter ends one frame and begins the next, so no more than one frame is lost with a damaged delimiter.
 */
public final class EscapedFramer implements Framer {
    private final EscapedFormat format;
    private final @Nullable CheckPlace check;
    private final int minFrame;
    private final ScanBuffer buffer;
    /** Between delimiters; before the first one nothing is known. */
    private boolean inside;

    private boolean escaping;
    private boolean broken;
    private long rawBytes;
    private long lastByteMs;
    private long skippedBytes;
    private long badChecksums;
    private long overlong;

    public EscapedFramer(EscapedFormat format) {
        this.format = format;
        this.check = format.check();
        this.minFrame = check == null ? 1 : check.minFrame();
        this.buffer = new ScanBuffer(format.maxFrame());
    }

    @Override
    public void onBytes(long nowMs, byte[] bytes, int offset, int count, FrameSink sink) {
        if (count > 0) {
            onSilence(nowMs, sink);
            lastByteMs = nowMs;
        }
        for (int i = offset; i < offset + count; i++) {
            int b = bytes[i] & 0xFF;
            if (b == format.delimiter()) {
                end(sink);
            } else if (!inside) {
                skippedBytes++;
            } else {
                take(b, nowMs);
            }
        }
    }

    @Override
    public void onSilence(long nowMs, FrameSink sink) {
        if (rawBytes > 0 && nowMs - lastByteMs > format.silenceMs()) {
            drop();
            inside = false;
        }
    }

    @Override
    public void reset() {
        drop();
        inside = false;
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
        return overlong;
    }

    private void take(int b, long nowMs) {
        rawBytes++;
        if (broken) {
            return;
        }
        int plain = b;
        if (escaping) {
            escaping = false;
            plain = format.unescape(b);
        } else if (b == format.escape()) {
            escaping = true;
            return;
        }
        if (plain < 0) {
            broken = true;
        } else if (buffer.isFull()) {
            overlong++;
            broken = true;
        } else {
            buffer.append((byte) plain, nowMs);
        }
    }

    private void end(FrameSink sink) {
        int length = buffer.size();
        boolean whole = !broken && !escaping && length >= minFrame;
        if (whole && (check == null || check.isRight(buffer.array(), buffer.offset(), length))) {
            sink.frame(buffer.arrivedAtMs(0), buffer.array(), buffer.offset(), length);
            rawBytes = 0;
        } else if (whole) {
            badChecksums++;
        }
        drop();
        inside = true;
    }

    private void drop() {
        skippedBytes += rawBytes;
        rawBytes = 0;
        buffer.clear();
        escaping = false;
        broken = false;
    }
}
