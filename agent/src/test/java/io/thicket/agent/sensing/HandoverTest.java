package io.thicket.agent.sensing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.thicket.drivers.Observation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HandoverTest {
    private final FakeTimers timers = new FakeTimers();
    private final Handover handover = new Handover(timers::post);
    private final List<Object> heard = new ArrayList<>();

    private void open() {
        handover.open(new Handover.Receiver() {
            @Override
            public void reading(long arrivedAtNanos, List<Observation> observations) {
                heard.add(arrivedAtNanos);
            }

            @Override
            public void changed() {
                heard.add("changed");
            }
        });
    }

    @Test
    void many_readings_are_one_task() {
        open();
        handover.offerReading(1, List.of());
        handover.offerChange();
        handover.offerReading(2, List.of());
        handover.offerChange();

        assertEquals(1, timers.posted());
        timers.runPosted();
        assertEquals(List.of("changed", 1L, 2L), heard);
    }

    @Test
    void a_full_queue_drops_the_oldest_and_counts_it() {
        open();
        for (long i = 0; i < Handover.MAX_WAITING + 3; i++) {
            handover.offerReading(i, List.of());
        }
        timers.runPosted();

        assertEquals(3, handover.dropped());
        assertEquals(3L, heard.get(0));
        assertEquals(Handover.MAX_WAITING, heard.size());
    }

    @Test
    void what_a_full_loop_refused_goes_with_the_next_reading() {
        open();
        timers.full = true;
        handover.offerReading(1, List.of());
        timers.full = false;
        handover.offerReading(2, List.of());
        timers.runPosted();

        assertEquals(List.of(1L, 2L), heard);
    }

    @Test
    void what_a_full_loop_refused_goes_with_the_next_recheck() {
        open();
        timers.full = true;
        handover.offerReading(1, List.of());
        handover.offerChange();
        timers.full = false;
        handover.recheck();

        assertEquals(List.of("changed", 1L), heard);
    }

    @Test
    void a_receiver_that_throws_costs_one_reading_only() {
        handover.open(new Handover.Receiver() {
            @Override
            public void reading(long arrivedAtNanos, List<Observation> observations) {
                if (arrivedAtNanos == 2) {
                    throw new IllegalStateException("a bug");
                }
                heard.add(arrivedAtNanos);
            }

            @Override
            public void changed() {}
        });
        for (long i = 1; i <= 4; i++) {
            handover.offerReading(i, List.of());
        }
        assertThrows(IllegalStateException.class, timers::runPosted);
        timers.runPosted();

        assertEquals(List.of(1L, 3L, 4L), heard);
    }

    @Test
    void closing_hands_over_what_waits_and_nothing_after() {
        open();
        handover.offerReading(1, List.of());
        handover.close();
        handover.offerReading(2, List.of());
        timers.runPosted();

        assertEquals(List.of(1L), heard);
    }
}
