package io.thicket.sim.scenario.file;

import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What the command line says instead of the file.
 *
 * @param seed instead of {@code [scenario] seed}
 * @param untilMs an earlier end
 * @param nodes instead of {@code [nodes] count}
 * @param protocol instead of {@code [routing] protocol}, empty for the file's
 */
public record Overrides(OptionalLong seed, OptionalLong untilMs, OptionalInt nodes, String protocol) {
    /** The file as it is. */
    public static final Overrides NONE =
            new Overrides(OptionalLong.empty(), OptionalLong.empty(), OptionalInt.empty(), "");
}
