package io.thicket.sim.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How a run that was done again differs from the one that was recorded: first things first. */
public final class ReplayDiff {
    static final String SCENARIO_HASH = "scenarioHash";

    static final String INPUTS_HASH = "inputsHash";

    private static final String TRACE = "traceHash";

    /** Of the machine, not of the run; told otherwise; or a name, which a file has elsewhere. */
    private static final Set<String> OUTSIDE = Set.of(
            "scenario",
            "wallSeconds",
            "cpuSeconds",
            "peakRssBytes",
            "commit",
            SCENARIO_HASH,
            INPUTS_HASH,
            "command",
            "traceMarks",
            "checks",
            TRACE);

    private ReplayDiff() {}

    /** Empty if the traces are the same bit for bit, and all that both say of the runs; else what differs, the earliest first. */
    public static List<String> of(Map<?, ?> recorded, Map<?, ?> again) {
        List<String> figures = new ArrayList<>();
        again.forEach((name, value) -> {
            if (recorded.containsKey(name) && !OUTSIDE.contains(String.valueOf(name))) {
                compare(String.valueOf(name), recorded.get(name), value, figures);
            }
        });
        boolean same = Objects.equals(recorded.get(TRACE), again.get(TRACE));
        if (same && figures.isEmpty()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        if (!same) {
            lines.add("trace " + recorded.get(TRACE) + ", now " + again.get(TRACE));
        }
        Object text = recorded.get(SCENARIO_HASH);
        if (text != null && !text.equals(again.get(SCENARIO_HASH))) {
            lines.add("the scenario is another one: scenarioHash " + text + ", now " + again.get(SCENARIO_HASH));
        }
        Object inputs = recorded.get(INPUTS_HASH);
        if (inputs != null && !inputs.equals(again.get(INPUTS_HASH))) {
            lines.add("a file that the scenario reads is another one: inputsHash " + inputs + ", now "
                    + again.get(INPUTS_HASH));
        }
        if (recorded.get("commit") != null && !Objects.equals(recorded.get("commit"), again.get("commit"))) {
            lines.add("the code is another one: commit " + recorded.get("commit") + ", now " + again.get("commit"));
        }
        if (!same) {
            moment(recorded, again, lines);
        }
        lines.addAll(figures);
        return lines;
    }

    /** Between which two marks the traces part. */
    private static void moment(Map<?, ?> recorded, Map<?, ?> again, List<String> lines) {
        if (!(recorded.get("traceMarks") instanceof List<?> before)
                || !(again.get("traceMarks") instanceof List<?> now)) {
            return;
        }
        String same = "0";
        for (int i = 0; i < Math.min(before.size(), now.size()); i++) {
            if (!(before.get(i) instanceof Map<?, ?> one) || !(now.get(i) instanceof Map<?, ?> other)) {
                return;
            }
            if (!Objects.equals(one.get("hash"), other.get("hash"))) {
                lines.add(
                        "the same until " + same + " s at least, different at " + number(other.get("seconds")) + " s");
                return;
            }
            same = number(other.get("seconds"));
        }
        if (!before.isEmpty()) {
            lines.add("the same until " + same + " s at least, different after that");
        }
    }

    private static void compare(String name, @Nullable Object before, @Nullable Object now, List<String> lines) {
        if (before instanceof Map<?, ?> one && now instanceof Map<?, ?> other) {
            other.forEach((key, value) -> compare(name + "." + key, one.get(key), value, lines));
        } else if (!Objects.equals(before, now)) {
            lines.add(name + ": " + number(before) + ", now " + number(now));
        }
    }

    private static String number(@Nullable Object value) {
        return value instanceof Double number ? Json.text(number) : String.valueOf(value);
    }
}
