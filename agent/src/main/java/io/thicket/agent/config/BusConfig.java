package io.thicket.agent.config;

import io.thicket.drivers.LineParameters;
import io.thicket.drivers.bus.EchoMode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One {@code [[bus]]}: a line that several sensors share.
 *
 * @param name {@code [a-z0-9_-]{1,32}}, unique on its node
 * @param port path of the serial port
 * @param baud bits per second, null for the usual of its sensors' drivers
 * @param format null for the usual of its sensors' drivers
 * @param settle after opening the port, before anything is asked
 * @param echo whether the adapter sends back what is written
 * @param timeout for an answer, null for what each driver says
 * @param guard silence before a request, null for what each driver says
 */
public record BusConfig(
        String name,
        String port,
        @Nullable Integer baud,
        @Nullable LineFormat format,
        Duration settle,
        EchoMode echo,
        @Nullable Duration timeout,
        @Nullable Duration guard) {
    /** The line: what the file says, and the {@code usual} parameters of a driver for the rest. */
    public LineParameters line(LineParameters usual) {
        return LineFormat.line(usual, baud, format);
    }
}
