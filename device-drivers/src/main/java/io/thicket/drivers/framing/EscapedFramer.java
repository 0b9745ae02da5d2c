package io.thicket.drivers.framing;

import org.jspecify.annotations.Nullable;

/**
 * Cuts a stream into frames of an {@link EscapedFormat}. The frame handed on has neither delimiters nor escapes. Each
 * delimiter ends one frame and begins the next, so no more than one frame is lost with a damaged delimiter.
 */
public final class EscapedFramer extends ScanFramer {
    private final EscapedFormat format;
    private final @Nullable CheckPlace check;
    private final int minFrame;
    /** Between delimiters; before the first one nothing is known. */
    private boolean inside;

    private boolean escaping;
    private boolean broken;
    private long rawBytes;

    public EscapedFramer(EscapedFormat format) {
        super(new ScanBuffer(format.maxFrame()), format.silenceMs());
        this.format = format;
        this.check = format.check();
        this.minFrame = check == null ? 1 : check.minFrame();
    }

    @Override
    protected void take(byte next, long nowMs, FrameSink sink) {
        int b = next & 0xFF;
        if (b == format.delimiter()) {
            end(sink);
        } else if (!inside) {
            countSkipped(1);
        } else {
            keep(b, nowMs);
        }
    }

    @Override
    protected boolean isWaiting() {
        return rawBytes > 0;
    }

    @Override
    public void reset() {
        giveUp();
        super.reset();
        inside = false;
    }

    private void keep(int b, long nowMs) {
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
            countOverlong();
            broken = true;
        } else {
            buffer.append((byte) plain, nowMs);
        }
    }

    private void end(FrameSink sink) {
        int length = buffer.size();
        boolean whole = !broken && !escaping && length >= minFrame;
        if (whole && (check == null || check.isRight(buffer, length))) {
            sink.frame(buffer.arrivedAtMs(0), buffer.array(), buffer.offset(), length);
            rawBytes = 0;
        } else if (whole) {
            countBadChecksum();
        }
        giveUp();
        inside = true;
    }

    /** What came since the last delimiter, escapes included, belongs to no frame. */
    private void giveUp() {
        countSkipped(rawBytes);
        rawBytes = 0;
        buffer.clear();
        escaping = false;
        broken = false;
    }
}
