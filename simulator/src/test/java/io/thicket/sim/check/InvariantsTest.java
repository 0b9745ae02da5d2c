package io.thicket.sim.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.RoutingCounter;
import io.thicket.sim.check.NetworkView.ReadingAccount;
import io.thicket.sim.check.ReadingLedger.Published;
import io.thicket.sim.check.ReadingLedger.ReadingId;
import io.thicket.sim.kernel.Seeds;
import io.thicket.sim.kernel.Simulation;
import io.thicket.sim.trace.Trace;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class InvariantsTest {
    private final ToyNetwork network = new ToyNetwork(3);
    private final ReadingLedger ledger = new ReadingLedger();

    @Test
    void the_first_broken_invariant_ends_the_run_and_names_time_event_and_seed() {
        Simulation simulation = new Simulation();
        Trace trace = new Trace();
        simulation.observe(new Invariants(
                network, new Seeds(0x5eed), trace, List.of(new EveryReadingAccounted(ledger), new RoutingSafety(3))));
        simulation.schedule(1, 1_000, () -> {});
        simulation.schedule(1, 2_000, () -> {
            trace.add(2_000, 1, "something happens");
            network.node(1).count(RoutingCounter.DESCENT_ALARMS, 1);
        });

        InvariantViolation violation = assertThrows(InvariantViolation.class, () -> simulation.runUntil(10_000));

        assertEquals("routing safety", violation.invariant());
        assertEquals(
                "routing safety broken at 2 ms, event 2, node 1, seed 0x5eed: I9 no descent alarms: "
                        + "node 1 raised 1 descent alarms\n"
                        + "  0.002000 n1 something happens",
                violation.getMessage());
    }

    @Test
    void an_event_of_nobody_makes_every_node_be_checked() {
        Simulation simulation = new Simulation();
        simulation.observe(new Invariants(network, new Seeds(1), new Trace(), List.of(new RoutingSafety(3))));
        network.node(2).count(RoutingCounter.DESCENT_ALARMS, 3);
        simulation.schedule(0, 1_000, () -> {});
        simulation.schedule(Simulation.NOBODY, 2_000, () -> {});

        simulation.runUntil(1_500);
        assertThrows(InvariantViolation.class, () -> simulation.runUntil(10_000));
    }

    @Test
    void every_reading_is_settled_lost_or_waiting() {
        EveryReadingAccounted invariant = new EveryReadingAccounted(ledger);
        network.node(1).account = account(List.of(4L, 5L), List.of(5L, 4L), List.of());
        assertEquals("", invariant.check(network, 1));

        network.node(1).account = account(List.of(4L, 5L), List.of(5L), List.of());
        assertEquals(
                "node 1 keeps readings [5] in its outbox, but neither settled nor lost are [4, 5]",
                invariant.check(network, 1));
        network.node(1).account = account(List.of(4L), List.of(5L), List.of());
        assertTrue(invariant.check(network, 1).contains("keeps readings [5]"));
        network.node(1).account = account(List.of(4L), List.of(4L, 4L), List.of());
        assertTrue(invariant.check(network, 1).contains("keeps readings"));
    }

    @Test
    void what_is_settled_must_be_at_the_broker() {
        EveryReadingAccounted invariant = new EveryReadingAccounted(ledger);
        ledger.offered(1, 1, 1, 0);
        publish(1, 1, 1, 10);
        network.node(1).account = account(List.of(), List.of(), List.of(1L));
        assertEquals("", invariant.check(network, 1));

        network.node(1).account = account(List.of(), List.of(), List.of(1L, 2L));
        assertEquals(
                "node 1 holds reading 1/2 for settled, but the broker does not have it", invariant.check(network, 1));
    }

    @Test
    void a_reading_published_twice_is_a_duplicate() {
        NoDuplicateDelivery invariant = new NoDuplicateDelivery(ledger);
        ledger.offered(1, 1, 1, 0);
        publish(1, 1, 1, 10);
        assertEquals("", invariant.check(network, 0));

        publish(1, 1, 1, 20);

        assertTrue(invariant.check(network, 0).contains("published twice"));
    }

    @Test
    void one_reading_under_two_names_and_one_name_for_two_readings_are_found() {
        ledger.offered(1, 1, 1, 0);
        ledger.offered(1, 2, 1, 0);

        publish(1, 1, 1, 10);
        publish(1, 2, 1, 20);
        publish(1, 2, 2, 30);
        publish(1, 4, 99, 50);

        assertEquals(3, ledger.problems().size(), ledger.problems().toString());
        assertTrue(ledger.problems().get(0).contains("was published as"));
        assertTrue(ledger.problems().get(1).contains("names two readings"));
        assertTrue(ledger.problems().get(2).contains("never made"));
    }

    @Test
    void the_ledger_knows_what_is_missing_and_how_long_the_others_took() {
        ledger.offered(1, 1, 1, 100);
        ledger.offered(1, 2, 1, 200);
        ledger.offered(2, 1, 1, 300);
        publish(1, 1, 1, 150);

        assertEquals(1, ledger.missing(300).size());
        assertEquals(2, ledger.missing(301).size());
        assertEquals(2, ledger.missing(300).get(0).serial());
        assertEquals(50, ledger.latenciesMs()[0]);
        assertEquals(3, ledger.offeredCount());
        assertEquals(1, ledger.publishedCount(1, 1));
        assertEquals(4, ledger.maxHops());
    }

    private static ReadingAccount account(List<Long> open, List<Long> waiting, List<Long> settled) {
        return new ReadingAccount(1, new TreeSet<>(open), waiting, settled);
    }

    private void publish(int node, long seq, long serial, long atMs) {
        ledger.published(new Published(new ReadingId(ToyNetwork.id(node), 1, seq), node, serial, 4, atMs));
    }
}
