package io.thicket.drivers.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.thicket.drivers.Observation;
import io.thicket.drivers.Quality;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Filters do what ESPHome's documentation says of those with their names. */
class FilterSetTest {
    /** Numbers one second apart; what passes, with the second in which it does. */
    private static String run(String filters, int seconds, double... values) {
        FilterSet set = FilterSet.parse(Map.of("t", filters));
        List<String> passed = new ArrayList<>();
        for (int second = 0; second < seconds; second++) {
            long nowMs = second * 1000L;
            List<Observation> out = new ArrayList<>();
            if (set.dueInMs(nowMs) == 0) {
                out.addAll(set.onTime(nowMs));
            }
            if (second < values.length && !Double.isNaN(values[second])) {
                out.addAll(set.apply(nowMs, List.of(Observation.good("t", values[second], "Cel"))));
            }
            for (Observation each : out) {
                String quality = each.quality() == Quality.GOOD ? "" : "!" + each.quality();
                passed.add(second + ":" + ((Observation.Value.Numeric) each.value()).value() + quality);
            }
        }
        return String.join(" ", passed);
    }

    private static final double NONE = Double.NaN;

    @Test
    void windows() {
        // The first value at once (send_first_at), then each fifth.
        assertEquals("0:1.0 5:7.0", run("median()", 9, 1, 9, 2, 8, 3, 7));
        assertEquals("0:1.0 1:5.0 2:2.0", run("median(3, 1)", 9, 1, 9, 2));
        assertEquals("2:2.0", run("median(3, 3, 3)", 9, 1, 9, 2));
        assertEquals("0:1.0 1:1.0 2:1.0 3:2.0", run("min(3, 1)", 9, 1, 9, 2, 8));
        assertEquals("0:1.0 1:9.0 2:9.0 3:9.0 4:8.0", run("max(3, 1)", 9, 1, 9, 2, 8, 3));
        assertEquals("0:1.0 1:5.0 2:4.0 3:6.0", run("sliding_window_moving_average(3, 1)", 9, 1, 9, 2, 7));
        assertEquals("0:1.0 1:9.0 2:9.0", run("quantile(0.9, 3, 1)", 9, 1, 9, 2));
        assertEquals("0:8.0 1:6.0 2:7.0", run("exponential_moving_average(0.5, 1)", 9, 8, 4, 8));
    }

    @Test
    void thinning() {
        assertEquals("0:1.0 3:4.0 6:7.0", run("throttle(3s)", 9, 1, 2, 3, 4, 5, 6, 7));
        assertEquals("3:2.0 6:4.5", run("throttle_average(3s)", 12, 1, 2, 3, 4, 5, NONE, NONE));
        assertEquals("0:1.0 2:1.6 3:1.0", run("delta(0.5)", 9, 1, 1.4, 1.6, 1.0));
        assertEquals("0:100.0 2:111.0", run("delta(10%)", 9, 100, 109, 111, 121));
        assertEquals("3:2.0 6:2.0 9:2.0", run("heartbeat(3s)", 10, 1, 2));
        assertEquals("4:3.0 9:5.0", run("debounce(2s)", 12, 1, 2, 3, NONE, NONE, NONE, NONE, 5));
        assertEquals(
                "0:1.0 1:2.0 4:2.0!STALE 6:3.0 9:3.0!STALE", run("timeout(3s)", 12, 1, 2, NONE, NONE, NONE, NONE, 3));
        assertEquals("2:3.0 3:4.0", run("skip_initial(2)", 9, 1, 2, 3, 4));
        assertEquals("0:1.0 2:3.0", run("filter_out(85, -127)", 9, 1, 85, 3, -127));
    }

    @Test
    void numbers() {
        assertEquals("0:20.5", run("offset(-0.5)", 1, 21));
        assertEquals("0:42.0", run("multiply(2)", 1, 21));
        assertEquals("0:1.23", run("round(2)", 1, 1.2345));
        assertEquals("0:1.25", run("round_to_multiple_of(0.25)", 1, 1.2345));
        assertEquals("0:0.0 1:5.0 2:10.0", run("clamp(0, 10)", 3, -1, 5, 11));
        assertEquals("1:5.0", run("clamp(0, 10, ignore_out_of_range)", 3, -1, 5, 11));
        assertEquals("0:1.0 1:6.0", run("calibrate_linear(0 -> 1, 10 -> 11, 20 -> 21), round(6)", 3, 0, 5));
        assertEquals(
                "0:1.0 1:4.0 2:9.0", run("calibrate_polynomial(2, 1 -> 1, 2 -> 4, 4 -> 16), round(6)", 3, 1, 2, 3));
    }

    @Test
    void filters_of_a_quantity_work_one_after_the_other() {
        assertEquals("2:3.5 5:6.5", run("skip_initial(2), offset(0.5), throttle(3s)", 9, 1, 2, 3, 4, 5, 6));
        assertEquals("3:12.0", run("throttle_average(3s), offset(10)", 5, 1, 2, 3));
    }

    @Test
    void a_chain_for_all_others_has_a_state_for_each() {
        FilterSet set = FilterSet.parse(Map.of("*", "throttle(60s)", "b", "offset(1)"));
        List<Observation> reading =
                List.of(Observation.good("a", 1, null), Observation.good("b", 2, "m"), Observation.good("c", 3, null));

        assertEquals(
                List.of(Observation.good("a", 1, null), Observation.good("b", 3, "m"), Observation.good("c", 3, null)),
                set.apply(0, reading));
        assertEquals(List.of(Observation.good("b", 3, "m")), set.apply(1000, reading));
    }

    @Test
    void text_goes_along_with_numbers_that_pass() {
        FilterSet set = FilterSet.parse(Map.of("a", "throttle(60s)"));
        List<Observation> reading = List.of(Observation.good("a", 1, null), Observation.good("state", "on"));

        assertEquals(reading, set.apply(0, reading));
        assertEquals(List.of(), set.apply(1000, reading));
        assertEquals(
                List.of(Observation.good("state", "on")), set.apply(2000, List.of(Observation.good("state", "on"))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mean(5)|there is no filter 'mean'; filters are calibrate_linear",
                "offset|'offset' should look like offset(-0.3)",
                "offset(x)|'offset(x)' wants a number instead of 'x'",
                "offset(1, 2)|'offset(1, 2)' wants one argument",
                "throttle(60)|'throttle(60)' wants a time such as 500ms, 60s or 5min instead of '60'",
                "median(0)|'median(0)' wants a whole number of 1 to 1000 instead of '0'",
                "calibrate_linear(0 -> 1)|'calibrate_linear(0 -> 1)' wants 2 to 64 points such as",
                "calibrate_linear(1 -> 1, 1 -> 2)|'calibrate_linear(1 -> 1, 1 -> 2)' wants points at different places",
                "clamp(2, 1)|'clamp(2, 1)' wants a least number that is not above the greatest",
                "delta(-1)|'delta(-1)' wants a number above 0",
                "exponential_moving_average(2)|wants a number above 0 and up to 1",
                "' '|1 to 16 filters are possible, not 0"
            })
    void mistakes_are_explained(String filters, String sentence) {
        var refused = assertThrows(IllegalArgumentException.class, () -> FilterSet.parse(Map.of("t", filters)));

        assertEquals(true, refused.getMessage().contains(sentence), refused.getMessage());
    }
}
