package io.thicket.drivers.serial;

import io.thicket.drivers.LineParameters;

/**
 * How a port is used.
 *
 * @param address which port
 * @param line speed, format and wanted control lines
 * @param settleMs after opening, input of so many ms is thrown away (boards that reset when they are opened: 2000);
 *     0 to {@link #MAX_SETTLE_MS}
 */
public record PortConfig(PortAddress address, LineParameters line, long settleMs) {
    /** Longest settle time. */
    public static final long MAX_SETTLE_MS = 60_000;

    public PortConfig {
        if (settleMs < 0 || settleMs > MAX_SETTLE_MS) {
            throw new IllegalArgumentException("settle time of " + settleMs + " ms; allowed are 0 to " + MAX_SETTLE_MS);
        }
    }

    /** A port with the given line and no settle time. */
    public static PortConfig of(String address, LineParameters line) {
        return new PortConfig(PortAddress.parse(address), line, 0);
    }
}
