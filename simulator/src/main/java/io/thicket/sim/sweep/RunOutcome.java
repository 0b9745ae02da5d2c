package io.thicket.sim.sweep;

import io.thicket.agent.senml.JsonWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came of a run.
 *
 * @param summary the public summary as one line of JSON, empty if there is none
 * @param error why there is none, empty if there is one
 */
public record RunOutcome(String summary, String error) {
    /** Largest summary. */
    static final int MAX_BYTES = 16 << 20;

    private static final String SUMMARY = "{\"summary\":";

    static RunOutcome of(String summary) {
        return new RunOutcome(summary, "");
    }

    static RunOutcome failed(String error) {
        return new RunOutcome("", error);
    }

    /** Whether the run came to its end. */
    public boolean isOk() {
        return error.isEmpty();
    }

    /** The members of the summary, none if there is no summary. */
    public Map<?, ?> members() {
        if (summary.isEmpty()) {
            return Map.of();
        }
        try {
            return Json.object(summary, MAX_BYTES);
        } catch (SweepException e) {
            throw new IllegalArgumentException("no summary: " + e.getMessage(), e);
        }
    }

    /** The names of the checks that did not hold. */
    public List<String> failedChecks() {
        return members().get("checks") instanceof List<?> checks
                ? checks.stream()
                        .filter(RunOutcome::isFailed)
                        .map(RunOutcome::name)
                        .toList()
                : List.of();
    }

    private static boolean isFailed(@Nullable Object check) {
        return check instanceof Map<?, ?> map && Boolean.FALSE.equals(map.get("held"));
    }

    private static String name(@Nullable Object check) {
        return check instanceof Map<?, ?> map ? String.valueOf(map.get("name")) : "";
    }

    /** The broken invariant in its own words, and the checks that did not hold with what was measured. */
    public List<String> failures() {
        List<String> failures = new ArrayList<>();
        if (members().get("violation") instanceof String violation) {
            failures.add(violation);
        }
        if (members().get("checks") instanceof List<?> checks) {
            checks.stream()
                    .filter(RunOutcome::isFailed)
                    .map(RunOutcome::describe)
                    .forEach(failures::add);
        }
        return failures;
    }

    private static String describe(@Nullable Object check) {
        if (!(check instanceof Map<?, ?> map)) {
            return "";
        }
        boolean least = map.get("atLeast") != null;
        Object limit = map.get(least ? "atLeast" : "atMost");
        Object measured = map.get("measured");
        return map.get("name") + ": "
                + (measured instanceof Double number ? Json.text(number) : "nothing measured")
                + (least ? ", at least " : ", at most ")
                + (limit instanceof Double number ? Json.text(number) : "-");
    }

    /** The trace's hash, empty if there is none. */
    public String traceHash() {
        return members().get("traceHash") instanceof String hash ? hash : "";
    }

    /** One line of JSON, as a worker answers. */
    String line() {
        return isOk()
                ? SUMMARY + summary + "}"
                : new JsonWriter()
                        .beginObject()
                        .name("error")
                        .value(error)
                        .endObject()
                        .toString();
    }

    static RunOutcome parse(String line) throws SweepException {
        if (line.startsWith(SUMMARY) && line.endsWith("}")) {
            String summary = line.substring(SUMMARY.length(), line.length() - 1);
            Json.object(summary, MAX_BYTES);
            return of(summary);
        }
        return failed(Json.text(Json.object(line, MAX_BYTES), "error"));
    }
}
