package io.thicket.sim.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How a run that was done again differs from the one that was recorded: first things first. */
public final class ReplayDiff {
    /** Of the machine, not of the run. */
    private static final Set<String> OUTSIDE =
            Set.of("wallSeconds", "cpuSeconds", "peakRssBytes", "commit", "command", "traceMarks", "checks");

    private ReplayDiff() {}

    /** Empty if the traces are the same bit for bit; else what differs, the earliest first. */
    public static List<String> of(Map<?, ?> recorded, Map<?, ?> again) {
        List<String> lines = new ArrayList<>();
        if (Objects.equals(recorded.get("traceHash"), again.get("traceHash"))) {
            return lines;
        }
        lines.add("trace " + recorded.get("traceHash") + ", now " + again.get("traceHash"));
        if (recorded.get("commit") != null && !Objects.equals(recorded.get("commit"), again.get("commit"))) {
            lines.add("the code is another one: commit " + recorded.get("commit") + ", now " + again.get("commit"));
        }
        moment(recorded, again, lines);
        again.forEach((name, value) -> {
            if (recorded.containsKey(name) && !OUTSIDE.contains(String.valueOf(name)) && !name.equals("traceHash")) {
                compare(String.valueOf(name), recorded.get(name), value, lines);
            }
        });
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
