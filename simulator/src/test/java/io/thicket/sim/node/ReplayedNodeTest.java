package io.thicket.sim.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.agent.identity.Ed25519Verifier;
import io.thicket.routing.record.Replay;
import io.thicket.sim.fault.Fault;
import io.thicket.sim.fault.FaultScript;
import io.thicket.sim.kernel.Seeds;
import io.thicket.sim.medium.Path;
import io.thicket.sim.scenario.Topology;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** I19: what a node of a whole network recorded replays to the same hash, losses, a restored disk and all. */
class ReplayedNodeTest {
    private static final long MINUTE_US = 60_000_000;

    @Test
    void the_logs_of_a_gateway_a_relay_and_a_restored_node_replay_bit_for_bit() throws Exception {
        Seeds seeds = new Seeds(21);
        Path path = Path.GOOD.withLoss(0.2).withDuplication(0.02).withReordering(0.05, 200_000);
        SimNetwork network = new SimNetwork(
                seeds, Topology.line(5), SimSettings.usual(NetworkStory.HOUR_MS).withPath(path));
        network.powerUp();
        network.simulation().runUntil(MINUTE_US);
        SimStore.Image image = network.node(4).store().image();
        restart(network, 4);
        network.simulation().runUntil(2 * MINUTE_US);
        network.crash(4);
        network.restore(4, image);
        ByteArrayOutputStream[] logs = new ByteArrayOutputStream[5];
        for (int node : new int[] {0, 2, 4}) {
            logs[node] = new ByteArrayOutputStream();
            ByteArrayOutputStream log = logs[node];
            network.node(node).record(bytes -> {
                byte[] copy = new byte[bytes.remaining()];
                bytes.get(copy);
                log.writeBytes(copy);
                return true;
            });
            restart(network, node);
        }
        network.simulation().runUntil(10 * MINUTE_US);

        for (int node : new int[] {0, 2, 4}) {
            Replay.Outcome outcome = Replay.run(
                    ByteBuffer.wrap(logs[node].toByteArray()), SimNode.networkKey(seeds), new Ed25519Verifier());
            assertNull(outcome.difference(), "node " + node);
            assertEquals(network.node(node).recordedHash().orElseThrow(), outcome.hash());
            assertTrue(outcome.calls() > 500, outcome::toString);
        }
    }

    private static void restart(SimNetwork network, int node) {
        network.crash(node);
        network.inject(FaultScript.NONE.at(network.simulation().nowMs() + 1_000, new Fault.Reboot(node)));
    }
}
