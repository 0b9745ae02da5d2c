package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Pauses that double, a limit, and what begins anew. Times in ms. */
class HelloSeriesTest {
    private final HelloSeries series = new HelloSeries((byte) 4, RoutingParametersForTests.wifi());

    @Test
    void pauses_double_until_they_were_enough() {
        assertEquals(List.of(1_000L, 3_000L, 7_000L, 15_000L), dueWithin(0, 300_000));
    }

    @Test
    void it_begins_anew_if_its_end_lasts() {
        dueWithin(0, 3_000);
        series.end(10_000);
        series.end(70_000);

        assertEquals(List.of(101_000L, 103_000L, 107_000L, 115_000L), dueWithin(100_000, 400_000));
    }

    @Test
    void it_goes_on_where_it_was_if_its_end_does_not_last() {
        dueWithin(0, 3_000);
        series.end(10_000);
        series.end(69_000);

        assertEquals(List.of(100_000L, 108_000L), dueWithin(100_000, 400_000));
    }

    @Test
    void one_more_is_allowed_at_the_pace_that_was_reached() {
        dueWithin(0, 300_000);

        List<Long> due = new ArrayList<>();
        for (long ms = 300_000; ms < 500_000; ms += 1_000) {
            series.goOn();
            due.addAll(dueWithin(ms, ms + 500));
        }

        assertEquals(List.of(300_000L, 332_000L, 392_000L, 452_000L), due);
    }

    @Test
    void no_pause_is_longer_than_twelve_days() {
        RoutingParameters rare = RoutingParametersForTests.wifi().with(draft -> {
            draft.helloMinMs = 1L << 40;
            draft.helloMaxMs = 1L << 40;
        });
        HelloSeries slow = new HelloSeries((byte) 4, rare);

        assertFalse(slow.isDue(0));
        assertFalse(slow.isDue((1L << 30) - 1));
        assertTrue(slow.isDue(1L << 30));
        slow.made(1L << 30);
        assertFalse(slow.isDue((1L << 31) - 1));
        assertTrue(slow.isDue(1L << 31));
    }

    private List<Long> dueWithin(long fromMs, long untilMs) {
        List<Long> due = new ArrayList<>();
        for (long ms = fromMs; ms <= untilMs; ms += 500) {
            if (series.isDue(ms)) {
                series.made(ms);
                due.add(ms);
            }
        }
        return due;
    }
}
