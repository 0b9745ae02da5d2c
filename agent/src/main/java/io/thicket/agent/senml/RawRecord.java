package io.thicket.agent.senml;

import org.jspecify.annotations.Nullable;

/** The fields of one record as they stand in the text or the bytes, before base values are applied. */
final class RawRecord {
    /** Longest name or base name in characters, of each alone. */
    static final int MAX_NAME_LENGTH = 256;
    /** Longest unit in characters. */
    static final int MAX_UNIT_LENGTH = 32;
    /** Longest text value in characters. */
    static final int MAX_TEXT_LENGTH = 1024;
    /** Most fields of one record. */
    static final int MAX_FIELDS = 32;

    @Nullable
    String baseName;

    @Nullable
    Double baseTime;

    @Nullable
    String baseUnit;

    @Nullable
    Double baseValue;

    @Nullable
    Double baseVersion;

    @Nullable
    String name;

    @Nullable
    String unit;

    @Nullable
    Double number;

    @Nullable
    String text;

    @Nullable
    Boolean flag;

    @Nullable
    Double time;

    @Nullable
    String quality;

    /** Takes one field by its JSON label (RFC 8428 section 4); {@code value} is a Double, String, Boolean, or of another kind. */
    void put(String label, @Nullable Object value) throws SenmlFormatException {
        switch (label) {
            case "bn" -> baseName = string(label, value, MAX_NAME_LENGTH);
            case "bt" -> baseTime = number(label, value);
            case "bu" -> baseUnit = string(label, value, MAX_UNIT_LENGTH);
            case "bv" -> baseValue = number(label, value);
            case "bver" -> baseVersion = number(label, value);
            case "n" -> name = string(label, value, MAX_NAME_LENGTH);
            case "u" -> unit = string(label, value, MAX_UNIT_LENGTH);
            case "v" -> number = number(label, value);
            case "vs" -> text = string(label, value, MAX_TEXT_LENGTH);
            case "vb" -> flag = flag(label, value);
            case "vd" -> throw new SenmlFormatException("data values (vd) are not used here");
            case "t" -> time = number(label, value);
            case "tq" -> quality = string(label, value, MAX_UNIT_LENGTH);
            default -> {
                // Sums and update times say nothing that a reading needs; other fields are ignored by section 4.4,
                // except those that forbid it.
                if (label.endsWith("_")) {
                    throw new SenmlFormatException("the field '" + label + "' must be understood and is not");
                }
            }
        }
    }

    /** {@code name}, if it is not too long for a name. */
    static String name(String label, String name) throws SenmlFormatException {
        return string(label, name, MAX_NAME_LENGTH);
    }

    private static String string(String label, @Nullable Object value, int maxLength) throws SenmlFormatException {
        if (value instanceof String string) {
            if (string.length() > maxLength) {
                throw new SenmlFormatException(label + " has more than " + maxLength + " characters");
            }
            return string;
        }
        throw new SenmlFormatException(label + " is no text");
    }

    private static Double number(String label, @Nullable Object value) throws SenmlFormatException {
        if (value instanceof Double number && Double.isFinite(number)) {
            return number;
        }
        throw new SenmlFormatException(label + " is no finite number");
    }

    private static Boolean flag(String label, @Nullable Object value) throws SenmlFormatException {
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw new SenmlFormatException(label + " is neither true nor false");
    }
}
