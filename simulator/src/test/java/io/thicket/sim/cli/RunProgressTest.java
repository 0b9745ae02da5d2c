package io.thicket.sim.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class RunProgressTest {
    private final StringWriter err = new StringWriter();

    /** Only the summary had it, when the run of hours was over. */
    @Test
    void a_broker_that_goes_away_and_comes_back_is_told_at_once_and_once() {
        Iterator<String> problems = List.of("", "refused", "timed out", "", "").iterator();
        RunProgress progress = new RunProgress(null, 1_000_000, Double.POSITIVE_INFINITY);
        progress.watching(problems::next, new PrintWriter(err));

        for (int step = 1; step <= 5; step++) {
            progress.at(step * 100_000, step);
        }

        assertEquals(
                List.of("readings are not counted now: refused", "readings are counted again"),
                err.toString().lines().toList());
    }

    /** At its start a run that keeps the speed of life was said to take more than three times as long. */
    @Test
    void a_run_at_a_wanted_speed_has_as_long_to_go_as_the_speed_says() {
        AtomicLong clockNs = new AtomicLong(Long.MAX_VALUE - 500_000_000);
        RunProgress progress = new RunProgress(new PrintWriter(err), 1_800_000_000, 10, clockNs::get);
        clockNs.addAndGet(1_000_000_000); // it says something once a second

        progress.at(100_000, 1);

        Matcher toGo = Pattern.compile("([0-9]+) s to go").matcher(err.toString());
        assertTrue(toGo.find(), err::toString);
        assertEquals("180", toGo.group(1), err::toString);
        assertTrue(err.toString().contains("0 of 1800 s simulated, at 10x, "), err::toString);
    }

    /** A run in real time was said to be 0.9 times as fast for its first seconds, which is how late it began. */
    @Test
    void a_run_that_does_not_keep_the_wanted_speed_says_which_one_it_has() {
        AtomicLong clockNs = new AtomicLong();
        RunProgress progress = new RunProgress(new PrintWriter(err), 1_800_000_000, 1, clockNs::get);
        clockNs.addAndGet(20_000_000_000L);

        progress.at(10_000_000, 1);

        assertTrue(err.toString().contains("10 of 1800 s simulated, 0.5 times as fast, "), err::toString);
    }
}
