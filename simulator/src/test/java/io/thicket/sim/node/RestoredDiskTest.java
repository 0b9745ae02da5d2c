package io.thicket.sim.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.agent.identity.EpochStore;
import io.thicket.routing.NodeId;
import io.thicket.routing.RoutingSnapshot;
import io.thicket.sim.check.ReadingLedger;
import io.thicket.sim.fault.Fault;
import io.thicket.sim.fault.FaultScript;
import io.thicket.sim.kernel.Seeds;
import io.thicket.sim.scenario.Topology;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sequence 13 of routing.md 4.2: an SD card is written with an old image of itself, and nothing may get lost by that. */
class RestoredDiskTest {
    private static final long MINUTE_US = 60_000_000;
    private static final int NODE = 3;

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void every_reading_of_a_restored_node_reaches_the_broker_once(int bootsLost) throws IOException {
        SimNetwork network = new SimNetwork(new Seeds(11), Topology.line(4), SimSettings.usual(NetworkStory.HOUR_MS));
        network.powerUp();
        network.simulation().runUntil(2 * MINUTE_US);
        SimStore.Image image = network.node(NODE).store().image();
        for (int boot = 0; boot < bootsLost; boot++) {
            restart(network);
            network.simulation().runUntil((4 + 2L * boot) * MINUTE_US);
        }
        long epoch = epochOf(network);

        network.crash(NODE);
        network.restore(NODE, image);
        int lifeBefore = network.node(NODE).boots();
        restart(network);
        long startedUs = network.simulation().nowUs();
        network.simulation().runUntil(startedUs + 5_000_000);
        assertFalse(network.isHealing(NODE), "not healed within 5 s");
        assertTrue(epochOf(network) > epoch, "the disk has epoch " + epochOf(network));
        assertTrue(hasRoute(network, 0), "the gateway does not reach it");
        network.simulation().runUntil(startedUs + 20 * MINUTE_US);

        ReadingLedger ledger = network.ledger();
        assertEquals(List.of(), ledger.problems());
        List<ReadingLedger.Offered> missing = ledger
                .missing(network.simulation().nowMs() - 60_000)
                .stream()
                .filter(reading -> reading.boot() > lifeBefore)
                .toList();
        assertEquals(List.of(), missing);
        assertTrue(ledger.offeredCount(NODE, lifeBefore + 1) > 20, "too few readings to show anything");
        assertEquals(List.of(), network.node(NODE).reportedLost());
    }

    @Test
    void a_power_cut_inside_the_write_of_a_repaired_epoch_heals_with_the_next_start() {
        for (boolean afterWrite : new boolean[] {false, true}) {
            SimNetwork network =
                    new SimNetwork(new Seeds(12), Topology.line(4), SimSettings.usual(NetworkStory.HOUR_MS));
            network.powerUp();
            network.simulation().runUntil(MINUTE_US);
            SimStore.Image image = network.node(NODE).store().image();
            restart(network);
            network.simulation().runUntil(2 * MINUTE_US);
            network.crash(NODE);
            network.restore(NODE, image);
            network.node(NODE).store().cutPower(1, afterWrite); // the first write is that of the start
            restart(network);
            assertThrows(PowerCut.class, () -> network.simulation().runUntil(3 * MINUTE_US));
            network.crash(NODE);

            restart(network);
            network.simulation().runUntil(5 * MINUTE_US);

            assertFalse(network.isHealing(NODE));
            assertTrue(hasRoute(network, 0));
        }
    }

    private static void restart(SimNetwork network) {
        network.crash(NODE);
        network.inject(FaultScript.NONE.at(network.simulation().nowMs() + 1_000, new Fault.Reboot(NODE)));
    }

    private static long epochOf(SimNetwork network) throws IOException {
        byte[] stored = network.node(NODE).store().read(EpochStore.EPOCH_NAME).orElseThrow();
        return Long.parseLong(new String(stored, StandardCharsets.US_ASCII).strip());
    }

    private static boolean hasRoute(SimNetwork network, int from) {
        NodeId id = network.node(NODE).id();
        return network.routing(from).orElseThrow().routes().stream()
                .filter(route -> route.destination().equals(id))
                .map(RoutingSnapshot.Route::nextHop)
                .anyMatch(next -> next != null);
    }
}
