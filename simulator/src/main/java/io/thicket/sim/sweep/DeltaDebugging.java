package io.thicket.sim.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Finds a small part of a list that still fails (Zeller and Hildebrandt 2002, ddmin). */
final class DeltaDebugging {
    private DeltaDebugging() {}

    /**
     * A part of {@code items}, which fail, that fails and of which no single item can be left out; larger if {@code fails} says
     * false because it has had enough. Order is kept.
     */
    static <T> List<T> minimize(List<T> items, Predicate<List<T>> fails) {
        if (items.isEmpty() || fails.test(List.of())) {
            return List.of();
        }
        List<T> current = List.copyOf(items);
        int parts = 2;
        while (current.size() >= 2) {
            List<T> smaller = withoutAPart(current, parts, fails);
            if (smaller.size() < current.size()) {
                current = smaller;
                parts = Math.max(parts - 1, 2);
            } else if (parts >= current.size()) {
                return current;
            } else {
                parts = Math.min(current.size(), 2 * parts);
            }
        }
        return current;
    }

    private static <T> List<T> withoutAPart(List<T> items, int parts, Predicate<List<T>> fails) {
        for (int i = 0; i < parts; i++) {
            int from = (int) ((long) items.size() * i / parts);
            int to = (int) ((long) items.size() * (i + 1) / parts);
            List<T> rest = new ArrayList<>(items.subList(0, from));
            rest.addAll(items.subList(to, items.size()));
            if (to > from && !rest.isEmpty() && fails.test(rest)) {
                return rest;
            }
        }
        return items;
    }
}
