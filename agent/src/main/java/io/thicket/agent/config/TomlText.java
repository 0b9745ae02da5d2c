package io.thicket.agent.config;

import io.thicket.drivers.spec.TomlParsing;
import java.util.function.UnaryOperator;
import org.tomlj.Toml;
import org.tomlj.TomlParseResult;

/** Parses TOML into a {@link ProblemCollector}. */
final class TomlText {
    private TomlText() {}

    /** What can be read of {@code text}; of what the parser gives up on, that is nothing. */
    static TomlParseResult parse(String text, ProblemCollector problems) {
        return parse(text, problems, reason -> "this is no TOML: " + reason);
    }

    /** The same; {@code message} makes a problem's message of the parser's reason. */
    static TomlParseResult parse(String text, ProblemCollector problems, UnaryOperator<String> message) {
        return TomlParsing.parse(text, (position, reason) -> problems.error(position, message.apply(reason), ""))
                .orElseGet(() -> Toml.parse(""));
    }
}
