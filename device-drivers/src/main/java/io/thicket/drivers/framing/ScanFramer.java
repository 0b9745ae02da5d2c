package io.thicket.drivers.framing;

/**
 * What all framers share: the bytes that are not decided on, how long the rest of a frame is waited for, and the counts. A kind
 * of frame says what a byte means ({@link #take}), and what else it must forget ({@link #reset}).
 */
public abstract class ScanFramer implements Framer {
    protected final ScanBuffer buffer;
    private final long silenceMs;
    private boolean timed;
    private long lastByteMs;
    private long skippedBytes;
    private long badChecksums;
    private long overlong;

    /** @param silenceMs half a frame is given up when nothing came for so long */
    protected ScanFramer(ScanBuffer buffer, long silenceMs) {
        this.buffer = buffer;
        this.silenceMs = silenceMs;
    }

    @Override
    public final void onBytes(long nowMs, byte[] bytes, int offset, int length, FrameSink sink) {
        if (length <= 0) {
            return;
        }
        onSilence(nowMs, sink);
        timed = true;
        lastByteMs = nowMs;
        for (int i = offset; i < offset + length; i++) {
            take(bytes[i], nowMs, sink);
        }
    }

    @Override
    public final void onSilence(long nowMs, FrameSink sink) {
        if (!timed) {
            // After a reset a silence begins when it is first heard.
            timed = true;
            lastByteMs = nowMs;
        } else if (isWaiting() && nowMs - lastByteMs > silenceMs) {
            onPause(sink);
        }
    }

    @Override
    public void reset() {
        drop();
        timed = false;
    }

    @Override
    public final long skippedBytes() {
        return skippedBytes;
    }

    @Override
    public final long badChecksums() {
        return badChecksums;
    }

    @Override
    public final long overlong() {
        return overlong;
    }

    /** How often a byte was looked at: the work that was done, whatever machine did it. */
    public final long looks() {
        return buffer.looks();
    }

    /** The next byte of the line. */
    protected abstract void take(byte b, long nowMs, FrameSink sink);

    /** Whether a long silence would change anything: half a frame is here. */
    protected boolean isWaiting() {
        return buffer.size() > 0;
    }

    /** The line was silent for too long: the rest of the frame does not come any more. */
    protected void onPause(FrameSink sink) {
        reset();
    }

    /** Counts bytes of the line that belong to no frame and are not in the buffer. */
    protected final void countSkipped(long count) {
        skippedBytes += count;
    }

    /** Gives up the first {@code count} bytes of the buffer. */
    protected final void skip(int count) {
        skippedBytes += count;
        buffer.discard(count);
    }

    /** Gives up all that is in the buffer. */
    protected final void drop() {
        skippedBytes += buffer.size();
        buffer.clear();
    }

    protected final void countBadChecksum() {
        badChecksums++;
    }

    protected final void countOverlong() {
        overlong++;
    }
}
