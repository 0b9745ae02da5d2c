package io.thicket.sim.sweep;

import io.thicket.agent.senml.JsonWriter;
import io.thicket.sim.kernel.Seeds;
import io.thicket.sim.scenario.file.Overrides;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * One run that somebody else is to do.
 *
 * @param number of the one who gives it
 * @param text of the scenario
 * @param name what problems call the text
 * @param file where its relative paths count from; need not be there
 * @param untilMs an earlier end
 */
public record RunJob(int number, String text, String name, Path file, long seed, OptionalLong untilMs) {
    /** Longest line of a job: the largest scenario, all of it escaped. */
    static final int MAX_BYTES = 32 << 20;

    Overrides overrides() {
        return new Overrides(OptionalLong.of(seed), untilMs, OptionalInt.empty(), "");
    }

    /** One line of JSON. */
    public String line() {
        JsonWriter json = new JsonWriter().beginObject();
        json.name("number").value(number).name("text").value(text);
        json.name("name").value(name).name("file").value(file.toString());
        json.name("seed").value(new Seeds(seed).toString());
        json.name("untilMs").value(untilMs.orElse(0));
        return json.endObject().toString();
    }

    /** Reads such a line. */
    static RunJob parse(String line) throws SweepException {
        Map<?, ?> job = Json.object(line, MAX_BYTES);
        int untilMs = Json.count(job, "untilMs");
        try {
            return new RunJob(
                    Json.count(job, "number"),
                    Json.text(job, "text"),
                    Json.text(job, "name"),
                    Path.of(Json.text(job, "file")),
                    Seeds.parse(Json.text(job, "seed")).root(),
                    untilMs > 0 ? OptionalLong.of(untilMs) : OptionalLong.empty());
        } catch (IllegalArgumentException e) {
            throw new SweepException(String.valueOf(e.getMessage()));
        }
    }
}
