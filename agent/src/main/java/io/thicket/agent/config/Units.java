package io.thicket.agent.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Values with units: {@code "10s"}, {@code "4KiB"}, {@code "100Mbit/s"}. Reading refuses with an {@link IllegalArgumentException}. */
public final class Units {
    /** In milliseconds, largest last. */
    private static final Map<String, Long> DURATIONS = new LinkedHashMap<>();

    /** In bytes, largest last. */
    private static final Map<String, Long> SIZES = new LinkedHashMap<>();

    /** In kbit/s, largest last. */
    private static final Map<String, Long> RATES = new LinkedHashMap<>();

    private static final int MAX_LENGTH = 24;

    static {
        DURATIONS.put("ms", 1L);
        DURATIONS.put("s", 1_000L);
        DURATIONS.put("min", 60_000L);
        DURATIONS.put("h", 3_600_000L);
        SIZES.put("B", 1L);
        SIZES.put("KiB", 1L << 10);
        SIZES.put("MiB", 1L << 20);
        SIZES.put("GiB", 1L << 30);
        RATES.put("kbit/s", 1L);
        RATES.put("Mbit/s", 1_000L);
        RATES.put("Gbit/s", 1_000_000L);
    }

    private Units() {}

    /** Reads {@code "500ms"}, {@code "10s"}, {@code "5min"}, {@code "1.5h"}: whole milliseconds. */
    public static Duration duration(String text) {
        return Duration.ofMillis(parse(text, DURATIONS, "a duration such as \"10s\""));
    }

    /** Reads {@code "512B"}, {@code "4KiB"}, {@code "1MiB"}: bytes. */
    public static long bytes(String text) {
        return parse(text, SIZES, "a size such as \"4KiB\"");
    }

    /** Reads {@code "250kbit/s"}, {@code "100Mbit/s"}: kbit/s, at least 1. */
    public static int kbps(String text) {
        long kbps = parse(text, RATES, "a rate such as \"100Mbit/s\"");
        if (kbps < 1 || kbps > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("'" + text + "' is not 1 kbit/s or more");
        }
        return (int) kbps;
    }

    /** The text that {@link #duration} reads, in the largest unit that fits. */
    public static String text(Duration duration) {
        return text(duration.toMillis(), DURATIONS, "s");
    }

    /** The text that {@link #bytes} reads. */
    public static String textOfBytes(long bytes) {
        return text(bytes, SIZES, "B");
    }

    /** The text that {@link #kbps} reads. */
    public static String textOfKbps(int kbps) {
        return text(kbps, RATES, "kbit/s");
    }

    private static long parse(String text, Map<String, Long> units, String example) {
        int digits = 0;
        while (digits < text.length()
                && (Character.digit(text.charAt(digits), 10) >= 0 || text.charAt(digits) == '.')) {
            digits++;
        }
        String unit = text.substring(digits).strip();
        String number = text.substring(0, digits);
        if (text.length() > MAX_LENGTH || !number.matches("[0-9]+(\\.[0-9]+)?")) {
            throw new IllegalArgumentException("'" + text + "' is not " + example);
        }
        Long factor = units.get(unit);
        if (factor == null) {
            throw new IllegalArgumentException((unit.isEmpty()
                            ? "'" + text + "' has no unit"
                            : "'" + text + "' has the unknown unit '" + unit + "'")
                    + "; units are " + String.join(", ", units.keySet()));
        }
        BigDecimal value = new BigDecimal(number).multiply(BigDecimal.valueOf(factor));
        if (value.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            throw new IllegalArgumentException("'" + text + "' is too large");
        }
        try {
            return value.longValueExact();
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a whole number of "
                            + units.keySet().iterator().next(),
                    e);
        }
    }

    private static String text(long value, Map<String, Long> units, String unitOfZero) {
        String best = unitOfZero;
        long factor = 1;
        for (Map.Entry<String, Long> unit : units.entrySet()) {
            if (value != 0 && value % unit.getValue() == 0) {
                best = unit.getKey();
                factor = unit.getValue();
            }
        }
        return value / factor + best;
    }
}
