package io.thicket.sim.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.sim.kernel.Seeds;
import io.thicket.sim.medium.wifi.Radio;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Networks of {@code code = "router"}. A table of 16 bytes for each node in each of 10 000 of them took 1.6 GB; found by a review. */
final class RouterAloneTest {
    @Test
    void a_new_router_holds_as_much_in_a_large_network_as_in_a_small_one() throws IllegalAccessException {
        long small = placesOfANewRouter(100);

        assertTrue(small > 100, () -> "places found " + small);
        assertEquals(small, placesOfANewRouter(10_000));
    }

    private static long placesOfANewRouter(int nodes) throws IllegalAccessException {
        LabScenario scenario = LabScenarios.grid(nodes, 200, 10, Radio.RANGE, 60, 240, 1);
        return places(new ThicketProtocol(false).make(new Seeds(1), scenario, 5, 1));
    }

    /**
     * Of all arrays, and what is in all collections and maps, that {@code root} keeps from being forgotten, as far as our own classes lead: room
     * that a collection has to spare is not seen.
     */
    private static long places(Object root) throws IllegalAccessException {
        Set<Object> known = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Object> left = new ArrayDeque<>();
        left.add(root);
        long places = 0;
        while (!left.isEmpty()) {
            Object one = left.remove();
            if (!known.add(one)) {
                continue;
            }
            Class<?> its = one.getClass();
            if (its.isArray()) {
                places += Array.getLength(one);
                if (one instanceof Object[] array) {
                    addAll(left, Arrays.asList(array));
                }
            } else if (one instanceof Collection<?> all) {
                places += all.size();
                addAll(left, all);
            } else if (one instanceof Map<?, ?> map) {
                places += map.size();
                addAll(left, map.keySet());
                addAll(left, map.values());
            } else if (its.getName().startsWith("io.thicket.")) {
                addFields(left, one);
            }
        }
        return places;
    }

    private static void addFields(Deque<Object> left, Object one) throws IllegalAccessException {
        for (Class<?> its = one.getClass(); its != null && its != Object.class; its = its.getSuperclass()) {
            for (Field field : its.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())
                        && !field.getType().isPrimitive()
                        && its.getName().startsWith("io.thicket.")) {
                    field.setAccessible(true);
                    addAll(left, Collections.singletonList(field.get(one)));
                }
            }
        }
    }

    private static void addAll(Deque<Object> left, Collection<?> all) {
        for (Object each : all) {
            if (each != null) {
                left.add(each);
            }
        }
    }
}
