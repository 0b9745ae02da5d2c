package io.thicket.sim.scenario.file;

import java.util.List;

/**
 * What some nodes measure.
 *
 * @param nodes whose sensor it is, ascending
 * @param name of the value
 * @param unit as SenML has it, empty for none
 * @param value constant, mean of a sine, or where a walk begins
 * @param amplitude of a sine
 * @param periodMs of a sine
 * @param peakMs when a sine is highest
 * @param step of a walk: standard deviation of each change
 * @param everyMs between two changes of a walk
 * @param min a walk turns back there
 * @param max a walk turns back there
 * @param noise standard deviation of what is added to each value
 * @param decimals digits after the point
 * @param table of a CSV, ascending by time; each value holds until the next one
 */
public record SensorPlan(
        List<Integer> nodes,
        String name,
        String unit,
        Source source,
        double value,
        double amplitude,
        long periodMs,
        long peakMs,
        double step,
        long everyMs,
        double min,
        double max,
        double noise,
        int decimals,
        List<Row> table) {
    /** Where values come from. */
    public enum Source {
        CONSTANT,
        SINE,
        RANDOM_WALK,
        CSV
    }

    /** A value from a time on; of one node, or of all (-1). */
    public record Row(long atUs, int node, double value) {}

    /** The node of a row that is of all. */
    public static final int ALL = -1;

    public SensorPlan {
        nodes = List.copyOf(nodes);
        table = List.copyOf(table);
    }
}
