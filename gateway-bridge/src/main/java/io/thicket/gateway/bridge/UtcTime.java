package io.thicket.gateway.bridge;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Writes times in UTC with ms, {@code 2026-11-27T01:23:45.678Z}. Most times are of one day, so that its date is formatted once. */
final class UtcTime {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final long DAY_MS = 24 * 3_600_000L;

    private long day = Long.MIN_VALUE;
    private String date = "";

    /** The time {@code wallMs} after the beginning of 1970, whatever it is. */
    String text(long wallMs) {
        long itsDay = Math.floorDiv(wallMs, DAY_MS);
        if (itsDay != day) {
            day = itsDay;
            date = DATE.format(Instant.ofEpochMilli(wallMs));
        }
        int ms = (int) Math.floorMod(wallMs, DAY_MS);
        StringBuilder text = new StringBuilder(date.length() + 13).append(date);
        digits(text, ms / 3_600_000, 10).append(':');
        digits(text, ms / 60_000 % 60, 10).append(':');
        digits(text, ms / 1_000 % 60, 10).append('.');
        return digits(text, ms % 1_000, 100).append('Z').toString();
    }

    private static StringBuilder digits(StringBuilder text, int number, int highest) {
        for (int unit = highest; unit > 0; unit /= 10) {
            text.append((char) ('0' + number / unit % 10));
        }
        return text;
    }
}
