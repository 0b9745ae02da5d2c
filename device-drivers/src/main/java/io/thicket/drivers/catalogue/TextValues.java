package io.thicket.drivers.catalogue;

import io.thicket.drivers.Observation;
import io.thicket.drivers.Quality;
import io.thicket.drivers.SenmlUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The values of one line of text, in its order, each with the unit that was configured for it. */
final class TextValues {
    /** Most values of one line (a SenML pack takes no more). */
    static final int MAX_VALUES = 64;

    /** Longest text value in characters. */
    private static final int MAX_TEXT = 128;

    private final Map<String, SenmlUnit> units;
    private final List<Observation> values;
    private final Set<String> names = new HashSet<>();
    private boolean malformed;

    TextValues(Map<String, SenmlUnit> units, List<Observation> values) {
        this.units = units;
        this.values = values;
    }

    /** The line cannot be read. */
    void refuse() {
        malformed = true;
    }

    boolean isMalformed() {
        return malformed;
    }

    /** A name with a value in plain text: a number, true, false, a word for "none", or any other text. */
    void putWord(String name, String word) {
        double number = Numbers.parseWithComma(word);
        if (!Double.isNaN(number)) {
            putNumber(name, number);
        } else if (Numbers.meansNoValue(word)) {
            putNothing(name);
        } else if (looksLikeNumber(word)) {
            // Two decimal points, a number beyond all range: a damaged number is no text.
            refuse();
        } else if (word.equals("true") || word.equals("false")) {
            putFlag(name, word.equals("true"));
        } else {
            putText(name, word);
        }
    }

    void putNumber(String name, double number) {
        SenmlUnit unit = units.get(name);
        double value = unit == null ? number : unit.toPrimary(number);
        if (!Double.isFinite(value)) {
            refuse();
            return;
        }
        put(name, new Observation.Value.Numeric(value), unit == null ? null : unit.primary());
    }

    void putFlag(String name, boolean flag) {
        putWithoutUnit(name, new Observation.Value.Flag(flag));
    }

    void putText(String name, String text) {
        if (text.isEmpty()) {
            putNothing(name);
        } else if (text.length() > MAX_TEXT) {
            refuse();
        } else {
            putWithoutUnit(name, new Observation.Value.Text(text));
        }
    }

    /** The device names the quantity and says that it has no value. */
    void putNothing(String name) {
        claim(name);
    }

    /** Where a unit is configured, a number is expected. */
    private void putWithoutUnit(String name, Observation.Value value) {
        if (units.containsKey(name)) {
            refuse();
        } else {
            put(name, value, null);
        }
    }

    private void put(String name, Observation.Value value, @Nullable String unit) {
        if (claim(name)) {
            values.add(new Observation(name, value, unit, Quality.GOOD, null));
        }
    }

    private boolean claim(String name) {
        if (!Observation.isValidName(name) || names.size() >= MAX_VALUES || !names.add(name)) {
            refuse();
            return false;
        }
        return true;
    }

    private static boolean looksLikeNumber(String word) {
        for (int i = 0; i < word.length(); i++) {
            if ("+-.,eE0123456789".indexOf(word.charAt(i)) < 0) {
                return false;
            }
        }
        return Character.isDigit(word.charAt(0)) || word.length() > 1 && Character.isDigit(word.charAt(1));
    }
}
