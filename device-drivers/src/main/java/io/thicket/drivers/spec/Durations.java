package io.thicket.drivers.spec;

/** Times as people write them: {@code 500ms}, {@code 30s}, {@code 3min}. */
public final class Durations {
    private Durations() {}

    /** In ms; -1 if the text is none. */
    public static long parse(String text) {
        String unit = text.replaceAll("^[0-9]+", "");
        String digits = text.substring(0, text.length() - unit.length());
        if (digits.isEmpty() || digits.length() > 9) {
            return -1;
        }
        long number = Long.parseLong(digits);
        return switch (unit) {
            case "ms" -> number;
            case "s" -> number * 1000;
            case "min" -> number * 60_000;
            case "h" -> number * 3_600_000;
            default -> -1;
        };
    }

    /** As short as it can be written. */
    public static String text(long ms) {
        if (ms != 0 && ms % 3_600_000 == 0) {
            return ms / 3_600_000 + "h";
        }
        if (ms != 0 && ms % 60_000 == 0) {
            return ms / 60_000 + "min";
        }
        return ms % 1000 == 0 ? ms / 1000 + "s" : ms + "ms";
    }
}
