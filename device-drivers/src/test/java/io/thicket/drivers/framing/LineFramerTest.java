package io.thicket.drivers.framing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class LineFramerTest {
    private final Framed line = new Framed(new LineFramer(8, 2000));

    @Test
    void lines_end_with_cr_lf_or_both_and_empty_ones_are_none() {
        line.feed(0, "a\nbb\rccc\r\n\r\n\nd\n");

        assertEquals(List.of("a", "bb", "ccc", "d"), line.frames);
        assertEquals(0, line.framer.skippedBytes());
    }

    @Test
    void a_line_is_stamped_with_the_arrival_of_its_first_byte() {
        line.feed(10, "a").feed(20, "b").feed(30, "\nc").feed(40, "\n");

        assertEquals(List.of("ab", "c"), line.frames);
        assertEquals(List.of(10L, 30L), line.arrivals);
    }

    @Test
    void a_line_of_the_greatest_length_passes_and_a_longer_one_is_dropped_whole() {
        line.feed(0, "12345678\n123456789 and more\nok\n");

        assertEquals(List.of("12345678", "ok"), line.frames);
        assertEquals(1, line.framer.overlong());
        assertEquals(18, line.framer.skippedBytes());
    }

    @Test
    void half_a_line_is_dropped_after_a_long_silence_only() {
        line.feed(0, "temp")
                .feed(1500, "=1\n")
                .feed(2000, "ha")
                .silence(3999)
                .feed(3999, "l")
                .feed(6000, "new\n");

        assertEquals(List.of("temp=1", "new"), line.frames);
        assertEquals(3, line.framer.skippedBytes());
    }

    @Test
    void after_reopening_everything_up_to_the_first_line_end_is_dropped() {
        line.feed(0, "ha");
        line.framer.reset();
        line.feed(10, "lf 21\nok\n");

        assertEquals(List.of("ok"), line.frames);
        assertEquals(7, line.framer.skippedBytes());
    }

    @Test
    void after_reopening_a_silence_is_a_line_end_too() {
        line.framer.reset();
        line.silence(100).silence(2200).feed(2300, "ok\n");

        assertEquals(List.of("ok"), line.frames);
    }
}
