package io.thicket.drivers.framing;

import io.thicket.drivers.checksum.Checksum;

/**
 * NMEA 0183 sentences: {@code $} or {@code !}, printable characters, {@code *} and two hex digits. The frame handed on is
 * what lies between the start and the {@code *}. It is complete with its second digit, so sentences that are glued
 * together without CR LF are found; sentences without a checksum are refused.
 */
public final class NmeaFramer implements Framer {
    /** Longest sentence in bytes, start and checksum included. The standard says 82, real devices exceed it. */
    public static final int MAX_SENTENCE = 256;

    private final ScanBuffer buffer = new ScanBuffer(MAX_SENTENCE);
    private final long silenceMs;
    private long lastByteMs;
    private int star = -1;
    private int scanned;
    private long skippedBytes;
    private long badChecksums;
    private long overlong;

    /** @param silenceMs a half sentence is dropped when nothing came for so long */
    public NmeaFramer(long silenceMs) {
        this.silenceMs = silenceMs;
    }

    @Override
    public void onBytes(long nowMs, byte[] bytes, int offset, int length, FrameSink sink) {
        if (length > 0) {
            onSilence(nowMs, sink);
            lastByteMs = nowMs;
        }
        for (int i = offset; i < offset + length; i++) {
            if (buffer.size() == 0 && !isStart(bytes[i])) {
                skip(bytes[i]);
            } else {
                buffer.append(bytes[i], nowMs);
                scan(sink);
            }
        }
    }

    @Override
    public void onSilence(long nowMs, FrameSink sink) {
        if (buffer.size() > 0 && nowMs - lastByteMs > silenceMs) {
            discardAll();
        }
    }

    @Override
    public void reset() {
        discardAll();
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
        return overlong;
    }

    /** Looks at the bytes not yet looked at. Each failure discards at least one byte, so this ends. */
    private void scan(FrameSink sink) {
        while (scanned < buffer.size()) {
            int index = scanned++;
            int c = buffer.at(index);
            if (index == 0) {
                continue;
            }
            boolean printable = c >= 0x20 && c <= 0x7E;
            if (star < 0 && c == '*') {
                star = index;
            } else if (!printable || isStart(c)) {
                if (c == '\r' || c == '\n') {
                    badChecksums++;
                }
                resume();
            } else if (star >= 0 && index == star + 2) {
                complete(sink);
            }
            // Whatever the last byte was: the star may stand in the last place, and then its digits have none.
            if (buffer.isFull()) {
                overlong++;
                resume();
            }
        }
    }

    private void complete(FrameSink sink) {
        int expected = hex(buffer.at(star + 1)) * 16 + hex(buffer.at(star + 2));
        boolean digits = hex(buffer.at(star + 1)) >= 0 && hex(buffer.at(star + 2)) >= 0;
        int from = buffer.offset() + 1;
        int to = buffer.offset() + star;
        if (digits && expected == Checksum.XOR8.over(buffer.array(), from, to)) {
            sink.frame(buffer.arrivedAtMs(0), buffer.array(), from, to - from);
            buffer.discard(star + 3);
            restart();
        } else {
            badChecksums++;
            resume();
        }
    }

    /** Goes on at the next start after the one that failed. */
    private void resume() {
        do {
            skip(buffer.at(0));
            buffer.discard(1);
        } while (buffer.size() > 0 && !isStart(buffer.at(0)));
        restart();
    }

    private void restart() {
        star = -1;
        scanned = 0;
    }

    private void discardAll() {
        skippedBytes += buffer.size();
        buffer.clear();
        restart();
    }

    private void skip(int c) {
        // A line end belongs to the sentence before it.
        if (c != '\r' && c != '\n') {
            skippedBytes++;
        }
    }

    private static boolean isStart(int c) {
        return c == '$' || c == '!';
    }

    private static int hex(int c) {
        return Character.digit(c, 16);
    }
}
