package io.thicket.drivers.spec;

import io.thicket.drivers.framing.Bytes;
import java.util.Map;

/**
 * Bytes of the device and what they must decode to.
 *
 * @param source where they are from
 * @param values by name, in the unit of the specification: a Double, a String or a Boolean
 * @param tolerance how far a number may be off
 * @param line of the file, for messages
 */
public record ExampleSpec(
        Bytes bytes, String source, Map<String, Object> values, double tolerance, int line, int column) {}
