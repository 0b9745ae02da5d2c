package io.thicket.agent.port;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * When a sensor was last calibrated.
 *
 * @param date in UTC
 * @param by who did it, empty if nobody says
 * @param validDays so long it counts, 0 for ever
 */
public record CalibrationNote(LocalDate date, String by, int validDays) {
    /** Longest {@code by} in characters. */
    public static final int MAX_BY_LENGTH = 64;

    /** Most days: a century. */
    public static final int MAX_VALID_DAYS = 36_525;

    public CalibrationNote {
        if (by.length() > MAX_BY_LENGTH || validDays < 0 || validDays > MAX_VALID_DAYS) {
            throw new IllegalArgumentException("a calibration by '" + by + "', valid " + validDays + " days");
        }
    }

    /** Whole days from the calibration to {@code wallMs}; 0 or less on its own day and before. */
    public long ageDays(long wallMs) {
        return ChronoUnit.DAYS.between(
                date, Instant.ofEpochMilli(wallMs).atZone(ZoneOffset.UTC).toLocalDate());
    }

    /** Whether it is older than it counts. */
    public boolean isDue(long wallMs) {
        return validDays > 0 && ageDays(wallMs) > validDays;
    }
}
