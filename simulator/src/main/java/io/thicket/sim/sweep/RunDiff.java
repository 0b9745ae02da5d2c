package io.thicket.sim.sweep;

import io.thicket.agent.senml.JsonWriter;
import io.thicket.sim.run.Plural;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Two sets of runs beside each other, figure by figure. */
public final class RunDiff {
    /** What runs are compared by unless others are named. */
    public static final List<String> USUAL_FIGURES = List.of(
            "pdr",
            "pdrBound",
            "latencyMs.p50",
            "latencyMs.p95",
            "latencyMs.p99",
            "hops.mean",
            "controlFrames",
            "dataFrames",
            "frames",
            "airtimeSeconds",
            "controlFramesPerNodePerMinute",
            "loops",
            "duplicates");

    /** Points that an error names of each side. */
    private static final int NAMED_POINTS = 4;

    private final RunSet a;
    private final RunSet b;
    private final List<Comparison> comparisons;
    private final List<String> unmatched = new ArrayList<>();

    /**
     * Compares.
     *
     * @param figures which, none for all that both have but those of the machine
     */
    public RunDiff(RunSet a, RunSet b, List<String> figures) throws SweepException {
        this.a = a;
        this.b = b;
        Set<String> points = new LinkedHashSet<>(a.points().keySet());
        points.addAll(b.points().keySet());
        requireKnown(figures);
        List<Comparison> all = new ArrayList<>();
        if (a.points().size() == 1 && b.points().size() == 1 && points.size() == 2) {
            // One point of each: whoever compares a protocol with another one gave them different values.
            List<RunSet.Run> left = a.points().values().iterator().next();
            List<RunSet.Run> right = b.points().values().iterator().next();
            all.addAll(Comparison.of("", left, right, figures.isEmpty() ? names(left, right) : figures));
            points.clear();
        }
        for (String point : points) {
            if (!a.points().containsKey(point) || !b.points().containsKey(point)) {
                unmatched.add(named(point));
                continue;
            }
            List<RunSet.Run> left = a.points().getOrDefault(point, List.of());
            List<RunSet.Run> right = b.points().getOrDefault(point, List.of());
            all.addAll(Comparison.of(point, left, right, figures.isEmpty() ? names(left, right) : figures));
        }
        if (all.isEmpty()) {
            throw new SweepException(
                    unmatched.isEmpty()
                            ? "they have none of these figures in common"
                            : "they have no point in common: A has " + pointsOf(a) + ", B has " + pointsOf(b));
        }
        comparisons = Comparison.adjusted(all);
    }

    private static String named(String point) {
        return point.isEmpty() ? "the file as it is" : point;
    }

    private static String pointsOf(RunSet set) {
        String first = set.points().keySet().stream()
                .limit(NAMED_POINTS)
                .map(RunDiff::named)
                .collect(Collectors.joining("; "));
        int more = set.points().size() - NAMED_POINTS;
        return first + (more > 0 ? " and " + more + " more" : "");
    }

    /** A figure of neither set is a slip of the pen, and a comparison without it would look like "no difference". */
    private void requireKnown(List<String> wanted) throws SweepException {
        List<Map<String, Double>> all = new ArrayList<>();
        for (RunSet set : List.of(a, b)) {
            set.points().values().forEach(runs -> runs.forEach(run -> all.add(run.figures())));
        }
        List<String> known = Figures.names(all);
        for (String name : wanted) {
            // Those that a run may lack, such as a latency where nothing arrived, are no slips.
            if (!known.contains(name) && !USUAL_FIGURES.contains(name)) {
                throw new SweepException("there is no figure '" + name + "'; there are " + String.join(", ", known));
            }
        }
    }

    private static List<String> names(List<RunSet.Run> left, List<RunSet.Run> right) {
        List<Map<String, Double>> all = new ArrayList<>();
        left.forEach(run -> all.add(run.figures()));
        right.forEach(run -> all.add(run.figures()));
        Set<String> outside = Set.of("wallSeconds", "cpuSeconds", "peakRssBytes");
        return Figures.names(all).stream()
                .filter(name -> !outside.contains(name))
                .toList();
    }

    /** Whether a figure differs by no accident. */
    public boolean differs() {
        return comparisons.stream().anyMatch(Comparison::isSignificant);
    }

