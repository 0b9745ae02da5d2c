package io.thicket.sim.cli;

import io.thicket.agent.senml.JsonWriter;

/** Numbers in messages as people write them: 1000000000, where Java has 1.0E9. */
final class Written {
    private Written() {}

    static String number(double value) {
        return Double.isFinite(value) ? JsonWriter.text(value) : String.valueOf(value);
    }
}
