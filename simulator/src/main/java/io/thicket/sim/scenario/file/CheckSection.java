package io.thicket.sim.scenario.file;

import io.thicket.agent.config.DidYouMean;
import io.thicket.agent.config.SectionReader;
import io.thicket.sim.scenario.file.CheckPlan.Kind;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** {@code [[check]]}. */
final class CheckSection {
    private static final Duration LONGEST = Duration.ofDays(7);
    private static final double USUAL_PERCENTILE = 95;

    /** What is none unless the file says how many. */
    private static final Set<Kind> COUNTED =
            EnumSet.of(Kind.LOOPS, Kind.DUPLICATES, Kind.SILENT_LOSSES, Kind.BATTERY_DEATHS);

    private CheckSection() {}

    static Optional<CheckPlan> read(SectionReader reader) {
        List<String> kinds = Arrays.stream(Kind.values())
                .map(kind -> kind.name().toLowerCase(Locale.ROOT))
                .toList();
        String written = reader.requiredText("kind", "\"delivery\", or one of " + String.join(", ", kinds));
        if (!kinds.contains(written)) {
            if (!written.isEmpty()) {
                reader.error(
                        "kind",
                        "kind '" + written + "' is not one of " + String.join(", ", kinds),
                        DidYouMean.hint(written, kinds));
            }
            reader.acceptUnknownKeys();
            return Optional.empty();
        }
        Kind kind = Kind.valueOf(written.toUpperCase(Locale.ROOT));
        return Optional.of(
                switch (kind) {
                    case DELIVERY -> delivery(reader);
                    case LATENCY, RECOVERY -> time(reader, kind);
                    case LOOPS, DUPLICATES, SILENT_LOSSES, CONTROL, COST, BATTERY_DEATHS -> plain(reader, kind);
                    case BATTERY -> least(reader, kind, 1, "0.2");
                    case LIFETIME -> least(reader, kind, 1e6, "30");
                });
    }

    private static CheckPlan delivery(SectionReader reader) {
        if (!reader.has("at_least")) {
            reader.missing("at_least", "0.99");
        }
        double limit = reader.decimal("at_least", 0, 1).orElse(1.0);
        long withinMs = reader.has("within")
                ? reader.duration("within", Duration.ofSeconds(30), Duration.ofMillis(1), LONGEST)
                        .toMillis()
                : CheckPlan.ANY_TIME;
        return new CheckPlan(Kind.DELIVERY, limit, withinMs, 0, reader.flag("of_possible", false));
    }

    private static CheckPlan time(SectionReader reader, Kind kind) {
        if (!reader.has("at_most")) {
            reader.missing("at_most", "\"2s\"");
        }
        long limitMs = reader.duration("at_most", Duration.ofSeconds(30), Duration.ofMillis(1), LONGEST)
                .toMillis();
        double percentile = reader.decimal("percentile", 0, 100).orElse(USUAL_PERCENTILE);
        return new CheckPlan(kind, limitMs, CheckPlan.ANY_TIME, percentile, false);
    }

    private static CheckPlan least(SectionReader reader, Kind kind, double most, String example) {
        if (!reader.has("at_least")) {
            reader.missing("at_least", example);
        }
        return new CheckPlan(kind, reader.decimal("at_least", 0, most).orElse(0.0), CheckPlan.ANY_TIME, 0, false);
    }

    private static CheckPlan plain(SectionReader reader, Kind kind) {
        boolean counted = COUNTED.contains(kind);
        if (!counted && !reader.has("at_most")) {
            reader.missing("at_most", "3.0");
        }
        return new CheckPlan(kind, reader.decimal("at_most", 0, 1e9).orElse(0.0), CheckPlan.ANY_TIME, 0, false);
    }
}