    /** For a terminal. */
    public List<String> lines() {
        List<List<String>> cells = new ArrayList<>();
        boolean points = comparisons.stream().anyMatch(each -> !each.point().isEmpty());
        List<String> heads = new ArrayList<>(List.of("figure", "A", "B", "B - A", "", "p"));
        if (points) {
            heads.add(0, "point");
        }
        cells.add(heads);
        for (Comparison each : comparisons) {
            List<String> row = new ArrayList<>(List.of(
                    each.figure(),
                    text(each.a()),
                    text(each.b()),
                    text(each.difference()),
                    each.isSignificant() ? "DIFFERENT" : "",
                    Double.isNaN(each.adjusted()) ? "-" : probability(each.adjusted())));
            if (points) {
                row.add(0, each.point());
            }
            cells.add(row);
        }
        List<String> lines = new ArrayList<>();
        lines.add("A  " + a.name() + ", " + Plural.of(a.size(), "run") + lost(a));
        lines.add("B  " + b.name() + ", " + Plural.of(b.size(), "run") + lost(b));
        lines.addAll(Columns.of(cells));
        lines.addAll(notes());
        return lines;
    }

    /** What has to be known to read the table. */
    List<String> notes() {
        List<String> notes = new ArrayList<>();
        List<Comparison> tested =
                comparisons.stream().filter(each -> !Double.isNaN(each.p())).toList();
        if (!tested.isEmpty()) {
            notes.add("means ± half of their 95 % intervals; " + test(tested) + "; p is adjusted for "
                    + Plural.of(tested.size(), "figure") + " (Holm), DIFFERENT below 0.05");
        } else {
            notes.add("single runs: whether a difference is an accident takes several seeds of each");
        }
        notes.addAll(new OtherRuns(a, b).notes());
        unmatched.forEach(point -> notes.add("only one of them has " + point));
        return notes;
    }

    /** Which test it was, true of every figure. */
    private static String test(List<Comparison> tested) {
        List<Pairing> pairs = tested.stream()
                .filter(Comparison::paired)
                .map(Comparison::pairing)
                .toList();
        int apart = tested.size() - pairs.size();
        if (pairs.isEmpty()) {
            boolean other = tested.stream().allMatch(each -> each.pairing().pairs() == 0);
            return (other ? "no pairs by seed" : "too few of the same seeds") + ": Welch's test";
        }
        Pairing fewest = Collections.min(pairs, Comparator.comparingDouble(Pairing::share));
        boolean all = pairs.stream().allMatch(fewest::equals);
        String which = fewest.isWhole()
                ? "the same seeds: differences of pairs"
                : "differences of pairs with the same seed, of " + fewest.pairs() + " of " + fewest.ofA()
                        + " runs of A and " + fewest.pairs() + " of " + fewest.ofB() + " of B"
                        + (all ? "" : " at least");
        return which
                + (apart == 0
                        ? ""
                        : "; too few pairs of " + apart + " of " + Plural.of(tested.size(), "figure")
                                + ": Welch's test");
    }

    private static String lost(RunSet set) {
        return set.failed() > 0 ? ", " + set.failed() + " FAILED and left out" : "";
    }

    private static String text(Estimate its) {
        return Json.text(its.mean()) + (Double.isFinite(its.half()) ? " ±" + Json.shortText(its.half()) : "");
    }

    private static String probability(double p) {
        return p < 0.001 ? "<0.001" : Json.shortText(p);
    }

    /** One JSON object (docs/sweep.md). */
    public String json() {
        JsonWriter json = new JsonWriter().beginObject();
        write(json.name("a"), a);
        write(json.name("b"), b);
        json.name("differs").value(differs()).name("unmatched").beginArray();
        unmatched.forEach(json::value);
        new OtherRuns(a, b).write(json.endArray().name("notTheSame"));
        json.name("figures").beginArray();
        for (Comparison each : comparisons) {
            json.beginObject().name("point").value(each.point());
            json.name("figure").value(each.figure());
            SweepTable.write(json, "a", each.a());
            SweepTable.write(json, "b", each.b());
            json.name("difference").beginObject();
            Json.number(json, "mean", each.difference().mean());
            Json.number(json, "low95", each.difference().low());
            Json.number(json, "high95", each.difference().high());
            json.endObject().name("paired").value(each.paired());
            Json.number(json, "p", each.p());
            Json.number(json, "pAdjusted", each.adjusted());
            json.name("significant").value(each.isSignificant()).endObject();
        }
        return json.endArray().endObject().toString();
    }

    private static void write(JsonWriter json, RunSet set) {
        json.beginObject().name("name").value(set.name());
        json.name("runs").value(set.size()).name("failed").value(set.failed()).endObject();
    }

    /** One file for a browser, without scripts: for each figure both intervals on one scale, and the table. */
    public String html() {
        StringBuilder html = new StringBuilder(DiffHtml.head(a.name(), b.name()));
        for (Comparison each : comparisons) {
            DiffHtml.row(html, each, text(each.a()), text(each.b()), text(each.difference()));
        }
        return html.append(DiffHtml.foot(notes())).toString();
    }
}
