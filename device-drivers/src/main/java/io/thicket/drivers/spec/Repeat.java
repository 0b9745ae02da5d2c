package io.thicket.drivers.spec;

import org.jspecify.annotations.Nullable;

/**
 * A value that occurs several times in a frame, e.g. once for each cell of a battery.
 *
 * @param step bytes from one to the next
 * @param count how often; 0 if the frame says it or its length does
 * @param countAt place of the number that says it, null if none does
 * @param until where the last one ends at the latest, counted from the frame's end; 0 is the end
 * @param max most that are read
 * @param first number of the first one
 */
public record Repeat(int step, int count, @Nullable Condition countAt, int until, int max, int first) {}
