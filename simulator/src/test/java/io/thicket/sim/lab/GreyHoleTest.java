package io.thicket.sim.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.thicket.routing.Destination;
import io.thicket.routing.MessageId;
import io.thicket.routing.NodeId;
import io.thicket.routing.PayloadType;
import io.thicket.routing.wire.Bytes;
import io.thicket.routing.wire.Data;
import io.thicket.sim.kernel.Seeds;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Half of the messages, not half of the transmissions of each. */
class GreyHoleTest {
    private static final int MESSAGES = 10_000;

    private final GreyHole hole = new GreyHole(new Seeds(1).generator("insider", 1));

    private static Data message(long number, int turn) {
        return new Data(
                new MessageId(new NodeId(7), 1, number),
                Destination.GATEWAY,
                null,
                null,
                30,
                1,
                turn,
                0,
                true,
                false,
                null,
                12,
                PayloadType.READINGS,
                Bytes.view(ByteBuffer.wrap(new byte[] {1})));
    }

    @Test
    void half_of_the_messages_pass() {
        long passed = IntStream.range(0, MESSAGES)
                .filter(number -> hole.passes(List.of(message(number, 0))))
                .count();

        assertEquals(MESSAGES / 2, passed, 4 * Math.sqrt(MESSAGES / 4.0));
    }

    @Test
    void what_is_sent_again_fares_as_before() {
        for (int number = 0; number < 100; number++) {
            boolean first = hole.passes(List.of(message(number, 0)));
            for (int turn = 0; turn < 8; turn++) {
                assertEquals(
                        first, hole.passes(List.of(message(number, turn))), "message " + number + ", turn " + turn);
            }
        }
    }
}
