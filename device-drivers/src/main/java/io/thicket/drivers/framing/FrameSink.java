package io.thicket.drivers.framing;

/** Takes complete frames. */
@FunctionalInterface
public interface FrameSink {
    /**
     * One frame that passed its check. The buffer is read during the call only.
     *
     * @param arrivedAtMs when its first byte was read
     */
    void frame(long arrivedAtMs, byte[] buffer, int offset, int length);
}
