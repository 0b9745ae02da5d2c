package io.thicket.drivers.catalogue;

/** Numbers as devices write them. Stricter than {@link Double#parseDouble}: no hex, no NaN, no suffixes. */
final class Numbers {
    /** Longest number in characters. */
    static final int MAX_LENGTH = 40;

    private Numbers() {}

    /**
     * The value of {@code [+-]digits[.digits][e[+-]digits]}; NaN if the text is anything else or the value is not finite.
     */
    static double parse(String text) {
        if (text.length() > MAX_LENGTH || !isNumber(text)) {
            return Double.NaN;
        }
        double value = Double.parseDouble(text);
        return Double.isFinite(value) ? value : Double.NaN;
    }

    /** As {@link #parse}, and one comma may stand for the point. */
    static double parseWithComma(String text) {
        return text.indexOf('.') < 0 ? parse(text.replace(',', '.')) : parse(text);
    }

    /** Rounds to {@code decimals} digits, so that a converted value prints as short as it was written. */
    static double round(double value, int decimals) {
        double scale = StrictMath.pow(10, decimals);
        double rounded = Math.rint(value * scale) / scale;
        return Double.isFinite(rounded) ? rounded : value;
    }

    /** Words by which boards say that they have no value ({@code ovf}: Arduino's print of a huge float). */
    static boolean meansNoValue(String text) {
        return switch (text) {
            case "", "nan", "NaN", "NAN", "-nan", "inf", "Inf", "INF", "-inf", "-Inf", "-INF", "ovf", "-ovf", "null" ->
                true;
            default -> false;
        };
    }

    private static boolean isNumber(String text) {
        int i = sign(text, 0);
        int whole = digits(text, i);
        int end = whole;
        if (end < text.length() && text.charAt(end) == '.') {
            end = digits(text, end + 1);
            if (end - i == 1) {
                return false;
            }
        } else if (whole == i) {
            return false;
        }
        if (end < text.length() && (text.charAt(end) == 'e' || text.charAt(end) == 'E')) {
            int exponent = sign(text, end + 1);
            end = digits(text, exponent);
            if (end == exponent) {
                return false;
            }
        }
        return end == text.length();
    }

    private static int sign(String text, int i) {
        return i < text.length() && (text.charAt(i) == '-' || text.charAt(i) == '+') ? i + 1 : i;
    }

    private static int digits(String text, int from) {
        int i = from;
        while (i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
            i++;
        }
        return i;
    }
}
