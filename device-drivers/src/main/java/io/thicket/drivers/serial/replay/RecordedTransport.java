package io.thicket.drivers.serial.replay;

import io.thicket.drivers.LineParameters;
import io.thicket.drivers.capture.Capture;
import io.thicket.drivers.serial.Transport;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * What was received when the recording was made comes again, at the same distances in time, from the first question for input on. After that
 * the line is silent, as that of a device that died. What is written goes nowhere.
 */
final class RecordedTransport implements Transport {
    private static final long NANOS_OF_MICRO = 1_000;

    private final List<Capture.Piece> pieces;
    private final LongSupplier nanoTime;
    private boolean began;
    private long beganNanos;
    private int piece;
    private int at;

    RecordedTransport(Capture capture, LongSupplier nanoTime) {
        this.pieces = capture.pieces().stream().filter(Capture.Piece::received).toList();
        this.nanoTime = nanoTime;
    }

    @Override
    public int pending() {
        if (!began) {
            began = true;
            beganNanos = nanoTime.getAsLong();
        }
        return piece < pieces.size() && isDue(pieces.get(piece)) ? bytes().length - at : 0;
    }

    private boolean isDue(Capture.Piece next) {
        long afterNanos = (next.atMicros() - pieces.get(0).atMicros()) * NANOS_OF_MICRO;
        return nanoTime.getAsLong() - beganNanos >= afterNanos;
    }

    private byte[] bytes() {
        return pieces.get(piece).bytes().toArray();
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        int count = Math.min(length, pending());
        if (count > 0) {
            byte[] bytes = bytes();
            System.arraycopy(bytes, at, buffer, offset, count);
            at += count;
            if (at == bytes.length) {
                piece++;
                at = 0;
            }
        }
        return count;
    }

    @Override
    public int write(byte[] bytes, int offset, int length) {
        return length;
    }

    /** What is due; the recording begins with the first question for input, so that nothing is lost while a port settles. */
    @Override
    public void purge() {
        while (began && pending() > 0) {
            piece++;
            at = 0;
        }
    }

    @Override
    public void setLine(LineParameters line) {
        // It was recorded with the right ones, or not.
    }

    @Override
    public void setLines(boolean rts, boolean dtr) {
        // Nobody listens.
    }

    @Override
    public boolean sendBreak(int lengthMs) {
        return true;
    }

    @Override
    public void close() {
        piece = pieces.size();
    }
}
