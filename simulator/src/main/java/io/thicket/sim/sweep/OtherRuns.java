package io.thicket.sim.sweep;

import io.thicket.agent.senml.JsonWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What was not the same when runs began, which explains figures better than any change of the code. */
final class OtherRuns {
    private static final List<String> FIGURES = List.of("nodes", "gateways", "simulatedSeconds");

    private final List<Word> words = new ArrayList<>();
    private final List<Figure> figures = new ArrayList<>();

    private record Word(String name, String a, String b) {}

    /** Null is unknown. */
    private record Figure(
            String name, @Nullable Double a, @Nullable Double b) {}

    /** Of sets of several runs only the scenario is said: their intervals tell more than the rest. */
    OtherRuns(RunSet a, RunSet b) {
        addIfOther("scenario", scenarios(a), scenarios(b));
        if (a.size() != 1 || b.size() != 1) {
            return;
        }
        RunSet.Run one = a.points().values().iterator().next().get(0);
        RunSet.Run other = b.points().values().iterator().next().get(0);
        addIfOther("seed", one.seed(), other.seed());
        for (String name : FIGURES) {
            addIfOther(name, one.figures(), other.figures());
        }
    }

    private static String scenarios(RunSet set) {
        return set.points().values().stream()
                .flatMap(List::stream)
                .map(RunSet.Run::scenario)
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private void addIfOther(String name, String a, String b) {
        if (!a.equals(b)) {
            words.add(new Word(name, a, b));
        }
    }

    private void addIfOther(String name, Map<String, Double> a, Map<String, Double> b) {
        Figure figure = new Figure(name, a.get(name), b.get(name));
        if (!text(figure.a).equals(text(figure.b))) {
            figures.add(figure);
        }
    }

    /** A line for people, none if nothing was other. */
    List<String> notes() {
        List<String> parts = new ArrayList<>();
        words.forEach(each -> parts.add(each.name + " " + each.a + " and " + each.b));
        figures.forEach(each -> parts.add(each.name + " " + text(each.a) + " and " + text(each.b)));
        return parts.isEmpty() ? List.of() : List.of("not the same kind of run: " + String.join(", ", parts));
    }

    /** The same as an array. */
    void write(JsonWriter json) {
        json.beginArray();
        for (Word each : words) {
            json.beginObject().name("name").value(each.name);
            json.name("a").value(each.a).name("b").value(each.b).endObject();
        }
        for (Figure each : figures) {
            json.beginObject().name("name").value(each.name);
            Json.number(json, "a", each.a);
            Json.number(json, "b", each.b);
            json.endObject();
        }
        json.endArray();
    }

    private static String text(@Nullable Double value) {
        return value == null ? "unknown" : Json.text(value);
    }
}
