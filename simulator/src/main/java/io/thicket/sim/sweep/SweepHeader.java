package io.thicket.sim.sweep;

import io.thicket.agent.senml.JsonWriter;
import io.thicket.sim.scenario.file.JsonValue;
import io.thicket.sim.scenario.file.SeedList;
import io.thicket.sim.scenario.file.SweepPlan;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The first line of a file of runs: which sweep they are of. Two files belong together if nothing but the shard and how many values
 * and seeds there are differs.
 *
 * @param scenario its name
 * @param file where the scenario was for the one who began; may differ between shards
 * @param hash of what the scenario file means without its {@code [sweep]}, see {@link
 *     io.thicket.sim.scenario.file.ScenarioHash}; empty in files of older versions, of which {@code sha256} decides
 * @param sha256 of the scenario file's text
 * @param commit of the code
 * @param inputs SHA-256 of each file that the scenario reads at any point, by its name from there; files of older versions have none
 */
public record SweepHeader(
        String scenario,
        String file,
        String hash,
        String sha256,
        String commit,
        OptionalLong untilMs,
        SweepPlan plan,
        Shard shard,
        Map<String, String> inputs) {
    private static final int VERSION = 1;
    private static final int MAX_BYTES = 16 << 20;
    private static final String INPUTS = "inputs";

    public SweepHeader {
        inputs = Collections.unmodifiableMap(new TreeMap<>(inputs));
    }

    /** Which run a point and a seed are. */
    int run(int point, int seedIndex) {
        return point * plan.seeds().size() + seedIndex;
    }

    /** Runs of the shard. With a wanted precision a point stays in one shard, because it decides when it is done. */
    boolean isOurs(int point, int seedIndex) {
        return shard.has(part(point, seedIndex));
    }

    /** What decides which shard has a run. */
    private int part(int point, int seedIndex) {
        return plan.precision().isPresent() ? point : run(point, seedIndex);
    }

    /** One line of JSON. */
    String line() {
        JsonWriter json = new JsonWriter().beginObject();
        json.name("thicketSweep").value(VERSION);
        json.name("scenario").value(scenario);
        json.name("file").value(file);
        if (!hash.isEmpty()) {
            json.name("scenarioHash").value(hash);
        }
        json.name("scenarioSha256").value(sha256);
        if (!inputs.isEmpty()) {
            json.name(INPUTS).beginObject();
            inputs.forEach((name, its) -> json.name(name).value(its));
            json.endObject();
        }
        json.name("commit").value(commit).name("untilMs");
        if (untilMs.isPresent()) {
            json.value(untilMs.getAsLong());
        } else {
            json.nullValue();
        }
        json.name("set").beginObject();
        plan.values().forEach((key, values) -> {
            json.name(key).beginArray();
            values.forEach(value -> JsonValue.write(json, value));
            json.endArray();
        });
        json.endObject().name("seeds").value(SeedList.text(plan.seeds()));
        json.name("precision");
        if (plan.precision().isPresent()) {
            json.value(plan.precision().get());
        } else {
            json.nullValue();
        }
        json.name("figure").value(plan.figure()).name("batch").value(plan.batch());
        json.name("shard").value(shard.toString());
        return json.endObject().toString();
    }

    /** Reads such a line. */
    static SweepHeader parse(String line) throws SweepException {
        Map<?, ?> members = Json.object(line, MAX_BYTES);
        if (!members.containsKey("thicketSweep")) {
            throw new SweepException("this is no file of a sweep");
        }
        if (Json.count(members, "thicketSweep") != VERSION) {
            throw new SweepException(
                    "this is a sweep of version " + members.get("thicketSweep") + ", known is " + VERSION);
        }
        try {
            Map<String, List<Object>> values = new java.util.LinkedHashMap<>();
            if (members.get("set") instanceof Map<?, ?> set) {
                set.forEach((key, its) -> values.put(String.valueOf(key), values(its)));
            }
            Optional<Double> precision =
                    members.get("precision") instanceof Double share ? Optional.of(share) : Optional.empty();
            SweepPlan plan = new SweepPlan(
                    values,
                    SeedList.parse(Json.text(members, "seeds")),
                    precision,
                    Json.text(members, "figure"),
                    Json.count(members, "batch"));
            OptionalLong untilMs = members.get("untilMs") instanceof Double ms
                    ? OptionalLong.of(ms.longValue())
                    : OptionalLong.empty();
            return new SweepHeader(
                    Json.text(members, "scenario"),
                    Json.text(members, "file"),
                    members.get("scenarioHash") instanceof String hash ? hash : "",
                    Json.text(members, "scenarioSha256"),
                    Json.text(members, "commit"),
                    untilMs,
                    plan,
                    Shard.parse(Json.text(members, "shard")),
                    texts(members.get(INPUTS)));
        } catch (IllegalArgumentException e) {
            throw new SweepException(String.valueOf(e.getMessage()));
        }
    }

    private static Map<String, String> texts(@Nullable Object object) {
        Map<String, String> texts = new TreeMap<>();
        if (object instanceof Map<?, ?> map) {
            map.forEach((name, text) -> texts.put(String.valueOf(name), String.valueOf(text)));
        }
        return texts;
    }

    private static List<Object> values(Object array) {
        List<Object> values = new ArrayList<>();
        if (array instanceof List<?> list) {
            for (Object each : list) {
                values.add(value(each));
            }
        }
        return values;
    }

    private static Object value(Object json) {
        if (json instanceof Double number && number == Math.rint(number) && Math.abs(number) < 1L << 53) {
            return number.longValue();
        }
        return json instanceof List<?> ? values(json) : json;
    }

    /** Why this and another one are of no sweep, however many values and seeds it has; empty if they are of one. */
    String difference(SweepHeader other) {
        if (!scenario.equals(other.scenario)) {
            return "scenario " + scenario + " and " + other.scenario;
        }
        if (hash.isEmpty() || other.hash.isEmpty()) {
            if (!sha256.equals(other.sha256)) {
                return "the scenario file has changed in between (for a file of an older version its [sweep] counts, too)";
            }
        } else if (!hash.equals(other.hash)) {
            return "the scenario file has changed in between";
        }
        // A point more may read a file more, and what only one of them knows need not have changed.
        for (Map.Entry<String, String> input : inputs.entrySet()) {
            if (!input.getValue().equals(other.inputs.getOrDefault(input.getKey(), input.getValue()))) {
                return input.getKey() + ", which the scenario reads, has changed in between";
            }
        }
        if (!commit.equals(other.commit)) {
            return "commit " + commit + " and " + other.commit;
        }
        if (!untilMs.equals(other.untilMs)) {
            return "--until " + end(untilMs) + " and " + end(other.untilMs);
        }
        return PlanPlaces.haveSameKeys(plan, other.plan)
                ? ""
                : "other keys are varied, " + keys(plan) + " and " + keys(other.plan);
    }

    private static String end(OptionalLong untilMs) {
        return untilMs.isPresent() ? untilMs.getAsLong() / 1e3 + " s" : "not set";
    }

    private static String keys(SweepPlan plan) {
        return plan.values().isEmpty()
                ? "none"
                : String.join(", ", plan.values().keySet());
    }

    /** What both wait for before a point is done; two files with different wishes do not say which runs are missing. */
    String otherPrecision(SweepHeader other) {
        return plan.precision().equals(other.plan.precision())
                        && plan.figure().equals(other.plan.figure())
                        && plan.batch() == other.plan.batch()
                ? ""
                : "another precision, figure or batch";
    }

    /**
     * Why this sweep cannot become {@code larger}, of which {@link #difference} has nothing to say; empty if it can. A run must stay in its
     * shard: else it would be done again by another one.
     */
    String notPartOf(SweepHeader larger) {
        String lacking = PlanPlaces.lacking(plan, larger.plan);
        if (!lacking.isEmpty()) {
            return "there is more than what is wanted now: " + lacking;
        }
        PlanPlaces places = new PlanPlaces(plan, larger.plan);
        int points = plan.points().size();
        for (int point = 0; point < points && shard.count() > 1; point++) {
            for (int seed = 0; seed < plan.seeds().size(); seed++) {
                int now = larger.part(places.point(point), places.seed(seed));
                if (part(point, seed) % shard.count() != now % shard.count()) {
                    return "runs of other shards would become runs of this one; do the new values or seeds alone,"
                            + " into another directory, and put both together with thicket sim merge";
                }
            }
        }
        return "";
    }

    /** Whether nothing but the shard and the place of the scenario differs. */
    boolean isOfSamePlan(SweepHeader other) {
        return anywhere().line().equals(other.anywhere().line());
    }

    private SweepHeader anywhere() {
        return new SweepHeader(
                scenario, "", hash, hash.isEmpty() ? sha256 : "", commit, untilMs, plan, Shard.WHOLE, inputs);
    }

    SweepHeader withPlan(SweepPlan its) {
        return new SweepHeader(scenario, file, hash, sha256, commit, untilMs, its, shard, inputs);
    }

    SweepHeader withShard(Shard its) {
        return new SweepHeader(scenario, file, hash, sha256, commit, untilMs, plan, its, inputs);
    }

    /** The same that knows what is in the files of {@code other}, too. */
    SweepHeader withInputsOf(SweepHeader other) {
        Map<String, String> both = new TreeMap<>(other.inputs);
        both.putAll(inputs);
        return new SweepHeader(scenario, file, hash, sha256, commit, untilMs, plan, shard, both);
    }

    /** SHA-256 in hexadecimal. */
    public static String sha256(String text) {
        io.thicket.sim.trace.TraceHash hash = new io.thicket.sim.trace.TraceHash();
        hash.update(text.getBytes(StandardCharsets.UTF_8));
        return hash.value();
    }
}
