package io.thicket.sim.medium;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.sim.kernel.Seeds;
import io.thicket.sim.kernel.Simulation;
import io.thicket.sim.scenario.Topology;
import io.thicket.sim.trace.Trace;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MediumTest {
    private static final Path EXACT = new Path(0, 0, 0, 1000, 0, 0);

    private final Simulation simulation = new Simulation();
    private final Trace trace = new Trace();
    private final Medium medium = new Medium(simulation, new Seeds(1), trace, 4);
    private final List<String> heard = new ArrayList<>();

    @Test
    void a_broadcast_reaches_those_who_hear_the_sender() {
        medium.connect(Topology.line(4), EXACT);
        listenAll();

        medium.broadcast(1, new byte[] {42});
        simulation.runUntil(10_000);

        assertEquals(List.of("1>0 42@1000", "1>2 42@1000"), heard);
    }

    @Test
    void a_unicast_reaches_only_the_addressee_and_only_if_it_hears() {
        medium.connect(Topology.line(4), EXACT);
        listenAll();

        medium.unicast(1, 2, new byte[] {7});
        medium.unicast(1, 3, new byte[] {8});
        medium.unicast(1, -1, new byte[] {9});
        simulation.runUntil(10_000);

        assertEquals(List.of("1>2 7@1000"), heard);
        assertEquals(new Medium.Counts(2, 1, 1, 0), medium.counts());
    }

    @Test
    void paths_are_directed() {
        medium.connect(0, 1, EXACT);
        listenAll();

        medium.broadcast(0, new byte[] {1});
        medium.broadcast(1, new byte[] {2});
        simulation.runUntil(10_000);

        assertEquals(List.of("0>1 1@1000"), heard);
    }

    @Test
    void loss_takes_about_its_share() {
        medium.connect(0, 1, EXACT.withLoss(0.3));
        listenAll();

        for (int i = 0; i < 10_000; i++) {
            medium.unicast(0, 1, new byte[] {1});
        }
        simulation.runUntil(10_000);

        assertEquals(7000, heard.size(), 200);
    }

    @Test
    void duplication_doubles_about_its_share() {
        medium.connect(0, 1, EXACT.withDuplication(0.1));
        listenAll();

        for (int i = 0; i < 10_000; i++) {
            medium.unicast(0, 1, new byte[] {1});
        }
        simulation.runUntil(10_000);

        assertEquals(11_000, heard.size(), 150);
        assertEquals(heard.size() - 10_000, medium.counts().doubled());
    }

    @Test
    void late_datagrams_are_overtaken() {
        medium.connect(0, 1, EXACT.withReordering(0.5, 50_000));
        listenAll();

        for (int i = 0; i < 100; i++) {
            byte number = (byte) i;
            simulation.schedule(0, i * 100L, () -> medium.unicast(0, 1, new byte[] {number}));
        }
        simulation.runUntil(1_000_000);

        assertEquals(100, heard.size());
        List<String> inOrderOfNumber = new ArrayList<>(heard);
        inOrderOfNumber.sort((a, b) -> Integer.compare(numberOf(a), numberOf(b)));
        assertTrue(!inOrderOfNumber.equals(heard), "nothing overtook anything");
    }

    @Test
    void jitter_stays_within_its_bounds() {
        medium.connect(0, 1, EXACT.withDelay(2000, 500));
        listenAll();

        for (int i = 0; i < 1000; i++) {
            medium.unicast(0, 1, new byte[] {1});
        }
        simulation.runUntil(1_000_000);

        long[] times = heard.stream()
                .mapToLong(line -> Long.parseLong(line.substring(line.indexOf('@') + 1)))
                .toArray();
        assertTrue(times[0] >= 2000 && times[0] < 2020, "first at " + times[0]);
        assertTrue(times[999] <= 2500 && times[999] > 2480, "last at " + times[999]);
    }

    @Test
    void a_blocked_direction_also_stops_what_is_in_the_air() {
        medium.connect(0, 1, EXACT);
        listenAll();
        medium.unicast(0, 1, new byte[] {1});

        medium.block(0, 1);
        simulation.runUntil(10_000);
        medium.unblock(0, 1);
        medium.unicast(0, 1, new byte[] {2});
        simulation.runUntil(20_000);

        assertEquals(List.of("0>1 2@11000"), heard);
    }

    @Test
    void one_directed_path_does_not_disturb_the_draws_of_another() {
        medium.connect(0, 1, EXACT.withLoss(0.5));
        medium.connect(2, 3, EXACT.withLoss(0.5));
        listenAll();
        for (int i = 0; i < 64; i++) {
            medium.unicast(0, 1, new byte[] {(byte) i});
        }
        simulation.runUntil(10_000);
        List<String> alone = List.copyOf(heard);

        Simulation again = new Simulation();
        Medium shared = new Medium(again, new Seeds(1), new Trace(), 4);
        shared.connect(0, 1, EXACT.withLoss(0.5));
        shared.connect(2, 3, EXACT.withLoss(0.5));
        List<String> heardAgain = new ArrayList<>();
        shared.listen(1, (from, data) -> heardAgain.add(from + ">1 " + data[0] + "@" + again.nowUs()));
        for (int i = 0; i < 64; i++) {
            shared.unicast(2, 3, new byte[] {0});
            shared.unicast(0, 1, new byte[] {(byte) i});
        }
        again.runUntil(10_000);

        assertEquals(alone, heardAgain);
    }

    @Test
    void what_happened_is_traced() {
        medium.connect(0, 1, EXACT);
        listenAll();

        medium.unicast(0, 1, new byte[] {1, 2});
        simulation.runUntil(10_000);

        assertEquals(List.of("0.000000 n0 tx n1 2 b6cc4292", "0.001000 n1 rx n0 2 b6cc4292"), trace.tail());
    }

    @Test
    void nonsense_is_refused() {
        assertThrows(IllegalArgumentException.class, () -> EXACT.withLoss(1.1));
        assertThrows(IllegalArgumentException.class, () -> EXACT.withDelay(-1, 0));
        medium.connect(0, 1, EXACT);
        assertThrows(
                IllegalArgumentException.class, () -> medium.unicast(0, 1, new byte[Medium.MAX_DATAGRAM_BYTES + 1]));
    }

    private void listenAll() {
        for (int node = 0; node < 4; node++) {
            int to = node;
            medium.listen(to, (from, data) -> heard.add(from + ">" + to + " " + data[0] + "@" + simulation.nowUs()));
        }
    }

    private static int numberOf(String line) {
        return Integer.parseInt(line.substring(line.indexOf(' ') + 1, line.indexOf('@')));
    }
}
