package io.thicket.sim.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.thicket.routing.MessageId;
import io.thicket.routing.NodeId;
import io.thicket.sim.kernel.Seeds;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Half of the messages, not half of the transmissions of each. */
class GreyHoleTest {
    private static final int MESSAGES = 10_000;

    private final GreyHole hole = GreyHole.of(new Seeds(1), 1);

    private static MessageId message(long number) {
        return new MessageId(new NodeId(7), 1, number);
    }

    @Test
    void half_of_the_messages_pass() {
        long passed = IntStream.range(0, MESSAGES)
                .filter(number -> hole.passes(message(number)))
                .count();

        assertEquals(MESSAGES / 2, passed, 4 * Math.sqrt(MESSAGES / 4.0));
    }

    @Test
    void what_is_sent_again_fares_as_before_also_after_a_boot() {
        GreyHole later = GreyHole.of(new Seeds(1), 1);
        for (int number = 0; number < 100; number++) {
            boolean first = hole.passes(message(number));
            assertEquals(first, hole.passes(message(number)), "message " + number);
            assertEquals(first, later.passes(message(number)), "message " + number);
        }
    }
}
