package io.thicket.drivers.framing;

/** Cuts a stream into frames. Any byte string ends in bounded time and memory and never in an exception. */
public interface Framer {
    /** Bytes were read at {@code nowMs}; complete frames go to {@code sink} during the call. */
    void onBytes(long nowMs, byte[] bytes, int offset, int length, FrameSink sink);

    /** Nothing was read for a while: drops a half frame whose last byte is too old. */
    void onSilence(long nowMs, FrameSink sink);

    /** The line was reopened: forget everything but the counts. */
    void reset();

    /** Bytes that belonged to no frame. */
    long skippedBytes();

    /** Frames whose checksum was wrong. */
    long badChecksums();

    /** Frames that were longer than allowed. */
    long overlong();
}
