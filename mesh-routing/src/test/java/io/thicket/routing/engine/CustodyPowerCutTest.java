package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Sequence 47, the custody half. Custody is in memory only, so there is no write that a power cut could tear; what it can do is
 * to end custody at any instant. So the power of a relay is cut after each single event of a message's way through it.
 */
class CustodyPowerCutTest {
    private static final int RELAY = 1;
    private static final int EVENTS = 80;

    @Test
    @Tag("4.2-47")
    void sequence_47_power_cut_at_every_instant_of_custody() {
        int whileHeld = 0;
        for (int cutAfter = 0; cutAfter < EVENTS; cutAfter++) {
            Mesh mesh = Mesh.line(47, 4);
            mesh.start(0);
            mesh.runFor(20_000);
            mesh.node(3).offer("kept");
            long until = mesh.eventsRun + cutAfter;
            mesh.runUntil(() -> mesh.eventsRun >= until, 60_000);
            whileHeld += mesh.node(RELAY).router.queued() > 0 ? 1 : 0;
            mesh.kill(RELAY);
            long epochBefore = mesh.node(RELAY).epoch;
            mesh.runFor(500);
            mesh.restart(RELAY);

            int instant = cutAfter;
            assertTrue(
                    mesh.runUntil(() -> !mesh.node(3).settledOutgoing.isEmpty(), 60_000),
                    () -> "not settled; cut after " + instant + " events");
            assertEquals(List.of("kept"), mesh.deliveredTexts(0), "exactly once; cut after " + cutAfter);
            assertEquals(epochBefore + 1, mesh.node(RELAY).epoch);
        }
        assertTrue(
                whileHeld >= 2, "on the way up and back; the relay had custody at " + whileHeld + " of the instants");
    }
}
