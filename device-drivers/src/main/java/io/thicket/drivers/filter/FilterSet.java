package io.thicket.drivers.filter;

import io.thicket.drivers.Observation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The filters of one sensor: a chain for each quantity. Numbers only; text and flags go along with any number of their
 * reading that passes, or by themselves if it has no number.
 */
public final class FilterSet {
    /** The chain of all quantities that have none of their own. */
    public static final String ALL_OTHERS = "*";

    /** Most quantities that are filtered; more pass as they are. */
    private static final int MAX_QUANTITIES = 256;

    private final Map<String, String> texts;
    private final Map<String, Chain> chains = new LinkedHashMap<>();

    private FilterSet(Map<String, String> texts) {
        this.texts = new LinkedHashMap<>(texts);
    }

    /** Filters by name of the quantity; a fault is an {@link IllegalArgumentException} that says what is allowed. */
    public static FilterSet parse(Map<String, String> filters) {
        for (Map.Entry<String, String> filter : filters.entrySet()) {
            if (!filter.getKey().equals(ALL_OTHERS) && !Observation.isValidName(filter.getKey())) {
                throw new IllegalArgumentException("'" + filter.getKey() + "' is no name of a value");
            }
            FilterParser.parse(filter.getValue());
        }
        return new FilterSet(filters);
    }

    /** What passes of a reading now. */
    public List<Observation> apply(long nowMs, List<Observation> reading) {
        List<Observation> passed = new ArrayList<>();
        int numbers = 0;
        int passedNumbers = 0;
        for (Observation observation : reading) {
            if (!(observation.value() instanceof Observation.Value.Numeric number)) {
                passed.add(observation);
                continue;
            }
            numbers++;
            Chain chain = chain(observation.name());
            if (chain == null) {
                passed.add(observation);
                passedNumbers++;
            } else {
                int before = passed.size();
                chain.unit = observation.unit();
                chain.accept(0, nowMs, new Sample(number.value(), observation.quality(), observation.reason()), passed);
                passedNumbers += passed.size() - before;
            }
        }
        return numbers > 0 && passedNumbers == 0 ? List.of() : passed;
    }

    /** ms until {@link #onTime} has something to do, {@link Long#MAX_VALUE} if it has nothing. */
    public long dueInMs(long nowMs) {
        long least = Long.MAX_VALUE;
        for (Chain chain : chains.values()) {
            for (Filter filter : chain.filters) {
                long due = filter.dueAtMs();
                if (due != Filter.NEVER) {
                    least = Math.min(least, Math.max(0, due - nowMs));
                }
            }
        }
        return least;
    }

    /** What passes because time has gone by. */
    public List<Observation> onTime(long nowMs) {
        List<Observation> passed = new ArrayList<>();
        for (Chain chain : chains.values()) {
            for (int i = 0; i < chain.filters.size(); i++) {
                Filter filter = chain.filters.get(i);
                if (filter.dueAtMs() != Filter.NEVER && nowMs - filter.dueAtMs() >= 0) {
                    int next = i + 1;
                    filter.onTime(nowMs, sample -> chain.accept(next, nowMs, sample, passed));
                }
            }
        }
        return passed;
    }

    private @Nullable Chain chain(String name) {
        Chain known = chains.get(name);
        if (known != null) {
            return known;
        }
        String text = texts.getOrDefault(name, texts.getOrDefault(ALL_OTHERS, ""));
        if (text.isEmpty() || chains.size() >= MAX_QUANTITIES) {
            return null;
        }
        Chain made = new Chain(name, FilterParser.parse(text));
        chains.put(name, made);
        return made;
    }

    /** The filters of one quantity. */
    private static final class Chain {
        private final String name;
        private final List<Filter> filters;
        private @Nullable String unit;

        Chain(String name, List<Filter> filters) {
            this.name = name;
            this.filters = filters;
        }

        /** Gives a number to the filter at {@code index}, or out. */
        void accept(int index, long nowMs, Sample sample, List<Observation> passed) {
            if (index < filters.size()) {
                filters.get(index).accept(nowMs, sample, next -> accept(index + 1, nowMs, next, passed));
            } else {
                passed.add(new Observation(
                        name, new Observation.Value.Numeric(sample.value()), unit, sample.quality(), sample.reason()));
            }
        }
    }
}
