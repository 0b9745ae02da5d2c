package io.thicket.sim.sweep;

import io.thicket.sim.kernel.Seeds;
import io.thicket.sim.scenario.file.Setting;
import io.thicket.sim.scenario.file.SweepPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A run that was recorded, found in whatever a run leaves behind.
 *
 * @param command words of the {@code thicket sim run} that does it again; empty if the file does not say
 * @param summary as far as it is known: at least {@code traceHash}; {@code simulatedSeconds} if it ended early; {@code scenarioHash}, and
 *     {@code inputsHash} if the scenario reads files, unless an older version wrote it
 */
public record Recorded(List<String> command, Map<?, ?> summary) {
    private static final String WANTED =
            "what sim run --json or --report wrote, runs.jsonl of a sweep with --run N, or a scenario (.toml)";
    private static final String SECONDS = "simulatedSeconds";
    private static final List<String> RUN = List.of("thicket", "sim", "run");
    private static final Pattern REPORT_COMMAND = Pattern.compile("<code>(thicket sim run [^<]*)</code>");
    private static final Pattern REPORT_TRACE =
            Pattern.compile("<small>trace ([0-9a-f]{64})(?:, ended after ([0-9.]+) s)?</small>"
                    + "(?:<br><small>scenario ([0-9a-f]{64})</small>)?"
                    + "(?:<br><small>files that it reads ([0-9a-f]{64})</small>)?");

    /**
     * Reads the JSON of {@code sim run}, its HTML report, or the runs of a sweep, of which {@code run} chooses one.
     *
     * @param run -1 if none was chosen
     * @param scenario where the scenario file of a sweep is now, empty for where it was
     */
    public static Recorded read(Path file, int run, String scenario) throws IOException, SweepException {
        if (run >= 0) {
            return ofSweep(SweepFile.read(file), run, scenario);
        }
        String text = RunResult.text(file, WANTED);
        if (text.startsWith("<")) {
            return ofReport(text);
        }
        if (text.startsWith("{\"thicketSweep\"")) {
            throw new SweepException("these are the runs of a sweep: say which one with --run N");
        }
        Map<?, ?> summary = RunResult.members(text);
        if (summary.containsKey("bridge")) {
            throw new SweepException("it is of a run with --bridge, which does not repeat");
        }
        return new Recorded(summary.get("command") instanceof String command ? words(command) : List.of(), summary);
    }

    private static Recorded ofReport(String html) throws SweepException {
        Matcher command = REPORT_COMMAND.matcher(html);
        Matcher trace = REPORT_TRACE.matcher(html);
        if (!command.find() || !trace.find()) {
            throw new SweepException("it is no report of a run");
        }
        String text = command.group(1)
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&");
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("traceHash", trace.group(1));
        if (trace.group(2) != null) {
            summary.put(SECONDS, Double.valueOf(trace.group(2)));
        }
        if (trace.group(3) != null) {
            summary.put(ReplayDiff.SCENARIO_HASH, trace.group(3));
        }
        if (trace.group(4) != null) {
            summary.put(ReplayDiff.INPUTS_HASH, trace.group(4));
        }
        return new Recorded(words(text), summary);
    }

    /** The hash of the scenario's text, empty if the file does not say. */
    public Optional<String> scenarioHash() {
        return summary.get(ReplayDiff.SCENARIO_HASH) instanceof String hash ? Optional.of(hash) : Optional.empty();
    }

    /** That of the files that the scenario read, empty if the file does not say, or there were none. */
    public Optional<String> inputsHash() {
        return summary.get(ReplayDiff.INPUTS_HASH) instanceof String hash ? Optional.of(hash) : Optional.empty();
    }

    /** Where it ended, in us; for ever if that is not known. */
    public long endUs() {
        return summary.get(SECONDS) instanceof Double seconds ? Math.round(seconds * 1e6) : Long.MAX_VALUE;
    }

    private static List<String> words(String command) throws SweepException {
        List<String> words = ShellWord.split(command);
        if (words.size() < RUN.size() + 1 || !words.subList(0, RUN.size()).equals(RUN)) {
            throw new SweepException("its command is no 'thicket sim run': " + command);
        }
        return words.subList(RUN.size(), words.size());
    }

    private static Recorded ofSweep(SweepFile.Content content, int run, String scenario) throws SweepException {
        @Nullable RunOutcome outcome = content.outcomes().get(run);
        if (outcome == null) {
            throw new SweepException("there is no run " + run + " in it");
        }
        SweepHeader header = content.header();
        int seeds = header.plan().seeds().size();
        List<String> words = new ArrayList<>();
        words.add(scenario.isEmpty() ? header.file() : scenario);
        words.add("--seed");
        words.add(new Seeds(header.plan().seeds().get(run % seeds)).toString());
        SweepPlan.Point point = header.plan().points().get(run / seeds);
        for (Setting setting : point.settings()) {
            words.add("--set");
            words.add(setting.toString());
        }
        header.untilMs().ifPresent(ms -> words.addAll(List.of("--until", ms + "ms")));
        return new Recorded(words, outcome.members());
    }
}
