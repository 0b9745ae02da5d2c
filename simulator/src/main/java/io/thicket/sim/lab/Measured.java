package io.thicket.sim.lab;

import org.jspecify.annotations.Nullable;

/**
 * One value of a reading.
 *
 * @param name of its record
 * @param unit as SenML has it (RFC 8428 section 12.1), null for none
 */
public record Measured(String name, @Nullable String unit, double value) {}
