package io.thicket.agent.sensing;

import io.thicket.drivers.bus.BusParameters;
import io.thicket.drivers.bus.UnitTiming;
import io.thicket.drivers.serial.PortConfig;
import org.jspecify.annotations.Nullable;

/**
 * One line that several sensors share.
 *
 * @param name unique on its node
 * @param port the line
 * @param parameters how it is driven
 * @param timeoutMs for an answer, null for what each device's map says
 * @param guardMs silence before a request, null for what each device's map says
 */
public record BusSpec(
        String name,
        PortConfig port,
        BusParameters parameters,
        @Nullable Long timeoutMs,
        @Nullable Long guardMs) {
    /** A unit's own timing where the bus says nothing else. */
    UnitTiming timing(UnitTiming its) {
        return new UnitTiming(
                timeoutMs == null ? its.timeoutMs() : timeoutMs, guardMs == null ? its.guardMs() : guardMs);
    }
}
