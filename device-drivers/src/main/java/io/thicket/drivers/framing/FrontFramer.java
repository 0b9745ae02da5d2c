package io.thicket.drivers.framing;

/**
 * Decides on the front of its buffer: it is a frame, or none, or more bytes are needed. After a failure the search goes on at the
 * next byte that can be a start, so a frame behind or within a false one is found.
 */
public abstract class FrontFramer extends ScanFramer {
    /** Bytes that must be there before the front is worth looking at again. */
    private int needed = 1;

    protected FrontFramer(ScanBuffer buffer, long silenceMs) {
        super(buffer, silenceMs);
    }

    /** Whether a frame can begin with {@code b}, 0 to 255. */
    protected abstract boolean isStart(int b);

    /**
     * Looks at the buffer, which is not empty and begins with a start. Either takes something off it, by {@link #emit} or
     * {@link #skipFront}, and returns 0, or returns how many bytes must be there before it is worth looking again.
     */
    protected abstract int look(FrameSink sink);

    @Override
    protected final void take(byte b, long nowMs, FrameSink sink) {
        if (buffer.size() == 0 && !isStart(b & 0xFF)) {
            countSkipped(1);
            return;
        }
        if (buffer.isFull()) {
            countOverlong();
            skipFront();
            needed = 1;
        }
        buffer.append(b, nowMs);
        if (buffer.size() >= needed) {
            scan(sink);
        }
    }

    @Override
    protected final void onPause(FrameSink sink) {
        // A false start may hide whole frames behind it: they are found before the rest is dropped.
        while (buffer.size() > 0) {
            skipFront();
            scan(sink);
        }
    }

    @Override
    public void reset() {
        super.reset();
        needed = 1;
    }

    /** Gives the front up, to the next byte that can be a start. */
    protected final void skipFront() {
        skipTo(1);
    }

    /** The same, and at least {@code least} bytes. */
    protected void skipTo(int least) {
        int next = least;
        while (next < buffer.size() && !isStart(buffer.at(next))) {
            next++;
        }
        skip(next);
    }

    /** Hands on the first {@code total} bytes. */
    protected final void emit(int total, FrameSink sink) {
        sink.frame(buffer.arrivedAtMs(0), buffer.array(), buffer.offset(), total);
        buffer.discard(total);
    }

    private void scan(FrameSink sink) {
        needed = 1;
        while (buffer.size() > 0) {
            if (!isStart(buffer.at(0))) {
                skipFront();
                continue;
            }
            int more = look(sink);
            if (more > 0) {
                needed = more;
                return;
            }
        }
    }
}
