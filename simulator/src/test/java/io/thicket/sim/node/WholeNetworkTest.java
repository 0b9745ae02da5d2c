package io.thicket.sim.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.agent.node.NodeCounter;
import io.thicket.sim.check.InvariantViolation;
import io.thicket.sim.check.ReadingLedger;
import io.thicket.sim.fault.Fault;
import io.thicket.sim.fault.FaultScript;
import io.thicket.sim.kernel.Seeds;
import io.thicket.sim.scenario.Topology;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Complete nodes in virtual time; every invariant is checked after every event by the network itself. */
class WholeNetworkTest {
    private static final long SEED = 0x5eed;
    private static final long MINUTE_US = 60_000_000;

    @Test
    void an_hour_of_twenty_nodes_at_thirty_percent_loss_loses_nothing_and_repeats_in_another_jvm() throws Exception {
        Process other = otherJvm(SEED, NetworkStory.HOUR_MS);

        SimNetwork network = NetworkStory.network(SEED, NetworkStory.HOUR_MS);
        network.simulation().runUntil((NetworkStory.HOUR_MS + NetworkStory.GRACE_MS) * 1000);

        ReadingLedger ledger = network.ledger();
        assertEquals(List.of(), ledger.problems());
        for (ReadingLedger.Offered missing : ledger.missing(Long.MAX_VALUE)) {
            // Only a power cut may take readings, those of the boot that it ended (their outbox is in memory).
            assertTrue(missing.boot() < network.node(missing.node()).boots(), missing + " is lost");
        }
        assertTrue(ledger.offeredCount() > 2300, "offered " + ledger.offeredCount());
        assertTrue(ledger.missing(Long.MAX_VALUE).size() < 20, ledger.missing(Long.MAX_VALUE)::toString);
        assertTrue(ledger.maxHops() >= 4, "at most " + ledger.maxHops() + " hops");
        assertTrue(network.checks() > 500_000, "checked " + network.checks() + " times");
        for (int node = 0; node < NetworkStory.NODES; node++) {
            assertEquals(List.of(), network.node(node).reportedLost());
        }
        assertTrue(coapAnswers(network) > 40, coapAnswers(network) + " CoAP answers at the gateway");
        double lost = network.medium().counts().lost()
                / (double) network.medium().counts().sent();
        assertTrue(lost > 0.28 && lost < 0.36, "the medium lost " + lost);
        assertEquals("hash " + network.trace().hash(), lastLineOf(other));
    }

    @Test
    void another_seed_tells_another_story() {
        assertNotEquals(hashOfTwoMinutes(1), hashOfTwoMinutes(2));
        assertEquals(hashOfTwoMinutes(1), hashOfTwoMinutes(1));
    }

    @Test
    void a_gateway_that_does_not_deduplicate_is_caught() {
        SimNetwork network = quiet(Topology.line(3));
        network.broker().setDeduplicate(false);
        network.broker().setAnswerLoss(0.5);
        network.powerUp();

        InvariantViolation violation = assertThrows(
                InvariantViolation.class, () -> network.simulation().runUntil(10 * MINUTE_US));

        assertEquals("no duplicate delivery", violation.invariant());
        assertTrue(violation.getMessage().contains("seed 0x7"), violation.getMessage());
    }

    @Test
    void a_gateway_that_settles_what_the_broker_does_not_have_is_caught() {
        SimNetwork network = quiet(Topology.line(3));
        network.broker().setForgetful(true);
        network.powerUp();

        InvariantViolation violation = assertThrows(
                InvariantViolation.class, () -> network.simulation().runUntil(10 * MINUTE_US));

        assertEquals("every reading accounted for", violation.invariant());
    }

    @Test
    void a_node_whose_disk_is_set_back_is_caught() {
        SimNetwork network = quiet(Topology.line(3));
        network.powerUp();
        network.simulation().runUntil(MINUTE_US);
        SimStore.Image image = network.node(1).store().image();
        network.crash(1);
        network.reboot(1);
        network.simulation().runUntil(2 * MINUTE_US);
        network.crash(1);
        network.node(1).store().restore(image);

        InvariantViolation violation = assertThrows(InvariantViolation.class, () -> {
            network.inject(FaultScript.NONE.at(125_000, new Fault.Reboot(1)));
            network.simulation().runUntil(3 * MINUTE_US);
        });

        assertEquals("routing safety", violation.invariant());
        assertTrue(violation.getMessage().contains("I5 own Seq increases"), violation.getMessage());
    }

    @Test
    void a_power_cut_inside_the_write_of_the_epoch_never_repeats_an_epoch() {
        for (boolean afterWrite : new boolean[] {false, true}) {
            SimNetwork network = quiet(Topology.line(3));
            network.powerUp();
            network.simulation().runUntil(MINUTE_US);
            network.crash(1);
            network.node(1).store().cutPower(0, afterWrite);
            network.inject(FaultScript.NONE.at(61_000, new Fault.Reboot(1)).at(62_000, new Fault.Reboot(1)));

            network.simulation().runUntil(61_500_000);
            assertTrue(!network.node(1).isUp(), "the power was cut while it started");
            network.simulation().runUntil(3 * MINUTE_US);

            assertTrue(network.node(1).isUp());
            assertEquals(3, network.node(1).boots());
        }
    }

    @Test
    void a_node_reads_another_over_three_hops_without_any_gateway() {
        SimNetwork network = quiet(Topology.line(5));
        network.powerUp();
        network.simulation().runUntil(MINUTE_US);
        network.crash(0); // the only gateway
        network.simulation().runUntil(2 * MINUTE_US);
        long before = coapIn(network, 4);

        network.simulation().schedule(4, 2 * MINUTE_US + 1, () -> network.node(4)
                .node()
                .orElseThrow()
                .sendCoap(network.idOf(1), NetworkStory.getSensor(77)));
        network.simulation().runUntil(2 * MINUTE_US + 2_000_000);

        assertEquals(before + 1, coapIn(network, 4), "the sensor's answer");
    }

    private static long coapIn(SimNetwork network, int node) {
        return network.node(node)
                .node()
                .map(each -> each.snapshot().counters().getOrDefault(NodeCounter.COAP_MESSAGES_IN, 0L))
                .orElse(0L);
    }

    private static long coapAnswers(SimNetwork network) {
        return network.node(0)
                .node()
                .map(node -> node.snapshot().counters().getOrDefault(NodeCounter.COAP_MESSAGES_IN, 0L))
                .orElse(0L);
    }

    private static SimNetwork quiet(Topology topology) {
        return new SimNetwork(new Seeds(7), topology, SimSettings.usual(NetworkStory.HOUR_MS));
    }

    private static String hashOfTwoMinutes(long seed) {
        SimNetwork network = NetworkStory.network(seed, NetworkStory.HOUR_MS);
        network.simulation().runUntil(2 * MINUTE_US);
        return network.trace().hash();
    }

    private static Process otherJvm(long seed, long readingsUntilMs) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                "-ea",
                "-Xmx512m",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                NetworkStory.class.getName(),
                Long.toString(seed),
                Long.toString(readingsUntilMs)));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private static String lastLineOf(Process process) throws Exception {
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(120, TimeUnit.SECONDS), "the other JVM does not end");
        assertEquals(0, process.exitValue(), output);
        String[] lines = output.strip().split("\n");
        return lines[lines.length - 1];
    }
}
