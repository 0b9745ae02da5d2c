package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.thicket.routing.RoutingCounter;
import org.junit.jupiter.api.Test;

class CountersTest {
    @Test
    void a_counter_goes_on_where_two_bytes_end_and_the_others_keep_what_they_have() {
        Counters counters = new Counters();
        counters.count(RoutingCounter.RERRS_SENT);
        for (int i = 0; i < 0xffff; i++) {
            counters.count(RoutingCounter.RREQS_SENT);
        }
        assertEquals(0xffff, counters.get(RoutingCounter.RREQS_SENT));

        for (int i = 0; i < 0x2_0001; i++) {
            counters.count(RoutingCounter.RREQS_SENT);
        }
        counters.count(RoutingCounter.RERRS_SENT);

        assertEquals(0x3_0000, counters.get(RoutingCounter.RREQS_SENT));
        assertEquals(2, counters.get(RoutingCounter.RERRS_SENT));
        assertEquals(2, counters.snapshot().get(RoutingCounter.RERRS_SENT));
    }

    @Test
    void bytes_are_counted_beyond_four_bytes() {
        Counters counters = new Counters();
        counters.sent(Integer.MAX_VALUE);
        counters.sent(Integer.MAX_VALUE);
        counters.sent(2);

        assertEquals(1L << 32, counters.get(RoutingCounter.BYTES_SENT));
    }

    @Test
    void frames_that_came_are_counted_with_their_bytes() {
        Counters counters = new Counters();
        counters.received(100);
        counters.received(Integer.MAX_VALUE);
        assertEquals(2, counters.get(RoutingCounter.FRAMES_RECEIVED));
        assertEquals(Integer.MAX_VALUE + 100L, counters.snapshot().get(RoutingCounter.BYTES_RECEIVED));
    }
}
