package io.thicket.sim.sweep;

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
 */
public record ShrinkGoal(String name, boolean measured, boolean offered, boolean possible) {
    /** What fails in {@code outcome}. */
    public static List<ShrinkGoal> of(RunOutcome outcome) {
        if (!outcome.isOk()) {
            // Of "java.lang.AssertionError: text" and a stack, the kind: texts have times and numbers of nodes in them.
            String first = outcome.error().lines().findFirst().orElse("");
            int colon = first.indexOf(": ");
            return outcome.error().startsWith(RunService.NO_SCENARIO)
                    ? List.of()
                    : List.of(new ShrinkGoal(colon < 0 ? first : first.substring(0, colon), false, false, false));
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
        return new ShrinkGoal(
                String.valueOf(check.get("name")), check.get("measured") instanceof Double, offered, possible);
    }

    /** Whether {@code outcome} fails in the same way. */
    boolean isMetBy(RunOutcome outcome) {
        return of(outcome).stream()
                .anyMatch(its -> its.name.equals(name)
                        && its.measured == measured
                        && (its.offered || !offered)
                        && (its.possible || !possible));
    }
}
