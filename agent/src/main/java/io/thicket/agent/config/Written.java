package io.thicket.agent.config;

import io.thicket.agent.senml.JsonWriter;

/** Numbers in messages as people write them: 1000000000, where Java has 1.0E9. */
public final class Written {
    private Written() {}

    /** As JSON has it, or Java's word for what is none. */
    public static String number(double value) {
        return Double.isFinite(value) ? JsonWriter.text(value) : String.valueOf(value);
    }
}
