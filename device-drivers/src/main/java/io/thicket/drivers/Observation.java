package io.thicket.drivers;

import org.jspecify.annotations.Nullable;

/**
 * One value of one quantity.
 *
 * @param name quantity, e.g. {@code pm2_5}; characters of a SenML name (RFC 8428 section 4.5.1)
 * @param value what was measured
 * @param unit a SenML unit name (RFC 8428 section 12.1, RFC 8798), null if the value has none
 * @param quality how far to trust it
 * @param reason why the quality is not GOOD, null if it is
 */
public record Observation(
        String name,
        Value value,
        @Nullable String unit,
        Quality quality,
        @Nullable String reason) {
    /** Longest name in characters. */
    public static final int MAX_NAME_LENGTH = 64;

    public Observation {
        if (!isValidName(name)) {
            throw new IllegalArgumentException("observation name '" + name + "'");
        }
    }

    /** A good value. */
    public static Observation good(String name, double value, @Nullable String unit) {
        return new Observation(name, new Value.Numeric(value), unit, Quality.GOOD, null);
    }

    /** A good text value. */
    public static Observation good(String name, String value) {
        return new Observation(name, new Value.Text(value), null, Quality.GOOD, null);
    }

    /** Whether {@code name} can be a SenML name: starts with a letter or digit, then those and {@code - : . / _}. */
    public static boolean isValidName(String name) {
        if (name.isEmpty() || name.length() > MAX_NAME_LENGTH) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean alphanumeric = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (!alphanumeric && (i == 0 || "-:./_".indexOf(c) < 0)) {
                return false;
            }
        }
        return true;
    }

    /** The kinds of values that SenML has. A number is finite. */
    public sealed interface Value {
        /** A finite number. */
        record Numeric(double value) implements Value {
            public Numeric {
                if (!Double.isFinite(value)) {
                    throw new IllegalArgumentException("a measured number is finite, not " + value);
                }
            }
        }

        /** A text of at most 1024 characters. */
        record Text(String value) implements Value {
            public Text {
                if (value.length() > 1024) {
                    throw new IllegalArgumentException("text value of " + value.length() + " characters");
                }
            }
        }

        /** Yes or no. */
        record Flag(boolean value) implements Value {}
    }
}
