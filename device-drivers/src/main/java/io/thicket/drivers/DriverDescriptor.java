package io.thicket.drivers;

import java.util.List;

/**
 * What a driver is, for {@code thicket driver list} and the configuration check.
 *
 * @param id as written in the configuration, e.g. {@code plantower.pms5003}
 * @param title for people
 * @param line the usual serial parameters
 * @param options keys that {@link DeviceDriver#open} understands, each with one sentence
 */
public record DriverDescriptor(String id, String title, LineParameters line, List<Option> options) {
    /** One option. */
    public record Option(String key, String description) {}

    public DriverDescriptor {
        options = List.copyOf(options);
    }
}
