package io.thicket.drivers.meter;

import io.thicket.drivers.checksum.Checksum;
import io.thicket.drivers.framing.FrameSink;
import io.thicket.drivers.framing.FrontFramer;
import io.thicket.drivers.framing.ScanBuffer;

/**
 * Frames of wired M-Bus (EN 13757-2, FT1.2): {@code 68 L L 68}, L bytes, their sum, {@code 16}; and the single byte {@code E5} that
 * acknowledges. The frame handed on is the whole frame.
 */
public final class MbusFramer extends FrontFramer {
    private static final int START = 0x68;
    private static final int STOP = 0x16;
    private static final int ACKNOWLEDGE = 0xE5;
    private static final int HEAD = 4;
    private static final int TAIL = 2;
    private static final int MIN_LENGTH = 3;
    private static final int MAX_FRAME = 255 + HEAD + TAIL;

    /** @param silenceMs half a frame is dropped when nothing came for so long */
    public MbusFramer(long silenceMs) {
        super(new ScanBuffer(MAX_FRAME, Checksum.SUM8), silenceMs);
    }

    @Override
    protected boolean isStart(int b) {
        return b == START || b == ACKNOWLEDGE;
    }

    @Override
    protected int look(FrameSink sink) {
        int size = buffer.size();
        if (buffer.at(0) == ACKNOWLEDGE) {
            emit(1, sink);
            return 0;
        }
        boolean possible = (size < 3 || buffer.at(1) == buffer.at(2) && buffer.at(1) >= MIN_LENGTH)
                && (size < HEAD || buffer.at(3) == START);
        if (!possible) {
            skipFront();
            return 0;
        }
        if (size < HEAD) {
            return size + 1;
        }
        int total = buffer.at(1) + HEAD + TAIL;
        if (size < total) {
            return total;
        }
        if (buffer.at(total - 1) != STOP) {
            skipFront();
        } else if (buffer.check(Checksum.SUM8, HEAD, total - TAIL) != buffer.at(total - TAIL)) {
            countBadChecksum();
            skipFront();
        } else {
            emit(total, sink);
        }
        return 0;
    }
}
