package io.thicket.sim.recording;

/**
 * One block of a recording.
 *
 * @param offset of its record in the file, -1 for the block that is still being written
 * @param fromUs of its first picture
 * @param toUs everything before is in it
 * @param summary JSON of what the overview needs of it
 */
public record BlockInfo(long offset, long fromUs, long toUs, int events, String summary) {}
