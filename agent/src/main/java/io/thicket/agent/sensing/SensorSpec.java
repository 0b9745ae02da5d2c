package io.thicket.agent.sensing;

import io.thicket.drivers.LineParameters;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One configured sensor.
 *
 * @param name unique on its node, {@code [a-z0-9_-]{1,32}}
 * @param driver id of the driver
 * @param port path or {@code usb:VID:PID[:SERIAL[:INTERFACE]]}; empty for a virtual sensor and for one on a bus
 * @param line serial parameters, null for the driver's usual ones
 * @param settleMs input thrown away after opening
 * @param intervalMs time between the readings of a virtual sensor or a unit that is asked; another gives its own pace
 * @param minIntervalMs at most one reading per this time, 0 for all; the only place where readings are thinned
 * @param options of the driver
 * @param unit its place if it answers when it is asked, null if it speaks by itself
 */
public record SensorSpec(
        String name,
        String driver,
        String port,
        @Nullable LineParameters line,
        long settleMs,
        long intervalMs,
        long minIntervalMs,
        Map<String, String> options,
        @Nullable UnitSpec unit) {
    /** Pace of a virtual sensor that has none configured. */
    public static final long DEFAULT_INTERVAL_MS = 10_000;

    private static final Pattern NAME = Pattern.compile("[a-z0-9_-]{1,32}");

    public SensorSpec {
        options = Map.copyOf(options);
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("sensor name '" + name + "': allowed are 1 to 32 of a-z, 0-9, _ and -");
        }
        if (minIntervalMs < 0) {
            throw new IllegalArgumentException("sensor " + name + ": a least interval of " + minIntervalMs + " ms");
        }
        if (intervalMs < VirtualSensor.MIN_INTERVAL_MS) {
            throw new IllegalArgumentException("sensor " + name + ": an interval of " + intervalMs + " ms; allowed are "
                    + VirtualSensor.MIN_INTERVAL_MS + " ms or more");
        }
    }

    /** A sensor that speaks by itself. */
    public SensorSpec(
            String name,
            String driver,
            String port,
            @Nullable LineParameters line,
            long settleMs,
            long intervalMs,
            long minIntervalMs,
            Map<String, String> options) {
        this(name, driver, port, line, settleMs, intervalMs, minIntervalMs, options, null);
    }

    /** A sensor on a serial port with everything else as its driver likes it. */
    public static SensorSpec serial(String name, String driver, String port) {
        return new SensorSpec(name, driver, port, null, 0, DEFAULT_INTERVAL_MS, 0, Map.of());
    }

    /** A virtual sensor with the usual quantities. */
    public static SensorSpec virtual(String name, String driver, long intervalMs) {
        return new SensorSpec(name, driver, "", null, 0, intervalMs, 0, Map.of());
    }
}
