package io.thicket.drivers.catalogue;

/** The comma-separated fields of one sentence. A field that cannot be read marks the sentence as malformed. */
final class NmeaFields {
    /** More fields than any sentence has. */
    private static final int MAX_FIELDS = 64;

    /** 1e-9 degrees is 0.1 mm. */
    private static final int DEGREE_DECIMALS = 9;

    private final String[] fields;
    private boolean malformed;

    NmeaFields(String sentence) {
        this.fields = sentence.split(",", MAX_FIELDS);
    }

    /** The field, empty if the sentence has not so many. */
    String text(int index) {
        return index < fields.length ? fields[index] : "";
    }

    boolean is(int index, String expected) {
        return text(index).equals(expected);
    }

    /** The number, NaN if the field is empty or unreadable (then the sentence is malformed). */
    double number(int index) {
        String text = text(index).strip();
        if (text.isEmpty()) {
            return Double.NaN;
        }
        double value = Numbers.parse(text);
        malformed |= Double.isNaN(value);
        return value;
    }

    /** An angle of 0 to 360 degrees. */
    double angle(int index) {
        double angle = number(index);
        malformed |= angle < 0 || angle > 360;
        return angle;
    }

    /** Latitude {@code ddmm.mmm} and the hemisphere after it, degrees north. */
    double latitude(int index) {
        return position(index, "N", "S", 90);
    }

    /** Longitude {@code dddmm.mmm} and the hemisphere after it, degrees east. */
    double longitude(int index) {
        return position(index, "E", "W", 180);
    }

    boolean isMalformed() {
        return malformed;
    }

    void refuse() {
        malformed = true;
    }

    private double position(int index, String positive, String negative, int limit) {
        double value = number(index);
        if (Double.isNaN(value)) {
            return Double.NaN;
        }
        double degrees = Math.floor(value / 100);
        double minutes = value - degrees * 100;
        double position = degrees + minutes / 60;
        boolean hemisphere = is(index + 1, positive) || is(index + 1, negative);
        if (value < 0 || minutes >= 60 || position > limit || !hemisphere) {
            malformed = true;
            return Double.NaN;
        }
        double rounded = Numbers.round(position, DEGREE_DECIMALS);
        return is(index + 1, negative) && rounded != 0 ? -rounded : rounded;
    }
}
