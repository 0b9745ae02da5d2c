package io.thicket.gateway.bridge;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.NodeId;
import org.junit.jupiter.api.Test;

class EchoesTest {
    /** An ACL may let it read its own marker, but not what gateways publish. */
    @Test
    void a_gateway_that_hears_no_reading_at_all_does_not_wait_for_its_own() {
        Echoes echoes = new Echoes();
        long nowMs = 0;
        for (int i = 0; i < Echoes.DEAF_AFTER; i++) {
            assertTrue(echoes.hasRoom(nowMs, Echoes.OF_SITE, false));
            echoes.sent(nowMs, key(i));
            assertFalse(echoes.hasRoom(nowMs, Echoes.OF_SITE, false));
            nowMs += Echoes.BACK_WITHIN_MS;
        }
        assertTrue(echoes.hasRoom(nowMs, Echoes.OF_SITE, false));
        echoes.sent(nowMs, key(100));
        echoes.sent(nowMs, key(101));
        echoes.refused(key(101));
        assertTrue(echoes.hasRoom(nowMs, Echoes.OF_SITE, false));

        assertFalse(echoes.hasRoom(nowMs, Echoes.OF_SITE, true), "others' come");
        echoes.clear();
        echoes.sent(nowMs, key(102));
        assertFalse(echoes.hasRoom(nowMs, Echoes.OF_SITE, false), "a new connection");
    }

    private static HeldReading.Key key(int seq) {
        return new HeldReading.Key(new NodeId(1), 1, seq);
    }
}
