package io.thicket.drivers.sdi12;

import io.thicket.drivers.SenmlUnit;
import java.util.List;
import java.util.Optional;

/**
 * What is asked of one sensor.
 *
 * @param address of the sensor, a digit or a letter; {@link #ANY} for the only one there is
 * @param command {@code M}, {@code C} (concurrent), with {@code C} for a CRC and a digit for additional ones: {@code MC1}
 * @param columns what the values are, in the order of the sensor; at least one
 */
public record Measurement(char address, String command, List<Column> columns) {
    /** Stands for the only sensor of a line, whatever its address is. */
    public static final char ANY = '?';

    /** Most values of one measurement (specification 1.4, table 5: M 9, C 99). */
    public static final int MAX_VALUES = 99;

    /**
     * One value.
     *
     * @param name in readings; empty if the value is passed over
     * @param unit that the sensor means; empty if none
     */
    public record Column(String name, Optional<SenmlUnit> unit) {}

    public Measurement {
        columns = List.copyOf(columns);
        boolean right = address == ANY || isAddress(address);
        if (!right || !command.matches("[MC]C?[1-9]?") || columns.isEmpty() || columns.size() > MAX_VALUES) {
            throw new IllegalArgumentException(address + command + " with " + columns.size() + " values");
        }
    }

    /** Whether a sensor can have this address. */
    public static boolean isAddress(char c) {
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    /** Whether the sensor's values carry a CRC. */
    public boolean hasCrc() {
        return command.startsWith("C", 1);
    }

    /** Whether the line is free while the sensor measures; it does not say then that it is ready. */
    public boolean isConcurrent() {
        return command.charAt(0) == 'C';
    }
}
