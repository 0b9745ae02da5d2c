package io.thicket.gateway.mqtt;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.gateway.mqtt.BrokerConnection.Heard;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TakenMessagesTest {
    private final TakenMessages taken = new TakenMessages();

    private static Heard message(int id, String payload) {
        return new Heard(id, 1, "thicket/v1/farm/n/barn/data", payload, Map.of("id", "barn/1/7"));
    }

    @Test
    void what_the_broker_sends_again_on_the_next_connection_is_known() {
        taken.add(message(45, "a"));
        taken.add(message(46, "b"));
        taken.connected(true);

        assertTrue(taken.includes(message(45, "a")));
        assertTrue(taken.includes(message(46, "b")));
        assertFalse(taken.includes(message(47, "c")));
    }

    @Test
    void it_is_still_known_when_that_connection_ended_too() {
        taken.add(message(45, "a"));
        taken.add(message(46, "b"));
        taken.connected(true);
        assertTrue(taken.includes(message(45, "a")));
        taken.connected(true);

        assertTrue(taken.includes(message(45, "a")));
        assertTrue(taken.includes(message(46, "b")));
    }

    @Test
    void a_second_publication_is_another_message() {
        taken.add(message(45, "a"));
        assertFalse(taken.includes(message(46, "a")));
        assertFalse(taken.includes(message(45, "a")), "an identifier used again on the same connection");
        taken.connected(true);

        assertFalse(taken.includes(message(46, "a")), "another identifier");
        assertFalse(taken.includes(message(45, "a")), "after the first new message, no old one comes again");
    }

    @Test
    void another_session_begins_with_nothing() {
        taken.add(message(1, "a"));
        taken.connected(false);

        assertFalse(taken.includes(message(1, "a")));
    }

    @Test
    void an_identifier_used_again_is_that_of_its_last_message() {
        taken.add(message(45, "a"));
        taken.add(message(45, "b"));
        taken.connected(true);

        assertTrue(taken.includes(message(45, "b")));
        assertFalse(taken.includes(message(45, "a")));
    }

    @Test
    void as_many_are_remembered_as_can_be_without_acknowledgement() {
        for (int id = 1; id <= BrokerConnection.HEARD_AT_ONCE; id++) {
            taken.add(message(id, "a"));
        }
        taken.add(message(1, "a"));
        taken.add(message(1000, "a"));
        taken.connected(true);

        assertTrue(taken.includes(message(1, "a")));
        assertFalse(taken.includes(message(2, "a")), "the eldest had to go");
    }
}
