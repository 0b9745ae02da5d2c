package io.thicket.sim.sweep;

import io.thicket.sim.kernel.Seeds;
import io.thicket.sim.scenario.file.SweepPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Runs to be compared with others.
 *
 * @param name for people
 * @param points the runs of each point by its text, each with its seed; one point of single results
 * @param failed runs without a result, which are left out
 */
public record RunSet(String name, Map<String, List<Run>> points, int failed) {
    private static final int MAX_BYTES = 64 << 20;

    /** Of what is no sweep. */
    private static final String NO_POINT = "";

    /** One run. */
    record Run(String scenario, String seed, Map<String, Double> figures) {}

    /** The JSON of {@code sim run}, a {@code runs*.jsonl}, or a directory with such files. */
    public static RunSet read(Path path) throws IOException, SweepException {
        RunSet set = new RunSet(path.toString(), new LinkedHashMap<>(), 0);
        try {
            if (!Files.isDirectory(path)) {
                return set.with(path);
            }
            try (Stream<Path> files = Files.list(path)) {
                List<Path> its = files.filter(
                                each -> String.valueOf(each.getFileName()).matches("runs.*\\.jsonl|.*\\.json"))
                        .sorted()
                        .toList();
                boolean whole = its.contains(path.resolve("runs.jsonl"));
                for (Path each : its) {
                    // Beside the merged file its shards may still lie.
                    if (!whole || each.endsWith("runs.jsonl")) {
                        set = set.with(each);
                    }
                }
            }
        } catch (NoSuchFileException e) {
            throw new SweepException("there is no file " + path);
        }
        if (set.points.isEmpty()) {
            throw new SweepException("there are no results (runs.jsonl or *.json) in " + path);
        }
        return set;
    }

    private RunSet with(Path file) throws IOException, SweepException {
        try {
            String start = "";
            try (java.io.InputStream in = Files.newInputStream(file)) {
                start = new String(in.readNBytes(64), java.nio.charset.StandardCharsets.UTF_8);
            }
            return start.startsWith("{\"thicketSweep\"") ? withSweep(SweepFile.read(file)) : withSummary(file);
        } catch (SweepException e) {
            throw new SweepException(file + ": " + e.getMessage());
        }
    }

    private RunSet withSweep(SweepFile.Content content) {
        int seeds = content.header().plan().seeds().size();
        List<SweepPlan.Point> plan = content.header().plan().points();
        int lost = failed;
        for (Map.Entry<Integer, RunOutcome> each : content.outcomes().entrySet()) {
            SweepPlan.Point point = plan.get(each.getKey() / seeds);
            String text = point.settings().isEmpty() ? NO_POINT : point.toString();
            if (each.getValue().isOk()) {
                String seed = new Seeds(content.header().plan().seeds().get(each.getKey() % seeds)).toString();
                add(text, new Run(scenario(each.getValue()), seed, Figures.of(each.getValue())));
            } else {
                lost++;
            }
        }
        return new RunSet(name, points, lost);
    }

    private static String scenario(RunOutcome outcome) {
        return outcome.members().get("scenario") instanceof String name ? name : "";
    }

    private RunSet withSummary(Path file) throws IOException, SweepException {
        if (Files.size(file) > MAX_BYTES) {
            throw new SweepException("it is larger than any result of one run");
        }
        RunOutcome outcome = RunOutcome.of(Files.readString(file).strip());
        Map<?, ?> members = Json.object(outcome.summary(), MAX_BYTES);
        if (!(members.get("traceHash") instanceof String)) {
            throw new SweepException("it has no traceHash: no result of a run");
        }
        add(NO_POINT, new Run(scenario(outcome), Json.text(members, "seed"), Figures.of(outcome)));
        return this;
    }

    private void add(String point, Run run) {
        points.computeIfAbsent(point, none -> new ArrayList<>()).add(run);
    }

    /** How many runs have results. */
    int size() {
        return points.values().stream().mapToInt(List::size).sum();
    }
}
