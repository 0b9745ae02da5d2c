package io.thicket.drivers.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.thicket.drivers.DeviceDriver;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** All faults of options are told at once. */
class OptionCheckTest {
    private static List<String> problems(String driver, String... options) {
        Map<String, String> given = new LinkedHashMap<>();
        for (int i = 0; i < options.length; i += 2) {
            given.put(options[i], options[i + 1]);
        }
        DeviceDriver its = DriverCatalogue.find(driver).orElseThrow();
        return OptionCheck.problems(its, given).stream()
                .map(sentence -> sentence.replaceAll("[;,].*", ""))
                .toList();
    }

    @Test
    void nothing_is_wrong_with_good_ones() {
        assertEquals(List.of(), problems("text.csv", "columns", "temp:Cel,hum:%RH", "separator", ";"));
        assertEquals(List.of(), problems("winsen.mhz19b"));
    }

    @Test
    void each_option_that_is_unknown_or_wrong_is_named() {
        assertEquals(
                List.of(
                        "unknown option 'colums'",
                        "unknown option 'sep'",
                        "option separator: 'x' should be one character such as \"",
                        "option values: 'co' is not one of temp"),
                problems("text.csv", "colums", "a", "columns", "temp", "sep", ";", "separator", "x", "values", "co"));
        assertEquals(
                List.of("option values: 'co' is not one of co2", "option interval: '1ms' is not 5s to 24h"),
                problems("winsen.mhz19b", "values", "co", "interval", "1ms"));
    }

    /** Nor is it said of one that was wrong that it is missing. */
    @Test
    void what_is_missing_is_told_beside_what_is_wrong() {
        assertEquals(List.of("unknown option 'foo'", "option pattern is missing"), problems("text.regex", "foo", "1"));
        assertEquals(
                List.of("option pattern: Unclosed group near character 2"), problems("text.regex", "pattern", "("));
        assertEquals(List.of("a Modbus device needs a register map"), problems("modbus"));
    }
}
