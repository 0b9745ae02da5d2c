package io.thicket.drivers;

/**
 * The state of one attached device: framer and decoder. Pure: no I/O, no clock. Any byte string ends in bounded time
 * and memory and never in an exception.
 */
public interface DeviceSession {
    /** Bytes were read at {@code nowMs}; complete frames go to {@code sink} during the call. */
    void onBytes(long nowMs, byte[] bytes, int offset, int length, ObservationSink sink);

    /** Nothing was read for a while; the session drops a half frame that is too old. Call at least once a second. */
    void onSilence(long nowMs, ObservationSink sink);

    /** The line was reopened: forget half frames. */
    void reset();

    /** What was counted since the session began. */
    FrameCounts counts();
}
