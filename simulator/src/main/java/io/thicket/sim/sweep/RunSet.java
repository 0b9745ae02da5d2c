package io.thicket.sim.sweep;

import io.thicket.sim.kernel.Seeds;
import io.thicket.sim.scenario.file.Setting;
import io.thicket.sim.scenario.file.SweepPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs to be compared with others.
 *
 * @param name for people
 * @param points the runs of each point by its text, each with its seed; one point of single results
 * @param failed runs without a result, which are left out
 */
public record RunSet(String name, Map<String, List<Run>> points, int failed) {
    /** Of what is no sweep. */
    private static final String NO_POINT = "";

    private static final Pattern SWEEP = Pattern.compile("\\s*\\{\\s*\"thicketSweep\"");

    /**
     * One run.
     *
     * @param trace the hash of all its events, empty if not known
     */
    record Run(String scenario, String seed, String trace, Map<String, Double> figures) {
        boolean isTheSameAs(Run other) {
            return !trace.isEmpty() && trace.equals(other.trace) && seed.equals(other.seed);
        }
    }

    /** The JSON of {@code sim run}, a {@code runs*.jsonl}, or a directory with such files. */
    public static RunSet read(Path path) throws IOException, SweepException {
        RunSet set = new RunSet(path.toString(), new LinkedHashMap<>(), 0);
        try {
            Path whole = path.resolve("runs.jsonl");
            if (!Files.isDirectory(path)) {
                set = set.with(path);
            } else if (Files.exists(whole)) {
                set = set.with(whole); // beside the merged file its shards may still lie
            } else {
                List<Path> shards = SweepOutput.files(List.of(path));
                set = shards.isEmpty() ? set : set.withSweep(SweepMerge.together(shards));
                for (Path each : results(path)) {
                    set = set.with(each);
                }
            }
        } catch (NoSuchFileException e) {
            throw new SweepException("there is no file " + path);
        }
        if (set.points.isEmpty()) {
            throw new SweepException(
                    Files.isDirectory(path)
                            ? "there are no results (runs.jsonl or *.json) in " + path
                            : path + ": no run in it came to a result");
        }
        return set;
    }

    private static List<Path> results(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(each -> String.valueOf(each.getFileName()).endsWith(".json"))
                    .sorted()
                    .toList();
        }
    }

    private RunSet with(Path file) throws IOException, SweepException {
        try {
            String start = "";
            try (java.io.InputStream in = Files.newInputStream(file)) {
                start = new String(in.readNBytes(64), java.nio.charset.StandardCharsets.UTF_8);
            }
            return SWEEP.matcher(start).lookingAt() ? withSweep(SweepFile.read(file)) : withSummary(file);
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
            String text = text(point);
            if (each.getValue().isOk()) {
                String seed = new Seeds(content.header().plan().seeds().get(each.getKey() % seeds)).toString();
                add(
                        text,
                        new Run(
                                scenario(each.getValue()),
                                seed,
                                each.getValue().traceHash(),
                                Figures.of(each.getValue())));
            } else {
                lost++;
            }
        }
        return new RunSet(name, points, lost);
    }

    /** In whatever order the keys were given, the same point has the same text. */
    private static String text(SweepPlan.Point point) {
        return point.settings().isEmpty()
                ? NO_POINT
                : point.settings().stream()
                        .sorted(Comparator.comparing(Setting::key))
                        .map(Setting::toString)
                        .collect(Collectors.joining(" "));
    }

    private static String scenario(RunOutcome outcome) {
        return outcome.members().get("scenario") instanceof String name ? name : "";
    }

    private RunSet withSummary(Path file) throws IOException, SweepException {
        RunOutcome outcome = RunOutcome.of(RunResult.text(file, "what sim run --json wrote, or runs.jsonl of a sweep"));
        Map<?, ?> members = RunResult.members(outcome.summary());
        Run run = new Run(scenario(outcome), Json.text(members, "seed"), outcome.traceHash(), Figures.of(outcome));
        boolean isCopy = points.getOrDefault(NO_POINT, List.of()).stream().anyMatch(run::isTheSameAs);
        if (!isCopy) { // of one run two files say no more than one
            add(NO_POINT, run);
        }
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
