package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.NodeId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class IdentScheduleTest {
    private static final NodeId GATEWAY = new NodeId(8);
    private static final long PERIOD_MS = 300_000;

    private final IdentSchedule schedule = new IdentSchedule(PERIOD_MS);

    @Test
    void each_gateway_and_each_boot_of_it_is_told_once() {
        assertTrue(schedule.isNewFor(GATEWAY, 1));
        assertFalse(schedule.isNewFor(GATEWAY, 1));

        assertTrue(schedule.isNewFor(GATEWAY, 2), "it began anew and knows nobody");
        assertFalse(schedule.isNewFor(GATEWAY, 2));
        assertTrue(schedule.isNewFor(new NodeId(9), 2));
        assertTrue(schedule.isNewFor(GATEWAY, 0xffff_ffffL), "the highest boot there is");
        assertFalse(schedule.isNewFor(GATEWAY, 0xffff_ffffL));
    }

    @Test
    void while_readings_flow_every_eighth_turn_has_the_ident_beginning_with_the_first_after_a_change() {
        assertEquals(List.of(0, 8, 16), turnsWithReadings(18));

        schedule.renewed();

        assertEquals(List.of(0, 8), turnsWithReadings(9));
        schedule.isNewFor(GATEWAY, 7);
        assertEquals(List.of(0), turnsWithReadings(2));
    }

    @Test
    void without_readings_each_turn_has_it() {
        schedule.sentReading(0);
        assertTrue(schedule.isDue(0));

        assertFalse(schedule.isDue(PERIOD_MS / 3 - 1));
        assertTrue(schedule.isDue(PERIOD_MS / 3));
        assertTrue(schedule.isDue(PERIOD_MS));
    }

    /** Those of the next so many turns that have it, from 0 on. */
    private List<Integer> turnsWithReadings(int turns) {
        List<Integer> due = new ArrayList<>();
        for (int turn = 0; turn < turns; turn++) {
            schedule.sentReading(turn);
            if (schedule.isDue(turn)) {
                due.add(turn);
            }
        }
        return due;
    }
}
