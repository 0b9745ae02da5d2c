package io.thicket.drivers.spec;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/** Parses TOML (1.0.0) so that whatever is wrong with the text is a problem of it, also where the parser throws or has no limit. */
public final class TomlParsing {
    /** Tables and arrays within each other; ours have three. */
    public static final int MAX_DEPTH = 64;

    private static final String TOO_DEEP = "tables or arrays are nested more than " + MAX_DEPTH + " deep";

    private TomlParsing() {}

    /** Hears what is wrong with a text. */
    @FunctionalInterface
    public interface ProblemSink {
        /** @param position where, null if the parser did not say */
        void problem(@Nullable TomlPosition position, String reason);
    }

    /**
     * What can be read of {@code text}, which may begin with a byte order mark; empty, with a problem, if the parser gives it up or it is
     * nested deeper than {@link #MAX_DEPTH}.
     */
    public static Optional<TomlParseResult> parse(String text, ProblemSink problems) {
        String toml = ByteOrderMark.without(text);
        try {
            TomlParseResult result = Toml.parse(toml);
            for (TomlParseError error : result.errors()) {
                problems.problem(error.position(), String.valueOf(error.getMessage()));
            }
            for (String name : result.keySet()) {
                if (isDeeper(result.get(List.of(name)), MAX_DEPTH)) {
                    problems.problem(result.inputPositionOf(List.of(name)), TOO_DEEP);
                    return Optional.empty();
                }
            }
            return Optional.of(result);
        } catch (TomlParseError error) {
            // Of a wrong escape in the name of a table the parser does not collect an error, it throws it.
            problems.problem(error.position(), String.valueOf(error.getMessage()));
        } catch (AssertionError error) {
            // With assertions on it asserts that such an escape has its digits, where it throws an error of these words
            // otherwise.
            problems.problem(TomlEscapes.firstWrong(toml), "Invalid unicode escape sequence");
        } catch (StackOverflowError error) {
            // Its parser calls itself for each bracket, has no limit, and tells no place.
            problems.problem(TomlNesting.deeperThan(MAX_DEPTH, toml), TOO_DEEP);
        }
        return Optional.empty();
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
