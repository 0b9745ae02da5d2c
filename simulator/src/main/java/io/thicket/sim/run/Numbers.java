package io.thicket.sim.run;

import io.thicket.agent.senml.JsonWriter;
import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers as reports have them: six digits that matter, and null for what was not measured. */
final class Numbers {
    private static final MathContext DIGITS = new MathContext(6);

    private Numbers() {}

    static String text(double value) {
        return Double.isFinite(value) ? JsonWriter.text(rounded(value)) : "-";
    }

    static void write(JsonWriter json, double value) {
        if (Double.isFinite(value)) {
            json.value(rounded(value));
        } else {
            json.nullValue();
        }
    }

    private static double rounded(double value) {
        return value == 0 ? 0 : new BigDecimal(value).round(DIGITS).doubleValue();
    }
}
