package io.thicket.agent.config;

import io.thicket.drivers.bus.Priority;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a {@code [[sensor]]} has that answers on a bus when it is asked.
 *
 * @param bus name of its bus, empty if it has a port of its own
 * @param unit its address
 * @param priority against the others of its bus
 * @param map the file of its register map, null if its driver has one
 * @param mapText what is in it, empty if there is none
 */
public record UnitConfig(
        String bus, int unit, Priority priority, @Nullable Path map, String mapText) {}
