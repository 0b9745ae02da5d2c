package io.thicket.drivers.framing;

import org.jspecify.annotations.Nullable;

/** Cuts a stream into frames of one {@link BinaryFormat}. The frame handed on is the whole frame. */
public final class BinaryFramer implements Framer {
    private final BinaryFormat format;
    private final Bytes start;
    private final @Nullable LengthField length;
    private final @Nullable CheckPlace check;
    private final int minFrame;
    private final ScanBuffer buffer;
    /** Bytes that must be there before the front is worth looking at again. */
    private int needed = 1;

    private long lastByteMs;
    private long skippedBytes;
    private long badChecksums;

    public BinaryFramer(BinaryFormat format) {
        this.format = format;
        this.start = format.start();
        this.length = format.length();
        this.check = format.check();
        this.minFrame = format.minFrame();
        this.buffer = new ScanBuffer(format.maxFrame());
    }

    @Override
    public void onBytes(long nowMs, byte[] bytes, int offset, int count, FrameSink sink) {
        if (count > 0) {
            onSilence(nowMs, sink);
            lastByteMs = nowMs;
        }
        int first = start.at(0);
        for (int i = offset; i < offset + count; i++) {
            if (buffer.size() == 0 && (bytes[i] & 0xFF) != first) {
                skippedBytes++;
                continue;
            }
            buffer.append(bytes[i], nowMs);
            if (buffer.size() >= needed) {
                scan(sink);
            }
        }
    }

    @Override
    public void onSilence(long nowMs, FrameSink sink) {
        if (buffer.size() > 0 && nowMs - lastByteMs > format.silenceMs()) {
            // A false start may hide whole frames behind it: they are found before the rest is dropped.
            while (buffer.size() > 0) {
                skipOne();
                scan(sink);
            }
        }
    }

    @Override
    public void reset() {
        skippedBytes += buffer.size();
        buffer.clear();
        needed = 1;
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
            int total = total();
            if (total < 0) {
                skipOne();
            } else if (buffer.size() < total) {
                needed = total;
                return;
            } else if (total >= minFrame && isFrame(total)) {
                sink.frame(buffer.arrivedAtMs(0), buffer.array(), buffer.offset(), total);
                buffer.discard(total);
            } else {
                skipOne();
            }
        }
        needed = 1;
    }

    /** How many bytes the front needs to be decided on, as far as is known now; -1 if no frame begins there. */
    private int total() {
        int known = Math.min(buffer.size(), start.length());
        for (int i = 0; i < known; i++) {
            if (buffer.at(i) != start.at(i)) {
                return -1;
            }
        }
        if (known < start.length()) {
            return known + 1;
        }
        if (length == null) {
            return format.fixedLength();
        }
        if (buffer.size() < length.end()) {
            return length.end();
        }
        int total = length.total(buffer.array(), buffer.offset());
        // A frame that is too short or too long is none; the shortest is longer than its own length field.
        return total < minFrame || total > format.maxFrame() ? -1 : total;
    }

    private boolean isFrame(int total) {
        byte[] array = buffer.array();
        int from = buffer.offset();
        Bytes end = format.end();
        if (!end.matches(array, from + total - end.length())) {
            return false;
        }
        if (check != null && !check.isRight(array, from, total)) {
            badChecksums++;
            return false;
        }
        return true;
    }

    /** Gives the front up and goes on at the next byte that can be a start. */
    private void skipOne() {
        int first = start.at(0);
        int skip = 1;
        while (skip < buffer.size() && buffer.at(skip) != first) {
            skip++;
        }
        skippedBytes += skip;
        buffer.discard(skip);
        needed = 1;
    }
}
