package io.thicket.drivers.modbus;

import io.thicket.drivers.bus.Priority;
import io.thicket.drivers.bus.UnitTiming;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * How one device is read.
 *
 * @param address 1 to {@link ModbusRequest#MAX_UNIT}
 * @param map what it has
 * @param wanted names of the values to hand on, empty for all
 * @param intervalMs one reading each, {@link #MIN_INTERVAL_MS} or more and not more often than its map allows
 * @param priority against the other units of its line
 * @param timing what it needs
 */
public record UnitPlan(
        int address, RegisterMap map, Set<String> wanted, long intervalMs, Priority priority, UnitTiming timing) {
    public static final long MIN_INTERVAL_MS = 100;

    public UnitPlan {
        wanted = Collections.unmodifiableSet(new LinkedHashSet<>(wanted));
        if (address < 1 || address > ModbusRequest.MAX_UNIT) {
            throw new IllegalArgumentException("unit " + address + "; allowed are 1 to " + ModbusRequest.MAX_UNIT);
        }
        long least = Math.max(MIN_INTERVAL_MS, map.minIntervalMs());
        if (intervalMs < least) {
            throw new IllegalArgumentException(
                    "an interval of " + intervalMs + " ms; " + map.id() + " allows " + least + " ms or more");
        }
    }
}
