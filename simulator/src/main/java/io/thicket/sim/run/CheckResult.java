package io.thicket.sim.run;

import io.thicket.agent.senml.JsonWriter;

/**
 * A check and what was measured.
 *
 * @param name for people and for JUnit
 * @param measured NaN if there was nothing to measure, which does not hold; infinite for what never came
 * @param least whether {@code limit} is the least good value, or the largest one
 */
public record CheckResult(String name, double measured, boolean least, double limit) {
    /** How the name of a check of delivery ends that leaves packets without a way out. */
    public static final String OF_POSSIBLE = " of what is possible";

    public boolean holds() {
        return least ? measured >= limit : measured <= limit;
    }

    /** The measured value beside the limit. */
    public String text() {
        String border = Numbers.text(limit);
        String found = Double.isNaN(measured)
                ? "nothing measured"
                : Double.isInfinite(measured) ? "infinite" : Numbers.text(measured);
        if (!holds() && found.equals(border)) { // it failed by less than these digits show
            found = Double.toString(measured);
            border = Double.toString(limit);
        }
        return found + (least ? ", at least " : ", at most ") + border;
    }

    void write(JsonWriter json) {
        json.beginObject().name("name").value(name).name("measured");
        Numbers.write(json, measured);
        json.name(least ? "atLeast" : "atMost").value(limit);
        json.name("held").value(holds()).endObject();
    }
}
