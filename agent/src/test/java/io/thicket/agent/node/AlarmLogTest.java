package io.thicket.agent.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.Alarm;
import io.thicket.routing.NodeId;
import org.junit.jupiter.api.Test;

class AlarmLogTest {
    private final AlarmLog log = new AlarmLog();

    @Test
    void the_same_alarm_about_a_node_is_told_once_a_minute() {
        assertTrue(log.raise(0, about(1)));
        assertFalse(log.raise(AlarmLog.SILENCE_MS - 1, about(1)));
        assertTrue(log.raise(AlarmLog.SILENCE_MS, about(1)));

        assertEquals(2, log.all().size());
    }

    @Test
    void another_node_or_another_kind_is_told_at_once() {
        assertTrue(log.raise(0, about(1)));
        assertTrue(log.raise(0, about(2)));
        assertTrue(log.raise(0, new Alarm(Alarm.Kind.STALLED, new NodeId(1), "late")));
    }

    @Test
    void a_flood_of_alarms_is_cut_off_and_the_oldest_makes_room_later() {
        for (int i = 0; i < AlarmLog.MAX_ALARMS; i++) {
            assertTrue(log.raise(0, about(i)));
        }

        assertFalse(log.raise(1, about(1_000)));
        assertTrue(log.raise(AlarmLog.SILENCE_MS, about(1_000)));
        assertEquals(AlarmLog.MAX_ALARMS, log.all().size());
    }

    private static Alarm about(long node) {
        return new Alarm(Alarm.Kind.DUPLICATE_NAME, new NodeId(node), "again");
    }
}
