package io.thicket.sim.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TraceTest {
    @Test
    void lines_show_time_node_and_event() {
        List<String> lines = new ArrayList<>();
        Trace trace = new Trace();
        trace.copyTo(lines::add);

        trace.add(1_000_042, 3, "tx all");
        trace.add(61_500_000, -1, "fault");

        assertEquals(List.of("1.000042 n3 tx all", "61.500000 - fault"), lines);
        assertEquals(lines, trace.tail());
        assertEquals(2, trace.lines());
    }

    @Test
    void the_hash_is_sha256_of_the_lines() {
        Trace trace = new Trace();
        assertEquals("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", trace.hash());

        trace.add(0, 0, "a");
        String once = trace.hash();
        trace.add(0, 0, "a");

        assertNotEquals(once, trace.hash());
    }

    @Test
    void only_the_newest_lines_are_kept() {
        Trace trace = new Trace();

        for (int i = 0; i < 1000; i++) {
            trace.add(i, 0, "e" + i);
        }

        assertEquals(Trace.TAIL_LINES, trace.tail().size());
        assertEquals("0.000999 n0 e999", trace.tail().get(Trace.TAIL_LINES - 1));
    }
}
