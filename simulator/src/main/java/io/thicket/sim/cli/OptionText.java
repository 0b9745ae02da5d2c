package io.thicket.sim.cli;

import io.thicket.agent.config.Units;
import java.time.Duration;
import java.util.function.Function;

/** Times and sizes of a command line. What is wrong is told with the name of the option: there may be several of a kind. */
final class OptionText {
    private OptionText() {}

    static Duration duration(String option, String text) {
        return read(option, text, Units::duration);
    }

    static long bytes(String option, String text) {
        return read(option, text, Units::bytes);
    }

    private static <T> T read(String option, String text, Function<String, T> reader) {
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(option + ": " + e.getMessage(), e);
        }
    }
}
