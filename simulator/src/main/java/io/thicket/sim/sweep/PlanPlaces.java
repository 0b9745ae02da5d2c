package io.thicket.sim.sweep;

import io.thicket.sim.scenario.file.JsonValue;
import io.thicket.sim.scenario.file.SeedList;
import io.thicket.sim.scenario.file.Setting;
import io.thicket.sim.scenario.file.SweepPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Where the runs of one plan are in another one that varies the same keys and has at least its values and seeds, in any order: the
 * number of a run depends on how many seeds and points there are. Values are the same by their text, since 1 and 1.0 are one number
 * in JSON.
 */
final class PlanPlaces {
    private final SweepPlan from;
    private final int toSeeds;
    private final List<Integer> points = new ArrayList<>();
    private final List<Integer> seeds = new ArrayList<>();

    /** {@code to} must have all of {@code from}, see {@link #lacking}. */
    PlanPlaces(SweepPlan from, SweepPlan to) {
        this.from = from;
        this.toSeeds = to.seeds().size();
        Map<String, Integer> pointAt = new HashMap<>();
        to.points().forEach(point -> pointAt.putIfAbsent(text(point), point.number()));
        from.points().forEach(point -> points.add(place(pointAt, text(point))));
        Map<Long, Integer> seedAt = new HashMap<>();
        to.seeds().forEach(seed -> seedAt.put(seed, seedAt.size()));
        from.seeds().forEach(seed -> seeds.add(place(seedAt, seed)));
    }

    private static <K> int place(Map<K, Integer> places, K key) {
        Integer place = places.get(key);
        if (place == null) {
            throw new IllegalArgumentException("the larger plan does not have " + key);
        }
        return place;
    }

    /** The place of a point, both from 0. */
    int point(int point) {
        return points.get(point);
    }

    /** The place of a seed, both from 0. */
    int seed(int seedIndex) {
        return seeds.get(seedIndex);
    }

    /** The same runs by the numbers that they have there. */
    Map<Integer, RunOutcome> moved(Map<Integer, RunOutcome> outcomes) {
        Map<Integer, RunOutcome> moved = new TreeMap<>();
        int width = from.seeds().size();
        outcomes.forEach((run, its) -> moved.put(point(run / width) * toSeeds + seed(run % width), its));
        return moved;
    }

    /** Whether both vary the same keys. */
    static boolean haveSameKeys(SweepPlan a, SweepPlan b) {
        return a.values().keySet().equals(b.values().keySet());
    }

    /** For people: which values and seeds of {@code part} the plan {@code whole} of the same keys does not have; empty if none. */
    static String lacking(SweepPlan part, SweepPlan whole) {
        List<String> lacking = new ArrayList<>();
        part.values().forEach((key, values) -> {
            Set<String> there = texts(whole.values().getOrDefault(key, List.of()));
            values.stream()
                    .filter(value -> !there.contains(text(value)))
                    .forEach(value -> lacking.add(new Setting(key, value).toString()));
        });
        Set<Long> seeds = new TreeSet<>(part.seeds());
        whole.seeds().forEach(seeds::remove);
        if (!seeds.isEmpty()) {
            lacking.add((seeds.size() == 1 ? "seed " : "seeds ") + SeedList.text(List.copyOf(seeds)));
        }
        return String.join(", ", lacking);
    }

    /** All values and seeds of both, those of {@code a} first; an {@link IllegalArgumentException} if they are too many. */
    static SweepPlan union(SweepPlan a, SweepPlan b) {
        Map<String, List<Object>> values = new LinkedHashMap<>();
        a.values().forEach((key, its) -> {
            Map<String, Object> both = new LinkedHashMap<>();
            its.forEach(value -> both.putIfAbsent(text(value), value));
            b.values().getOrDefault(key, List.of()).forEach(value -> both.putIfAbsent(text(value), value));
            values.put(key, List.copyOf(both.values()));
        });
        Set<Long> seeds = new LinkedHashSet<>(a.seeds());
        seeds.addAll(b.seeds());
        return new SweepPlan(values, List.copyOf(seeds), a.precision(), a.figure(), a.batch());
    }

    private static Set<String> texts(List<Object> values) {
        Set<String> texts = new LinkedHashSet<>();
        values.forEach(value -> texts.add(text(value)));
        return texts;
    }

    private static String text(Object value) {
        return JsonValue.text(value);
    }

    private static String text(SweepPlan.Point point) {
        Map<String, String> byKey = new TreeMap<>();
        point.settings().forEach(setting -> byKey.put(setting.key(), text(setting.value())));
        return byKey.toString();
    }
}
