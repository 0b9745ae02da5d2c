package io.thicket.sim.scenario.file;

import io.thicket.sim.kernel.Seeds;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** Seeds as people write them: {@code 1..20}, {@code 1,2,0x5eed}. */
public final class SeedList {
    /** Most seeds. */
    public static final int MAX_SEEDS = 100_000;

    private SeedList() {}

    /** The seeds in the order of the text, each once. */
    public static List<Long> parse(String text) {
        return new ArrayList<>(new LinkedHashSet<>(all(text)));
    }

    /** The seeds as often as they are there. */
    static List<Long> all(String text) {
        List<Long> seeds = new ArrayList<>();
        for (String word : text.split(",", -1)) {
            int dots = word.indexOf("..");
            long from = Seeds.parse((dots < 0 ? word : word.substring(0, dots)).strip())
                    .root();
            long to = dots < 0
                    ? from
                    : Seeds.parse(word.substring(dots + 2).strip()).root();
            if (from > to || to - from < 0 || to - from >= MAX_SEEDS - seeds.size()) {
                throw new IllegalArgumentException(
                        "'" + word.strip() + "' is no range of seeds such as 1..20, at most " + MAX_SEEDS + " in all");
            }
            for (long seed = from; seed <= to && seed >= from; seed++) {
                seeds.add(seed);
                if (seed == Long.MAX_VALUE) {
                    break;
                }
            }
        }
        return seeds;
    }

    /** The shortest text that {@link #parse} makes the same of. */
    public static String text(List<Long> seeds) {
        List<String> words = new ArrayList<>();
        int from = 0;
        for (int i = 1; i <= seeds.size(); i++) {
            if (i == seeds.size() || seeds.get(i) != seeds.get(i - 1) + 1) {
                words.add(i - from == 1 ? Long.toString(seeds.get(from)) : seeds.get(from) + ".." + seeds.get(i - 1));
                from = i;
            }
        }
        return String.join(",", words);
    }
}
