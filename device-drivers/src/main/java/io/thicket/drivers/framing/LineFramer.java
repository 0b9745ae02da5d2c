package io.thicket.drivers.framing;

/**
 * Lines of text that end with LF, CR or CR LF; empty lines are no frames. A line longer than the limit is dropped whole.
 *
 * <p>After {@link #reset} everything up to the first line end (or the first long silence) is dropped: a line that was
 * opened in the middle of a transmission begins with half a line or with the boot text of a board. A new framer begins
 * in step, so that a recording loses nothing.
 */
public final class LineFramer extends ScanFramer {
    private boolean inStep = true;
    private boolean dropping;

    /**
     * @param maxLength longest line in bytes, without its end
     * @param silenceMs a half line is dropped when nothing came for so long
     */
    public LineFramer(int maxLength, long silenceMs) {
        super(new ScanBuffer(maxLength), silenceMs);
    }

    @Override
    protected void take(byte b, long nowMs, FrameSink sink) {
        if (b == '\n' || b == '\r') {
            endOfLine(sink);
        } else if (dropping || !inStep) {
            countSkipped(1);
        } else if (buffer.isFull()) {
            countOverlong();
            countSkipped(1);
            drop();
            dropping = true;
        } else {
            buffer.append(b, nowMs);
        }
    }

    @Override
    protected boolean isWaiting() {
        return true;
    }

    @Override
    protected void onPause(FrameSink sink) {
        drop();
        dropping = false;
        inStep = true;
    }

    @Override
    public void reset() {
        super.reset();
        dropping = false;
        inStep = false;
    }

    private void endOfLine(FrameSink sink) {
        if (buffer.size() > 0) {
            sink.frame(buffer.arrivedAtMs(0), buffer.array(), buffer.offset(), buffer.size());
            buffer.clear();
        }
        dropping = false;
        inStep = true;
    }
}
