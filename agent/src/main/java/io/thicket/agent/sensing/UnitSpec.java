package io.thicket.agent.sensing;

import io.thicket.drivers.bus.Priority;

/**
 * The place of a sensor that answers when it is asked.
 *
 * @param bus name of its bus, empty if it has a port of its own
 * @param address on the line
 * @param priority against the others of its bus
 */
public record UnitSpec(String bus, int address, Priority priority) {}
