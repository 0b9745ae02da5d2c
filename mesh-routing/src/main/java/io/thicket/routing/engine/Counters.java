package io.thicket.routing.engine;

import io.thicket.routing.RoutingCounter;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/** What this router counted since its start. */
final class Counters {
    private static final class Cell {
        long value;
    }

    private final EnumMap<RoutingCounter, Cell> cells = new EnumMap<>(RoutingCounter.class);

    Counters() {
        for (RoutingCounter counter : RoutingCounter.values()) {
            cells.put(counter, new Cell());
        }
    }

    void count(RoutingCounter counter) {
        add(counter, 1);
    }

    void add(RoutingCounter counter, long amount) {
        Cell cell = cells.get(counter);
        if (cell == null) {
            throw new AssertionError(counter);
        }
        cell.value += amount;
    }

    long get(RoutingCounter counter) {
        Cell cell = cells.get(counter);
        return cell == null ? 0 : cell.value;
    }

    /** Every counter, in declaration order. */
    Map<RoutingCounter, Long> snapshot() {
        EnumMap<RoutingCounter, Long> copy = new EnumMap<>(RoutingCounter.class);
        cells.forEach((counter, cell) -> copy.put(counter, cell.value));
        return Collections.unmodifiableMap(copy);
    }
}
