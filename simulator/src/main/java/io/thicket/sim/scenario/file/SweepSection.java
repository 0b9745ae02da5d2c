package io.thicket.sim.scenario.file;

import io.thicket.agent.config.SectionReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code [sweep]}: values and seeds of many runs. */
final class SweepSection {
    private static final String SEEDS_HINT = "write seeds = 20, seeds = \"1..20\" or seeds = [1, 2, 3]";
    private static final int USUAL_SEEDS = 10;

    private SweepSection() {}

    static SweepPlan read(SectionReader reader) {
        List<Long> seeds = seeds(reader);
        Optional<Double> precision = reader.decimal("precision", 1e-6, 1);
        String figure = reader.text("figure").orElse(SweepPlan.USUAL_FIGURE);
        int batch = reader.integer("batch", 2, 1_000).orElse(SweepPlan.USUAL_BATCH);
        for (String key : new String[] {"figure", "batch"}) {
            if (precision.isEmpty() && reader.has(key)) {
                reader.error(
                        key, key + " is for a precision, and there is none", "write precision = 0.05, or leave it out");
            }
        }
        Map<String, List<Object>> values = new LinkedHashMap<>();
        reader.dotted("set").forEach((key, value) -> values(reader, key, value).ifPresent(its -> values.put(key, its)));
        values.forEach((key, its) ->
                Repeats.ofValues(key, its).ifPresent(equal -> reader.warning("set", "set: " + equal, "")));
        try {
            return new SweepPlan(values, seeds, precision, figure, batch);
        } catch (IllegalArgumentException e) {
            reader.error("set", "is " + e.getMessage(), "");
            return new SweepPlan(Map.of(), List.of(1L), Optional.empty(), figure, batch);
        }
    }

    private static Optional<List<Object>> values(SectionReader reader, String key, Object value) {
        try {
            new Setting(key, 0L);
            if (value instanceof String text && ValueList.isRange(text)) {
                return Optional.of(ValueList.range(text));
            }
            if (value instanceof List<?> list && !list.isEmpty() && list.size() <= ValueList.MAX_VALUES) {
                return Optional.of(new ArrayList<>(list));
            }
            reader.dottedError(
                    "set",
                    key,
                    "set: " + key + " is no list of 1 to " + ValueList.MAX_VALUES + " values",
                    "write " + key + " = [1, 2, 3], or a range such as \"0..0.3:0.1\"");
        } catch (IllegalArgumentException e) {
            reader.dottedError("set", key, "set: " + e.getMessage(), "");
        }
        return Optional.empty();
    }

    private static List<Long> seeds(SectionReader reader) {
        Object value = reader.value("seeds").orElse((long) USUAL_SEEDS);
        List<Long> seeds = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        try {
            if (value instanceof Long count) {
                if (count < 1 || count > SeedList.MAX_SEEDS) {
                    throw new IllegalArgumentException(count + " is not 1 to " + SeedList.MAX_SEEDS);
                }
                seeds.addAll(SeedList.parse("1.." + count));
            } else {
                for (Object each : value instanceof List<?> list ? list : List.of(value)) {
                    String text = String.valueOf(each);
                    seeds.addAll(SeedList.all(text));
                    texts.add(text);
                }
            }
        } catch (IllegalArgumentException e) {
            reader.error("seeds", "seeds: " + e.getMessage(), SEEDS_HINT);
        }
        if (seeds.isEmpty()) {
            if (value instanceof List<?>) {
                reader.error("seeds", "seeds is empty", SEEDS_HINT);
            }
            return List.of(1L);
        }
        Repeats.ofSeeds(texts).ifPresent(again -> reader.warning("seeds", "seeds: " + again, ""));
        return seeds.stream().distinct().toList();
    }
}
