package io.thicket.sim.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** That the figure measures networks that work; how much an event costs is for {@code thicket lab figure event-cost}. */
class EventCostTest {
    @Test
    void networks_that_take_turns_do_what_they_do_alone() {
        EventCost.Cost together = EventCost.of("thicket", 2, 30, 1);
        EventCost.Cost first = EventCost.of("thicket", 1, 30, 1);
        EventCost.Cost second = EventCost.of("thicket", 1, 30, 2);

        assertEquals(first.events() + second.events(), together.events());
        assertEquals(first.possible() + second.possible(), together.possible());
        assertEquals(together.possible(), together.delivered());
        assertTrue(together.possible() > 0 && together.usPerEvent() > 0, together.toString());
    }
}
