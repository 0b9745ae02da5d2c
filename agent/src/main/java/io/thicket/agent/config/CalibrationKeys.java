package io.thicket.agent.config;

import io.thicket.agent.port.CalibrationNote;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Reads when a sensor was calibrated: the keys {@code calibrated}, {@code calibrated_by}, {@code calibration_days}. */
final class CalibrationKeys {
    private CalibrationKeys() {}

    /** Null if nothing is said. */
    static @Nullable CalibrationNote read(SectionReader reader) {
        LocalDate date = reader.date("calibrated").orElse(null);
        String by = reader.text("calibrated_by").orElse("");
        int days = reader.integer("calibration_days", 1, CalibrationNote.MAX_VALID_DAYS)
                .orElse(0);
        if (by.length() > CalibrationNote.MAX_BY_LENGTH) {
            reader.error(
                    "calibrated_by",
                    "calibrated_by has more than " + CalibrationNote.MAX_BY_LENGTH + " characters",
                    "");
            return null;
        }
        if (date == null && (reader.has("calibrated_by") || reader.has("calibration_days"))) {
            if (!reader.has("calibrated")) {
                reader.missing("calibrated", "2026-11-01, the day of the calibration");
            }
            return null;
        }
        return date == null ? null : new CalibrationNote(date, by, days);
    }
}
