package io.thicket.agent.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.agent.port.CalibrationNote;
import io.thicket.drivers.catalogue.DriverCatalogue;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a sensor was calibrated, and how long that counts. */
class CalibrationKeysTest {
    private static LoadedConfig read(String keys) throws ConfigException {
        return new ConfigReader(DriverLookup.of(DriverCatalogue.all()), List.of())
                .read(
                        "[node]\nname = \"n\"\n[network]\nkey_file = \"k\"\n[[link]]\ntype = \"udp\"\ninterface = \"e\"\n"
                                + "[[sensor]]\nname = \"v\"\ndriver = \"virtual.sine\"\n" + keys + "\n",
                        "test.toml",
                        Path.of("/etc/thicket"));
    }

    private static CalibrationNote note(String keys) throws ConfigException {
        return read(keys).node().sensors().get(0).calibration();
    }

    @Test
    void a_day_with_or_without_quotes_and_who_did_it() throws ConfigException {
        assertNull(note(""));
        assertEquals(new CalibrationNote(LocalDate.of(2026, 11, 1), "", 0), note("calibrated = 2026-11-01"));
        String all = "calibrated = \"2026-11-01\"\ncalibrated_by = \"A. Smith\"\ncalibration_days = 365";
        assertEquals(new CalibrationNote(LocalDate.of(2026, 11, 1), "A. Smith", 365), note(all));
        assertTrue(EffectiveConfig.print(read(all)).contains(all), EffectiveConfig.print(read(all)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "calibrated = 2026                          | test.toml:11:1: [[sensor]] calibrated is no day",
                "calibrated = \"1.11.2026\"                 | test.toml:11:1: [[sensor]] calibrated is no day",
                "calibrated = 2026-11-01T10:00:00Z          | calibrated is no day",
                "calibrated_by = \"x\"                      | [[sensor]] has no 'calibrated'",
                "calibrated = 2026-11-01;calibration_days = 0 | calibration_days = 0 is not 1 to 36525",
            })
    void what_is_wrong_is_said(String keys, String expected) {
        ConfigException problem = assertThrows(ConfigException.class, () -> read(keys.replace(";", "\n")));
        assertTrue(
                problem.problems().toString().contains(expected),
                problem.problems().toString());
    }

    @Test
    void it_is_due_on_the_day_after_its_last() {
        CalibrationNote note = new CalibrationNote(LocalDate.of(2026, 11, 1), "", 30);
        long last = Instant.parse("2026-12-01T23:59:59Z").toEpochMilli();

        assertEquals(30, note.ageDays(last));
        assertFalse(note.isDue(last));
        assertTrue(note.isDue(last + 1_000));
        assertFalse(new CalibrationNote(LocalDate.of(1990, 1, 1), "", 0).isDue(last), "counts for ever");
    }
}
