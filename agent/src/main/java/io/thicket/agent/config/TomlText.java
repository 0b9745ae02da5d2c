package io.thicket.agent.config;

import io.thicket.drivers.spec.TomlNesting;
import java.util.Collection;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;

/** Parses TOML so that whatever is wrong with the text is a problem of it, also where the parser throws. */
final class TomlText {
    /** Tables and arrays within each other; ours have three. */
    static final int MAX_DEPTH = 64;

    private static final String TOO_DEEP = "tables or arrays are nested more than " + MAX_DEPTH + " deep";

    private TomlText() {}

    /** What can be read of {@code text}; of what the parser gives up on, that is nothing. */
    static TomlParseResult parse(String text, ProblemCollector problems) {
        return parse(text, problems, reason -> "this is no TOML: " + reason);
    }

    /** The same; {@code message} makes a problem's message of the parser's reason. */
    static TomlParseResult parse(String text, ProblemCollector problems, UnaryOperator<String> message) {
        try {
            TomlParseResult toml = Toml.parse(text);
            for (TomlParseError error : toml.errors()) {
                problems.error(error.position(), message.apply(String.valueOf(error.getMessage())), "");
            }
            for (String name : toml.keySet()) {
                if (isDeeper(toml.get(List.of(name)), MAX_DEPTH)) {
                    problems.error(toml.inputPositionOf(List.of(name)), message.apply(TOO_DEEP), "");
                    return Toml.parse("");
                }
            }
            return toml;
        } catch (TomlParseError error) {
            // Of a wrong escape in the name of a table the parser does not collect an error, it throws it.
            problems.error(error.position(), message.apply(String.valueOf(error.getMessage())), "");
        } catch (StackOverflowError e) {
            // Its parser calls itself for each bracket, and has no limit.
            problems.error(TomlNesting.deeperThan(MAX_DEPTH, text), message.apply(TOO_DEEP), "");
        }
        return Toml.parse("");
    }

    private static boolean isDeeper(@Nullable Object value, int depth) {
        Collection<?> inner;
        if (value instanceof TomlTable table) {
            inner = table.keySet().stream().map(key -> table.get(List.of(key))).toList();
        } else if (value instanceof TomlArray array) {
            inner = array.toList();
        } else {
            return false;
        }
        return depth == 0 || inner.stream().anyMatch(each -> isDeeper(each, depth - 1));
    }
}
