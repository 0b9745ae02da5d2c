package io.thicket.drivers.framing;

/**
 * Lines of text that end with LF, CR or CR LF; empty lines are no frames. A line longer than the limit is dropped whole.
 *
 * <p>After {@link #reset} everything up to the first line end (or the first long silence) is dropped: a line that was
 * opened in the middle of a transmission begins with half a line or with the boot text of a board. A new framer begins
 * in step, so that a recording loses nothing.
 */
public final class LineFramer implements Framer {
    private final ScanBuffer buffer;
    private final long silenceMs;
    private boolean inStep = true;
    private boolean dropping;
    private long lastByteMs;
    private boolean heard;
    private long skippedBytes;
    private long overlong;

    /**
     * @param maxLength longest line in bytes, without its end
     * @param silenceMs a half line is dropped when nothing came for so long
     */
    public LineFramer(int maxLength, long silenceMs) {
        this.buffer = new ScanBuffer(maxLength);
        this.silenceMs = silenceMs;
    }

    @Override
    public void onBytes(long nowMs, byte[] bytes, int offset, int length, FrameSink sink) {
        if (length > 0) {
            dropStale(nowMs);
            lastByteMs = nowMs;
            heard = true;
        }
        for (int i = offset; i < offset + length; i++) {
            byte b = bytes[i];
            if (b == '\n' || b == '\r') {
                endOfLine(sink);
            } else if (dropping || !inStep) {
                skippedBytes++;
            } else if (buffer.isFull()) {
                overlong++;
                skippedBytes += buffer.size() + 1L;
                buffer.clear();
                dropping = true;
            } else {
                buffer.append(b, nowMs);
            }
        }
    }

    @Override
    public void onSilence(long nowMs, FrameSink sink) {
        if (!heard) {
            lastByteMs = nowMs;
            heard = true;
        }
        dropStale(nowMs);
    }

    @Override
    public void reset() {
        skippedBytes += buffer.size();
        buffer.clear();
        dropping = false;
        inStep = false;
        heard = false;
    }

    @Override
    public long skippedBytes() {
        return skippedBytes;
    }

    @Override
    public long badChecksums() {
        return 0;
    }

    @Override
    public long overlong() {
        return overlong;
    }

    private void endOfLine(FrameSink sink) {
        if (buffer.size() > 0) {
            sink.frame(buffer.arrivedAtMs(0), buffer.array(), buffer.offset(), buffer.size());
            buffer.clear();
        }
        dropping = false;
        inStep = true;
    }

    private void dropStale(long nowMs) {
        if (heard && nowMs - lastByteMs > silenceMs) {
            skippedBytes += buffer.size();
            buffer.clear();
            dropping = false;
            inStep = true;
        }
    }
}
