package io.thicket.gateway.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.thicket.routing.NodeId;
import org.junit.jupiter.api.Test;

class EchoesTest {
    @Test
    void what_never_comes_back_is_forgotten_also_where_nobody_asks_for_room() {
        Echoes echoes = new Echoes();
        for (int i = 0; i < 10_000; i++) {
            echoes.sent(1_000L * i, new HeldReading.Key(new NodeId(1), 1, i));
        }
        assertEquals(Echoes.BACK_WITHIN_MS / 1_000, echoes.size());
    }
}
