package io.thicket.drivers.spec;

import org.jspecify.annotations.Nullable;
import org.tomlj.TomlPosition;

/** Where brackets are nested too deep in a text that was too much for the TOML parser, which calls itself for each and tells no place. */
final class TomlNesting {
    private TomlNesting() {}

    /** The first bracket that is more than {@code depth} deep, null if there is none. Brackets in texts and comments count, too. */
    static @Nullable TomlPosition deeperThan(int depth, String toml) {
        int open = 0;
        int line = 1;
        int lineStart = 0;
        for (int at = 0; at < toml.length(); at++) {
            switch (toml.charAt(at)) {
                case '[', '{' -> {
                    if (++open > depth) {
                        return TomlPosition.positionAt(line, at - lineStart + 1);
                    }
                }
                case ']', '}' -> open = Math.max(0, open - 1);
                case '\n' -> {
                    line++;
                    lineStart = at + 1;
                }
                default -> {}
            }
        }
        return null;
    }
}
