package io.thicket.drivers;

/**
 * What a session has seen.
 *
 * @param good frames that decoded
 * @param badChecksum frames with a wrong checksum
 * @param malformed frames with a right (or no) checksum that could not be decoded
 * @param noValue valid frames in which the device says that it has no value yet
 * @param skippedBytes bytes that belonged to no frame
 */
public record FrameCounts(long good, long badChecksum, long malformed, long noValue, long skippedBytes) {
    public static final FrameCounts NONE = new FrameCounts(0, 0, 0, 0, 0);
}
