package io.thicket.drivers.spec;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tomlj.TomlPosition;

/** Where a Unicode escape lacks digits in a text of which the TOML parser tells no place. */
final class TomlEscapes {
    /** Any escape, so that an escaped backslash is none before a u; the wrong ones are the group. */
    private static final Pattern ESCAPE =
            Pattern.compile("(\\\\u(?![0-9a-fA-F]{4})|\\\\U(?![0-9a-fA-F]{8}))|\\\\.", Pattern.DOTALL);

    private TomlEscapes() {}

    /** The first one, null if there is none. Literal strings and comments count, too. */
    static @Nullable TomlPosition firstWrong(String toml) {
        Matcher escape = ESCAPE.matcher(toml);
        while (escape.find()) {
            if (escape.group(1) != null) {
                String before = toml.substring(0, escape.start());
                int line = 1 + (int) before.chars().filter(each -> each == '\n').count();
                return TomlPosition.positionAt(line, before.length() - before.lastIndexOf('\n'));
            }
        }
        return null;
    }
}
