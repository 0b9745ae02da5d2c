package io.thicket.sim.sweep;

import io.thicket.agent.senml.JsonWriter;
import io.thicket.sim.kernel.Seeds;
import io.thicket.sim.run.CsvCell;
import io.thicket.sim.scenario.file.JsonValue;
import io.thicket.sim.scenario.file.Setting;
import io.thicket.sim.scenario.file.SweepPlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the runs of a sweep say together, point by point. */
public final class SweepTable {
    /** The figures that the text shows unless others are named. */
    public static final List<String> USUAL_FIGURES =
            List.of("pdr", "latencyMs.p50", "latencyMs.p95", "hops.mean", "controlFramesPerNodePerMinute");

    private record Row(
            SweepPlan.Point point,
            List<RunOutcome> ok,
            List<Integer> failed,
            boolean isDone,
            Map<String, Estimate> figures,
            Estimate pooled,
            Map<String, Estimate> checks) {}

    private final SweepHeader header;
    private final Map<Integer, RunOutcome> outcomes;
    private final List<Row> rows = new ArrayList<>();
    private final List<String> names;

    /** Of the runs in {@code outcomes}, by their numbers; points without any are in it, too. */
    public SweepTable(SweepHeader header, Map<Integer, RunOutcome> outcomes) {
        this.header = header;
        this.outcomes = outcomes;
        List<Map<String, Double>> all = new ArrayList<>();
        Map<Integer, Map<String, Double>> byRun = new LinkedHashMap<>();
        outcomes.forEach((run, outcome) -> {
            if (outcome.isOk()) {
                Map<String, Double> figures = Figures.of(outcome);
                byRun.put(run, figures);
                all.add(figures);
            }
        });
        names = Figures.names(all);
        for (SweepPlan.Point point : header.plan().points()) {
            rows.add(row(point, byRun));
        }
    }

    private Row row(SweepPlan.Point point, Map<Integer, Map<String, Double>> byRun) {
        List<RunOutcome> ok = new ArrayList<>();
        List<Integer> failed = new ArrayList<>();
        List<Map<String, Double>> runs = new ArrayList<>();
        boolean whole = true;
        boolean done = false;
        for (int seed = 0; seed < header.plan().seeds().size(); seed++) {
            int run = header.run(point.number(), seed);
            @Nullable RunOutcome outcome = outcomes.get(run);
            @Nullable Map<String, Double> its = byRun.get(run);
            whole &= outcome != null;
            if (outcome != null && its != null) {
                ok.add(outcome);
                runs.add(its);
            } else if (outcome != null) {
                failed.add(run);
            }
            boolean batchEnds = (seed + 1) % header.plan().batch() == 0;
            done |= whole && batchEnds && Figures.isPrecise(header.plan(), runs);
        }
        Map<String, Estimate> figures = new LinkedHashMap<>();
        for (String name : names) {
            figures.put(name, Estimate.ofMean(Figures.column(runs, name)));
        }
        return new Row(point, ok, failed, done, figures, Figures.pooledDelivery(runs), HeldChecks.of(ok));
    }

    /** Names of figures there are. */
    public List<String> figures() {
        return names;
    }

    /** Runs that came to no result. */
    public int failed() {
        return rows.stream().mapToInt(row -> row.failed().size()).sum();
    }

    /** Runs in which a check did not hold. */
    public int unheld() {
        return (int) outcomes.values().stream()
                .filter(outcome -> !outcome.failedChecks().isEmpty())
                .count();
    }

    /** The numbers of runs that the plan has and that are not there; none of a point that has the wanted precision after a whole batch. */
    public List<Integer> missing() {
        List<Integer> missing = new ArrayList<>();
        int seeds = header.plan().seeds().size();
        for (Row row : rows) {
            for (int seed = 0; seed < seeds && !row.isDone(); seed++) {
                int run = header.run(row.point().number(), seed);
                if (!outcomes.containsKey(run)) {
                    missing.add(run);
                }
            }
        }
        return missing;
    }

    /** For a terminal: one line for each point, means with the half widths of their 95 % intervals. */
    public List<String> lines(List<String> shown) {
        List<List<String>> cells = new ArrayList<>();
        List<String> heads = new ArrayList<>(header.plan().values().keySet());
        heads.add("runs");
        heads.addAll(shown);
        boolean checked = rows.stream().anyMatch(row -> !row.checks().isEmpty());
        if (checked) {
            heads.add("checks held");
        }
        cells.add(heads);
        for (Row row : rows) {
            List<String> line = new ArrayList<>();
            row.point().settings().forEach(setting -> line.add(value(setting)));
            line.add(row.ok().size()
                    + (row.failed().isEmpty() ? "" : " (" + row.failed().size() + " FAILED)"));
            for (String name : shown) {
                Estimate its = row.figures().getOrDefault(name, Estimate.NONE);
                boolean some = its.n() > 0 && its.n() < row.ok().size();
                line.add(Json.text(its.mean())
                        + (its.n() > 1 ? " ±" + Json.shortText(its.half()) : "")
                        + (some ? " (of " + its.n() + ")" : ""));
            }
            if (checked) {
                long held = row.ok().stream()
                        .filter(run -> run.failedChecks().isEmpty())
                        .count();
                line.add(held + " of " + row.ok().size());
            }
            cells.add(line);
        }
        return Columns.of(cells);
    }

