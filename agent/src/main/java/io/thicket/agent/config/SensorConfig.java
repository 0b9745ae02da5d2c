package io.thicket.agent.config;

import io.thicket.agent.port.CalibrationNote;
import io.thicket.drivers.LineParameters;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One {@code [[sensor]]}.
 *
 * @param name {@code [a-z0-9_-]{1,32}}, unique on its node
 * @param driver id of a driver
 * @param port path of the serial port, null for a virtual sensor and for one on a bus
 * @param baud bits per second, null for the driver's usual
 * @param format null for the driver's usual
 * @param settle after opening the port, before what it says counts
 * @param interval between the readings of a sensor that is asked, or a virtual one
 * @param minInterval at most one reading per this time; zero passes all
 * @param health time between readings of how port and device are; zero for none
 * @param options for the driver, in the order of the file
 * @param keyFile the key of a device that encrypts, null if it does not
 * @param filters of its values, by name
 * @param allowCommands dangerous commands that may be told
 * @param calibration when it was calibrated, null if nothing is said
 * @param unit its place among units that are asked, null if it speaks by itself
 */
public record SensorConfig(
        String name,
        String driver,
        @Nullable String port,
        @Nullable Integer baud,
        @Nullable LineFormat format,
        Duration settle,
        Duration interval,
        Duration minInterval,
        Duration health,
        Map<String, String> options,
        @Nullable SensorKeyFile keyFile,
        Map<String, String> filters,
        List<String> allowCommands,
        @Nullable CalibrationNote calibration,
        @Nullable UnitConfig unit) {
    /** The shortest {@link #health}. */
    public static final Duration LEAST_HEALTH = Duration.ofSeconds(10);

    public static final Duration DEFAULT_SETTLE = Duration.ofSeconds(2);
    public static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(10);

    /** The shortest {@link #interval}, and the longest. */
    public static final Duration LEAST_INTERVAL = Duration.ofMillis(100);

    public static final Duration MOST_INTERVAL = Duration.ofHours(24);

    /** Ids of drivers without a port begin so. */
    public static final String VIRTUAL_PREFIX = "virtual.";

    public SensorConfig {
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
        allowCommands = List.copyOf(allowCommands);
        filters = Collections.unmodifiableMap(new LinkedHashMap<>(filters));
    }

    /** Whether it has no port. */
    public boolean isVirtual() {
        return driver.startsWith(VIRTUAL_PREFIX);
    }

    /** The line: the driver's {@code usual} parameters with what the file says otherwise. */
    public LineParameters line(LineParameters usual) {
        return LineFormat.line(usual, baud, format);
    }

    /** What the driver is opened with. */
    public Map<String, String> driverOptions() {
        return SensorKeyFile.with(keyFile, UnitSection.options(options, unit));
    }
}
