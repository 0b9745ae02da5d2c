package io.thicket.drivers.meter;

import io.thicket.drivers.checksum.Checksum;
import io.thicket.drivers.framing.FrameSink;
import io.thicket.drivers.framing.Framer;
import io.thicket.drivers.framing.ScanBuffer;

/**
 * Frames of wired M-Bus (EN 13757-2, FT1.2): {@code 68 L L 68}, L bytes, their sum, {@code 16}; and the single byte {@code E5} that
 * acknowledges. The frame handed on is the whole frame.
 */
public final class MbusFramer implements Framer {
    private static final int START = 0x68;
    private static final int STOP = 0x16;
    private static final int ACKNOWLEDGE = 0xE5;
    private static final int HEAD = 4;
    private static final int TAIL = 2;
    private static final int MAX_FRAME = 255 + HEAD + TAIL;

    private final long silenceMs;
    private final ScanBuffer gathered = new ScanBuffer(MAX_FRAME);
    private long lastByteMs;
    private long skippedBytes;
    private long badChecksums;

    /** @param silenceMs half a frame is dropped when nothing came for so long */
    public MbusFramer(long silenceMs) {
        this.silenceMs = silenceMs;
    }

    @Override
    public void onBytes(long nowMs, byte[] bytes, int offset, int length, FrameSink sink) {
        if (length > 0) {
            onSilence(nowMs, sink);
            lastByteMs = nowMs;
        }
        for (int i = offset; i < offset + length; i++) {
            gathered.append(bytes[i], nowMs);
            scan(sink);
        }
    }

    @Override
    public void onSilence(long nowMs, FrameSink sink) {
        if (gathered.size() > 0 && nowMs - lastByteMs > silenceMs) {
            while (gathered.size() > 0) {
                skip();
                scan(sink);
            }
        }
    }

    @Override
    public void reset() {
        skippedBytes += gathered.size();
        gathered.clear();
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

    private void scan(FrameSink sink) {
        while (gathered.size() > 0) {
            if (at(0) == ACKNOWLEDGE) {
                sink.frame(gathered.arrivedAtMs(0), gathered.array(), gathered.offset(), 1);
                gathered.discard(1);
                continue;
            }
            boolean possible = at(0) == START
                    && (gathered.size() < 3 || at(1) == at(2) && at(1) >= 3)
                    && (gathered.size() < HEAD || at(3) == START);
            if (!possible) {
                skip();
                continue;
            }
            int total = gathered.size() < 2 ? MAX_FRAME : at(1) + HEAD + TAIL;
            if (gathered.size() < HEAD || gathered.size() < total) {
                return;
            }
            if (at(total - 1) != STOP) {
                skip();
            } else if (sum(HEAD, total - TAIL) != at(total - TAIL)) {
                badChecksums++;
                skip();
            } else {
                sink.frame(gathered.arrivedAtMs(0), gathered.array(), gathered.offset(), total);
                gathered.discard(total);
            }
        }
    }

    private void skip() {
        int next = 1;
        while (next < gathered.size() && at(next) != START && at(next) != ACKNOWLEDGE) {
            next++;
        }
        skippedBytes += next;
        gathered.discard(next);
    }

    private int sum(int from, int to) {
        int start = gathered.offset();
        return Checksum.SUM8.over(gathered.array(), start + from, start + to);
    }

    private int at(int index) {
        return gathered.at(index);
    }
}
