package io.thicket.drivers.bus;

import io.thicket.drivers.LineParameters;

/**
 * What holds for all units of a bus.
 *
 * @param line speed and format, from which the time on the line is computed
 * @param echo whether the adapter sends back what is written
 */
public record BusParameters(LineParameters line, EchoMode echo) {}
