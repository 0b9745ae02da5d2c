package io.thicket.agent.senml;

import java.util.List;

/**
 * One reading: the values of one sensor at one time.
 *
 * @param baseName {@code bn}, may be empty inside the mesh, where the origin says who it is
 * @param baseTimeSeconds {@code bt}: seconds since 1970 if at least 2^28, else relative to now (section 4.5.3)
 * @param records 1 to {@link #MAX_RECORDS}
 */
public record SenmlPack(String baseName, double baseTimeSeconds, List<SenmlRecord> records) {
    /** Most records of one pack. */
    public static final int MAX_RECORDS = 64;

    public SenmlPack {
        records = List.copyOf(records);
        if (records.isEmpty() || records.size() > MAX_RECORDS) {
            throw new IllegalArgumentException("a pack has 1 to " + MAX_RECORDS + " records, not " + records.size());
        }
    }
}
