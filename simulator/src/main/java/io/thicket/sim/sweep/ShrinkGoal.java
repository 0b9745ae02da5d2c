package io.thicket.sim.sweep;

import io.thicket.sim.run.CheckResult;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The failure that is kept while a scenario shrinks. Without a few conditions everything would shrink to nothing: a network that sends
 * nothing fails every check of delivery, and one in pieces does so for a reason that nobody asked about.
 *
 * @param name of the check, or the kind of fault that the program had
 * @param measured whether the check had something to measure
 * @param offered whether there were packets
 * @param possible whether as many packets had a way as the check wants delivered
 * @param lost whether fewer than that share arrived of those that had a way: it fails whatever the ways are
 */
public record ShrinkGoal(String name, boolean measured, boolean offered, boolean possible, boolean lost) {
    private static final String DELIVERY = "delivery";

    /** Where nothing arrives there is none. */
    private static final String LATENCY = "latency";

    /** Names of checks that a network without ways fails. */
    private static final List<String> OF_WAYS = List.of(DELIVERY, "recovery", "frames per delivered packet");

    /** What fails in {@code outcome}. */
    public static List<ShrinkGoal> of(RunOutcome outcome) {
        if (!outcome.isOk()) {
            // Of "java.lang.AssertionError: text" and a stack, the kind: texts have times and numbers of nodes in them.
            String first = outcome.error().lines().findFirst().orElse("");
            int colon = first.indexOf(": ");
            return outcome.error().startsWith(RunService.NO_SCENARIO)
                    ? List.of()
                    : List.of(
                            new ShrinkGoal(colon < 0 ? first : first.substring(0, colon), false, false, false, false));
        }
        if (!(outcome.members().get("checks") instanceof List<?> checks)) {
            return List.of();
        }
        return checks.stream()
                .filter(each -> each instanceof Map<?, ?> check && Boolean.FALSE.equals(check.get("held")))
                .map(each -> of((Map<?, ?>) each, outcome.members()))
                .toList();
    }

    private static ShrinkGoal of(Map<?, ?> check, Map<?, ?> summary) {
        boolean offered = summary.get("offered") instanceof Double packets && packets > 0;
        @Nullable Object wanted = check.get("atLeast");
        boolean possible =
                wanted instanceof Double share && summary.get("pdrBound") instanceof Double bound && bound >= share;
        String name = String.valueOf(check.get("name"));
        return new ShrinkGoal(
                name, check.get("measured") instanceof Double, offered, possible, isLost(name, check, summary));
    }

    private static boolean isLost(String name, Map<?, ?> check, Map<?, ?> summary) {
        if (!name.startsWith(DELIVERY)
                || !(check.get("measured") instanceof Double arrived)
                || !(check.get("atLeast") instanceof Double wanted)
                || !(summary.get("pdrBound") instanceof Double bound)) {
            return false;
        }
        return name.endsWith(CheckResult.OF_POSSIBLE) || arrived < wanted * bound;
    }

    /**
     * Whether cutting a network into pieces makes it fail like this. Then nodes that had a way to each other keep one: where there was none,
     * or a fault took it, that is what was looked for, and not what was left out.
     */
    boolean needsWays() {
        return OF_WAYS.stream().anyMatch(name::startsWith) || name.startsWith(LATENCY) && !measured;
    }

    /** Whether {@code outcome} fails in the same way. */
    boolean isMetBy(RunOutcome outcome) {
        return of(outcome).stream()
                .anyMatch(its -> its.name.equals(name)
                        && its.measured == measured
                        && (its.offered || !offered)
                        && (its.possible || !possible)
                        && (its.lost || !lost));
    }
}
