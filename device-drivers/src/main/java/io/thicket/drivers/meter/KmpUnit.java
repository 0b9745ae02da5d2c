package io.thicket.drivers.meter;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A unit of the Kamstrup Meter Protocol, which a meter says by a code with each number.
 *
 * @param name a primary SenML unit, null if the number has none
 * @param multiplier from the meter's unit to that one, together with the divisor
 * @param divisor kept apart, because a number divided by 1000 is exact where one times 0.001 is not
 */
record KmpUnit(@Nullable String name, double multiplier, double divisor) {
    private static final Map<Integer, KmpUnit> ALL = table();

    /** The unit of a code; null if the code is not known, or no number has it (times, dates, texts). */
    static @Nullable KmpUnit find(int code) {
        return ALL.get(code);
    }

    double convert(double number) {
        return number * multiplier / divisor;
    }

    private static Map<Integer, KmpUnit> table() {
        Map<Integer, KmpUnit> all = new HashMap<>();
        all.put(0, new KmpUnit(null, 1, 1));
        all.put(51, new KmpUnit(null, 1, 1));
        // Bits.
        all.put(59, new KmpUnit(null, 1, 1));
        thousands(all, 1, "J", 3600);
        thousands(all, 5, "J", 1);
        // The calorie of the international steam tables, in which heat is sold.
        thousands(all, 9, "J", 4.1868);
        thousands(all, 13, "vars", 3600);
        thousands(all, 17, "VAs", 3600);
        thousands(all, 21, "W", 1);
        thousands(all, 25, "var", 1);
        thousands(all, 29, "VA", 1);
        put(all, 33, "V", 1, 1);
        put(all, 34, "A", 1, 1);
        put(all, 35, "V", 1000, 1);
        put(all, 36, "A", 1000, 1);
        put(all, 37, "Cel", 1, 1);
        put(all, 38, "K", 1, 1);
        put(all, 39, "m3", 1, 1000);
        put(all, 40, "m3", 1, 1);
        put(all, 41, "m3/s", 1, 3.6e6);
        put(all, 42, "m3/s", 1, 3600);
        put(all, 44, "kg", 1000, 1);
        put(all, 46, "s", 3600, 1);
        put(all, 52, "Pa", 1e5, 1);
        put(all, 55, "m3", 10, 1);
        put(all, 56, "kg", 10_000, 1);
        put(all, 57, "J", 1e10, 1);
        put(all, 58, "s", 60, 1);
        put(all, 60, "s", 1, 1);
        put(all, 61, "s", 1, 1000);
        put(all, 62, "s", 86_400, 1);
        return all;
    }

    /** Four codes: the unit, and a thousand, a million and a milliard of it. */
    private static void thousands(Map<Integer, KmpUnit> all, int code, String name, double multiplier) {
        put(all, code, name, multiplier, 1);
        put(all, code + 1, name, multiplier * 1e3, 1);
        put(all, code + 2, name, multiplier * 1e6, 1);
        put(all, code + 3, name, multiplier * 1e9, 1);
    }

    private static void put(Map<Integer, KmpUnit> all, int code, String name, double multiplier, double divisor) {
        all.put(code, new KmpUnit(name, multiplier, divisor));
    }
}