    private static String value(Setting setting) {
        String word = setting.toString();
        return word.substring(word.indexOf('=') + 1);
    }

    /** One row for each point and figure: {@code point,<keys>,figure,n,mean,sd,low95,high95}. */
    public String csv() {
        StringBuilder csv = new StringBuilder("point");
        header.plan().values().keySet().forEach(key -> csv.append(',').append(key));
        csv.append(",figure,n,mean,sd,low95,high95\n");
        for (Row row : rows) {
            row.figures().forEach((name, its) -> csv(csv, row, name, its));
            csv(csv, row, "pdrPooled", row.pooled());
            row.checks().forEach((name, its) -> csv(csv, row, "held: " + name, its));
        }
        return csv.toString();
    }

    private static void csv(StringBuilder csv, Row row, String figure, Estimate its) {
        csv.append(row.point().number());
        row.point().settings().forEach(setting -> csv.append(',').append(CsvCell.of(value(setting))));
        csv.append(',').append(CsvCell.of(figure)).append(',').append(its.n());
        for (double number : new double[] {its.mean(), its.sd(), its.low(), its.high()}) {
            csv.append(',').append(Double.isFinite(number) ? JsonWriter.text(number) : "");
        }
        csv.append('\n');
    }

    /** One row for each run: {@code run,point,seed,<keys>,status,<figures>,traceHash}. */
    public String runsCsv() {
        StringBuilder csv = new StringBuilder("run,point,seed");
        header.plan().values().keySet().forEach(key -> csv.append(',').append(key));
        csv.append(",status");
        names.forEach(name -> csv.append(',').append(name));
        csv.append(",traceHash\n");
        int seeds = header.plan().seeds().size();
        outcomes.forEach((run, outcome) -> {
            SweepPlan.Point point = rows.get(run / seeds).point();
            csv.append(run).append(',').append(point.number()).append(',');
            csv.append(new Seeds(header.plan().seeds().get(run % seeds)));
            point.settings().forEach(setting -> csv.append(',').append(CsvCell.of(value(setting))));
            csv.append(',')
                    .append(!outcome.isOk() ? "failed" : outcome.failedChecks().isEmpty() ? "held" : "not held");
            Map<String, Double> figures = outcome.isOk() ? Figures.of(outcome) : Map.of();
            for (String name : names) {
                List<Double> value = outcome.isOk() ? Figures.column(List.of(figures), name) : List.of();
                csv.append(',').append(value.isEmpty() ? "" : JsonWriter.text(value.get(0)));
            }
            csv.append(',').append(outcome.traceHash()).append('\n');
        });
        return csv.toString();
    }

    /** One JSON object (docs/sweep.md). */
    public String json() {
        JsonWriter json = new JsonWriter().beginObject();
        json.name("scenario").value(header.scenario()).name("commit").value(header.commit());
        json.name("runs").value(outcomes.size()).name("failed").value(failed());
        json.name("notHeld").value(unheld()).name("missing").value(missing().size());
        json.name("points").beginArray();
        for (Row row : rows) {
            json.beginObject().name("set").beginObject();
            for (Setting setting : row.point().settings()) {
                JsonValue.write(json.name(setting.key()), setting.value());
            }
            json.endObject().name("runs").value(row.ok().size());
            json.name("failed").beginArray();
            row.failed().forEach(run -> json.value((long) run));
            json.endArray().name("figures").beginObject();
            row.figures().forEach((name, its) -> write(json, name, its));
            json.endObject();
            write(json, "pdrPooled", row.pooled());
            json.name("checks").beginObject();
            row.checks().forEach((name, its) -> write(json, name, its));
            json.endObject().endObject();
        }
        return json.endArray().endObject().toString();
    }

    static void write(JsonWriter json, String name, Estimate its) {
        json.name(name).beginObject().name("n").value(its.n());
        Json.number(json, "mean", its.mean());
        Json.number(json, "sd", its.sd());
        Json.number(json, "low95", its.low());
        Json.number(json, "high95", its.high());
        json.endObject();
    }

    /** Each failed run, with the command that runs it again. */
    public List<String> failures() {
        List<String> lines = new ArrayList<>();
        int seeds = header.plan().seeds().size();
        for (Row row : rows) {
            for (int run : row.failed()) {
                @Nullable RunOutcome outcome = outcomes.get(run);
                StringBuilder line = new StringBuilder("FAILED run " + run + ": "
                        + (outcome == null ? "" : outcome.error()) + "\n    thicket sim run "
                        + ShellWord.of(header.file())
                        + " --seed " + new Seeds(header.plan().seeds().get(run % seeds)));
                row.point().settings().forEach(its -> line.append(" --set ").append(ShellWord.of(its.toString())));
                header.untilMs()
                        .ifPresent(ms -> line.append(" --until ").append(ms).append("ms"));
                lines.add(line.toString());
            }
        }
        return lines;
    }
}
