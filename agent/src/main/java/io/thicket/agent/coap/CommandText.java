package io.thicket.agent.coap;

import io.thicket.drivers.Observation.Value;
import io.thicket.drivers.SenmlUnit;
import io.thicket.drivers.command.Setting;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A value as a request brings it: {@code 21.5}, {@code 21.5 Cel}, {@code on}. */
final class CommandText {
    private static final int MAX_BYTES = 64;
    private static final Pattern NUMBER =
            Pattern.compile("([-+]?[0-9]{1,15}(?:\\.[0-9]{1,15})?(?:[eE][-+]?[0-9]{1,2})?)(?: *([^ 0-9][^ ]{0,15}))?");

    private CommandText() {}

    /** The value in the unit of the setting; empty if it is none. */
    static Optional<Value> parse(byte[] payload, Setting setting) {
        if (payload.length > MAX_BYTES) {
            return Optional.empty();
        }
        String text = new String(payload, StandardCharsets.UTF_8).strip();
        return setting.flag() ? flag(text) : number(text, setting.unit());
    }

    private static Optional<Value> flag(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "on", "true", "1" -> Optional.of(new Value.Flag(true));
            case "off", "false", "0" -> Optional.of(new Value.Flag(false));
            default -> Optional.empty();
        };
    }

    private static Optional<Value> number(String text, @Nullable SenmlUnit unit) {
        Matcher matcher = NUMBER.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        double number = Double.parseDouble(matcher.group(1));
        String name = matcher.group(2);
        if (name != null && unit == null) {
            return Optional.empty();
        }
        if (name != null && unit != null && !name.equals(unit.name())) {
            if (!name.equals(unit.primary())) {
                return Optional.empty();
            }
            number = (number - unit.offset()) * unit.divisor() / unit.multiplier();
        }
        // Adding 0 takes the sign off a zero.
        return Double.isFinite(number) ? Optional.of(new Value.Numeric(number + 0.0)) : Optional.empty();
    }
}
