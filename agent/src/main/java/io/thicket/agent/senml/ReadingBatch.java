package io.thicket.agent.senml;

import java.util.List;

/**
 * What a READINGS message carries: some readings of one node.
 *
 * @param name the origin's own name
 * @param epoch the boot in which they were taken
 * @param readings 1 to {@link #MAX_READINGS}, with growing seq
 */
public record ReadingBatch(String name, long epoch, List<Reading> readings) {
    /** Most readings in one message. */
    public static final int MAX_READINGS = 64;

    public ReadingBatch {
        readings = List.copyOf(readings);
        if (readings.isEmpty() || readings.size() > MAX_READINGS) {
            throw new IllegalArgumentException(
                    "a batch has 1 to " + MAX_READINGS + " readings, not " + readings.size());
        }
    }

    /**
     * One reading.
     *
     * @param seq its number in (node, epoch); (node, epoch, seq) is its identity everywhere
     * @param sensor the sensor's name on its node
     * @param pack its values; the base time is absolute, or relative to the moment the batch was encoded
     */
    public record Reading(long seq, String sensor, SenmlPack pack) {}
}
