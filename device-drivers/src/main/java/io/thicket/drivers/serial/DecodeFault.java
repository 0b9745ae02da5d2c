package io.thicket.drivers.serial;

import java.util.List;

/**
 * A frame that was refused, with what was on the line until then.
 *
 * @param atNanos when it was refused, in {@link System#nanoTime}
 * @param lines the last bytes, at most {@link #MAX_BYTES}, as {@link FlightRecorder#lines} has them
 */
public record DecodeFault(long atNanos, List<String> lines) {
    /** Longer than nearly all frames; a status page has one of these for each sensor. */
    public static final int MAX_BYTES = 256;

    public DecodeFault {
        lines = List.copyOf(lines);
    }
}
