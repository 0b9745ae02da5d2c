package io.thicket.drivers.framing;

import io.thicket.drivers.checksum.Checksum;
import org.jspecify.annotations.Nullable;

/** Cuts a stream into frames of one {@link BinaryFormat}. The frame handed on is the whole frame. */
public final class BinaryFramer extends FrontFramer {
    private final BinaryFormat format;
    private final Bytes start;
    private final int first;
    private final @Nullable LengthField length;
    private final @Nullable CheckPlace check;
    private final int minFrame;

    public BinaryFramer(BinaryFormat format) {
        super(new ScanBuffer(format.maxFrame(), kindOf(format.check())), format.silenceMs());
        this.format = format;
        this.start = format.start();
        this.first = start.at(0);
        this.length = format.length();
        this.check = format.check();
        this.minFrame = format.minFrame();
    }

    private static @Nullable Checksum kindOf(@Nullable CheckPlace check) {
        return check == null ? null : check.kind();
    }

    @Override
    protected boolean isStart(int b) {
        return b == first;
    }

    /** The buffer holds the longest frame, so it never stays full. */
    @Override
    protected int look(FrameSink sink) {
        int total = total();
        if (total > buffer.size()) {
            return total;
        }
        if (total >= minFrame && isFrame(total)) {
            emit(total, sink);
        } else {
            skipFront();
        }
        return 0;
    }

    /** How many bytes the front needs to be decided on, as far as is known now; -1 if no frame begins there. */
    private int total() {
        int known = Math.min(buffer.size(), start.length());
        for (int i = 1; i < known; i++) {
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
        Bytes end = format.end();
        if (!end.matches(buffer.array(), buffer.offset() + total - end.length())) {
            return false;
        }
        if (check != null && !check.isRight(buffer, total)) {
            countBadChecksum();
            return false;
        }
        return true;
    }
}
