package io.thicket.sim.scenario.file;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which runs a sweep has: each point, a value for every key, with each seed.
 *
 * @param values of each key, in the order of the table
 * @param seeds in the order in which they are run
 * @param precision a point is done when the half width of its 95 % interval is at most this share of the mean; empty to run all seeds
 * @param figure whose interval that is
 * @param batch how many seeds are run between two looks at the interval
 */
public record SweepPlan(
        Map<String, List<Object>> values, List<Long> seeds, Optional<Double> precision, String figure, int batch) {
    /** Most points. */
    public static final int MAX_POINTS = 1_000;

    /** Most runs. */
    public static final int MAX_RUNS = 1_000_000;

    /** What is usually asked of a network. */
    public static final String USUAL_FIGURE = "pdr";

    /** Fewer would stop by luck too often. */
    public static final int USUAL_BATCH = 5;

    /** A combination of values. */
    public record Point(int number, List<Setting> settings) {
        public Point {
            settings = List.copyOf(settings);
        }

        /** For people: {@code nodes.count=100 radio.loss=0.1}. */
        @Override
        public String toString() {
            return settings.isEmpty()
                    ? "the file as it is"
                    : String.join(" ", settings.stream().map(Setting::toString).toList());
        }
    }

    public SweepPlan {
        Map<String, List<Object>> copy = new LinkedHashMap<>();
        long points = 1;
        for (Map.Entry<String, List<Object>> each : values.entrySet()) {
            // A value twice would be two points with the same runs, which are no more of them.
            Map<String, Object> different = new LinkedHashMap<>();
            each.getValue().forEach(value -> different.putIfAbsent(JsonValue.text(value), value));
            copy.put(each.getKey(), List.copyOf(different.values()));
            points = Math.min(points * different.size(), Integer.MAX_VALUE);
        }
        requireApart(copy.keySet());
        values = copy;
        seeds = List.copyOf(seeds);
        if (points > MAX_POINTS) {
            throw new IllegalArgumentException(
                    points + " combinations of values where " + MAX_POINTS + " are possible");
        }
        if (points * seeds.size() > MAX_RUNS) {
            throw new IllegalArgumentException(
                    points * seeds.size() + " runs where " + MAX_RUNS + " are possible: fewer values or seeds");
        }
    }

    /** Of {@code traffic.interval} and {@code traffic.0.interval} one would overwrite the other, and the table say what was not run. */
    private static void requireApart(Set<String> keys) {
        for (String key : keys) {
            String ofAll = key.replaceFirst("[.][0-9]+[.]", ".");
            if (!ofAll.equals(key) && keys.contains(ofAll)) {
                throw new IllegalArgumentException(
                        ofAll + " and " + key + " cannot both be varied: the first is every one of them");
            }
        }
    }

    /** Every combination; the last key changes fastest. */
    public List<Point> points() {
        List<List<Setting>> combinations = new ArrayList<>(List.of(List.of()));
        values.forEach((key, its) -> {
            List<List<Setting>> longer = new ArrayList<>();
            for (List<Setting> combination : combinations) {
                for (Object value : its) {
                    List<Setting> with = new ArrayList<>(combination);
                    with.add(new Setting(key, value));
                    longer.add(with);
                }
            }
            combinations.clear();
            combinations.addAll(longer);
        });
        List<Point> points = new ArrayList<>();
        combinations.forEach(each -> points.add(new Point(points.size(), each)));
        return points;
    }

    /** The same with other values of some keys, from {@code KEY=VALUES} texts; an {@link IllegalArgumentException} says all that is wrong. */
    public SweepPlan withSets(List<String> texts) {
        Map<String, List<Object>> more = new LinkedHashMap<>(values);
        SetTexts.read(texts, SweepPlan::valuesOf, Map.Entry::getKey)
                .forEach(both -> more.put(both.getKey(), both.getValue()));
        return new SweepPlan(more, seeds, precision, figure, batch);
    }

    private static Map.Entry<String, List<Object>> valuesOf(String text) {
        Map.Entry<String, List<Object>> both = ValueList.parseSet(text);
        both.getValue().forEach(value -> new Setting(both.getKey(), value)); // it refuses what is no key
        return both;
    }

    /** The same with other seeds. */
    public SweepPlan withSeeds(List<Long> its) {
        return new SweepPlan(values, its, precision, figure, batch);
    }

    /** The same with a wanted precision. */
    public SweepPlan withPrecision(Optional<Double> its, String ofFigure, int every) {
        return new SweepPlan(values, seeds, its, ofFigure, every);
    }
}
