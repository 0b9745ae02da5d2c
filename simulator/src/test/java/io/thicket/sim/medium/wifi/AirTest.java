package io.thicket.sim.medium.wifi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.LoraRadio;
import io.thicket.sim.kernel.Seeds;
import io.thicket.sim.kernel.Simulation;
import io.thicket.sim.kernel.SplitMixes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a station notes of signals, alone and when they meet: what it reads, and from when on it counts the air as idle. */
final class AirTest {
    /** On the air for 705 us. */
    private static final int BYTES = 128;

    private static final int FRAME_US = 705;

    /** 273 us. */
    private static final int SHORT_BYTES = 20;

    private static final int SHORT_US = 273;

    private static final int ACK_US = 249;
    private static final int SLOT_US = Dcf.SLOT_US;

    private final Simulation simulation = new Simulation();

    /** At least 1 can be read. */
    private final double[][] power = new double[5][5];

    private final List<Object> heard = new ArrayList<>();
    private final Map<Object, Long> startUs = new LinkedHashMap<>();
    private WifiMedium medium = medium(Phy.DSSS);

    private WifiMedium medium(Phy phy) {
        Radio radio = new Radio("matrix", false, 1, 0.1, 0, Reception.TEN_DB, phy);
        WifiMedium made = new WifiMedium(simulation, new Seeds(7), radio, new Nowhere(power.length));
        made.setPropagation((from, to, squaredM) -> power[from][to]);
        made.observe((nowUs, from, frame, retry) -> startUs.put(frame == null ? "ack" : frame.payload(), nowUs));
        return made;
    }

    /** Distances do not matter here. */
    private record Nowhere(int nodes) implements Positions {
        @Override
        public double x(int node, long atUs) {
            return 0;
        }

        @Override
        public double y(int node, long atUs) {
            return 0;
        }

        @Override
        public boolean isStatic() {
            return true;
        }
    }

    private void listen(int station) {
        medium.listen(station, new WifiListener() {
            @Override
            public void onReceived(WifiFrame frame) {
                heard.add(frame.payload());
            }

            @Override
            public void onGivenUp(WifiFrame frame) {}
        });
    }

    /** If the air is idle it begins a DIFS of 50 us later. */
    private void broadcast(int from, Object what, int bytes, long atUs) {
        send(from, WifiFrame.EVERYONE, what, bytes, atUs);
    }

    private void send(int from, int to, Object what, int bytes, long atUs) {
        simulation.schedule(from, atUs, () -> medium.send(new WifiFrame(from, to, bytes, what)));
    }

    private void run() {
        simulation.runUntil(simulation.nowUs() + 100_000_000);
    }

    /** It began a whole number of slots after that. */
    private void assertCountedFrom(long expectedUs, Object what) {
        long slots = startUs.get(what) - expectedUs;
        assertTrue(
                slots >= 0 && slots <= SLOT_US * Dcf.CW_MIN && slots % SLOT_US == 0,
                () -> what + " began " + slots + " us after " + expectedUs);
    }

    @Test
    void a_frame_for_another_reserves_the_air_for_its_acknowledgement() {
        power[0][1] = 1;
        power[1][0] = 1;
        power[0][2] = 1;
        send(0, 1, "a", BYTES, 0);
        broadcast(2, "after", BYTES, 100);

        run();

        long ackEndUs = 50 + FRAME_US + Dcf.SIFS_US + ACK_US;
        assertCountedFrom(ackEndUs + Dcf.DIFS_US, "after");
    }

    @Test
    void neither_a_broadcast_nor_an_acknowledgement_for_another_reserves_anything() {
        power[0][1] = 1;
        power[1][0] = 1;
        power[1][2] = 1;
        power[0][3] = 1;
        send(0, 1, "a", BYTES, 0);
        broadcast(2, "after ack", BYTES, 900);
        broadcast(0, "b", BYTES, 5_000);
        broadcast(3, "after broadcast", BYTES, 5_700);

        run();

        assertCountedFrom(startUs.get("ack") + ACK_US + Dcf.DIFS_US, "after ack");
        assertCountedFrom(startUs.get("b") + FRAME_US + Dcf.DIFS_US, "after broadcast");
    }

    @Test
    void what_is_too_weak_is_sensed_and_not_read() {
        power[1][0] = 0.99;
        listen(0);
        broadcast(1, "weak", BYTES, 0);
        broadcast(0, "after", BYTES, 100);

        run();

        assertEquals(List.of(), heard);
        assertCountedFrom(50 + FRAME_US + Dcf.DIFS_US, "after");
    }

    @Test
    void without_acknowledgements_nothing_is_reserved() {
        medium = medium(Phy.lora(LoraRadio.sf9()));
        power[0][1] = 1;
        power[0][2] = 1;
        send(0, 1, "a", BYTES, 0);
        broadcast(2, "after", BYTES, 100_000);

        run();

        Phy phy = Phy.lora(LoraRadio.sf9());
        long endUs = startUs.get("a") + phy.airtime().us(BYTES) + Dcf.PROPAGATION_US;
        assertEquals(0, (startUs.get("after") - endUs - phy.difsUs()) % phy.slotUs());
    }

    @Test
    void after_a_destroyed_frame_the_wait_is_an_eifs_and_only_once() {
        power[1][0] = 1;
        power[2][0] = 1;
        power[3][0] = 0.5;
        broadcast(1, "a", BYTES, 0);
        broadcast(2, "b", BYTES, 0);
        broadcast(0, "after error", BYTES, 500);
        broadcast(3, "unreadable", BYTES, 10_000);
        broadcast(0, "after noise", BYTES, 10_500);

        run();

        assertEquals(1, medium.counters().receptionsDestroyed());
        assertCountedFrom(50 + FRAME_US + Dcf.EIFS_US, "after error");
        assertCountedFrom(10_050 + FRAME_US + Dcf.DIFS_US, "after noise");
    }

    @Test
    void who_sends_has_waited_long_enough_for_the_frame_with_errors_before() {
        power[1][0] = 1;
        power[2][0] = 1;
        broadcast(1, "a", BYTES, 0);
        broadcast(2, "b", BYTES, 0);
        broadcast(0, "after error", BYTES, 500);
        broadcast(0, "next", BYTES, 500);

        run();

        assertCountedFrom(startUs.get("after error") + FRAME_US + Dcf.DIFS_US, "next");
    }

    @Test
    void a_station_counts_from_when_it_says() {
        Radio radio = new Radio("matrix", false, 1, 0.1, 0, Reception.TEN_DB, Phy.DSSS);
        Reaches reaches = new Reaches(new Seeds(7), radio, new Nowhere(1));
        Air air = new Air(
                radio, reaches, new WifiCounters(), new Station[1], new SplitMixes(new Seeds(1), "wifi-reception", 1));
        air.countFrom(0, 1_000_000);
        assertEquals(1_000_000, air.countFromUs(0));

        air.countFrom(0, 3);
        assertEquals(3, air.countFromUs(0));
    }

    @Test
    void a_frame_that_is_lost_is_one_with_errors() {
        power[1][0] = 1;
        medium.setLoss(1);
        listen(0);
        broadcast(1, "a", BYTES, 0);
        broadcast(0, "after", BYTES, 500);

        run();

        assertEquals(List.of(), heard);
        assertEquals(1, medium.counters().receptionsLost());
        assertCountedFrom(50 + FRAME_US + Dcf.EIFS_US, "after");
    }

    @Test
    void a_good_frame_after_a_destroyed_one_ends_the_longer_wait() {
        power[1][0] = 1;
        power[2][0] = 1;
        power[3][0] = 20;
        listen(0);
        broadcast(1, "a", BYTES, 0);
        broadcast(2, "b", BYTES, 100);
        broadcast(3, "c", BYTES, 760); // begins when a is over, ends after b
        broadcast(0, "after", BYTES, 1_000);

        run();

        assertEquals(List.of("c"), heard);
        assertEquals(1, medium.counters().receptionsDestroyed());
        assertCountedFrom(810 + FRAME_US + Dcf.DIFS_US, "after");
    }

    @Test
    void a_stronger_frame_takes_the_receiver_over_during_the_preamble_only() {
        power[1][0] = 1;
        power[2][0] = 20;
        listen(0);
        broadcast(1, "weak", BYTES, 0);
        broadcast(2, "in the preamble", BYTES, Dcf.PLCP_US - 1);
        broadcast(1, "weak", BYTES, 10_000);
        broadcast(2, "behind the preamble", BYTES, 10_000 + Dcf.PLCP_US);

        run();

        assertEquals(List.of("in the preamble"), heard);
    }

    @Test
    void who_sends_reads_nothing_that_begins_meanwhile() {
        power[1][0] = 20;
        power[2][0] = 1;
        listen(0);
        broadcast(0, "own", BYTES, 0);
        broadcast(1, "alone", BYTES, 600);
        broadcast(0, "own", BYTES, 10_000);
        broadcast(2, "first", BYTES, 10_100);
        broadcast(1, "met", BYTES, 10_200);

        run();

        assertEquals(List.of(), heard);
        assertEquals(0, medium.counters().receptionsDestroyed());
    }

    @Test
    void what_was_being_read_is_gone_when_the_station_sends() {
        power[0][2] = 20;
        power[1][2] = 1;
        listen(2);
        broadcast(0, "alone", BYTES, 0);
        broadcast(2, "own", SHORT_BYTES, 0);
        broadcast(0, "met", BYTES, 10_000);
        broadcast(1, "other", BYTES, 10_000);
        broadcast(2, "own", SHORT_BYTES, 10_000);

        run();

        assertEquals(List.of(), heard);
        assertEquals(0, medium.counters().receptionsDestroyed());
    }

    @Test
    void who_is_switched_off_and_on_in_a_frame_reads_the_next_one_only() {
        power[1][0] = 20;
        power[2][0] = 1;
        listen(0);
        for (long atUs : new long[] {0, 20_000}) {
            simulation.schedule(0, atUs + 200, () -> medium.switchOff(0));
            simulation.schedule(0, atUs + 400, () -> medium.switchOn(0));
        }
        broadcast(1, "alone", BYTES, 0);
        broadcast(1, "next", BYTES, 10_000);
        broadcast(1, "met", BYTES, 20_000);
        broadcast(2, "other", BYTES, 20_050);
        broadcast(1, "after next", BYTES, 30_000);

        run();

        assertEquals(List.of("next", "after next"), heard);
    }

    @Test
    void what_begins_while_a_station_is_off_is_not_read_when_it_is_on() {
        power[1][0] = 1;
        listen(0);
        medium.switchOff(0);
        simulation.schedule(0, 100, () -> medium.switchOn(0));
        broadcast(1, "early", BYTES, 0);

        run();

        assertEquals(List.of(), heard);
    }

    @Test
    void slots_counted_before_a_signal_need_not_be_counted_again() {
        long slots = slotsOfSecond(0, false);
        assertTrue(slots > 3, () -> slots + " slots are too few to interrupt");

        assertEquals(slots - 1, slotsOfSecond(1, false));
        assertEquals(slots - 2, slotsOfSecond(2, false));
        assertEquals(slots - 2, slotsOfSecond(2, true), "slots count without a frame, too");
    }

    /**
     * The slots that a second frame waits after the last signal.
     *
     * @param signals that interrupt, each in the second of the slots that are left
     * @param late whether the frame comes during the last of them
     */
    private long slotsOfSecond(int signals, boolean late) {
        medium = medium(Phy.DSSS); // draws the same backoff again
        long atUs = simulation.nowUs() + 10_000;
        broadcast(0, "first", SHORT_BYTES, atUs);
        long idleUs = atUs + 50 + SHORT_US;
        for (int from = 1; from <= signals; from++) {
            power[from][0] = 0.5;
            long beginUs = idleUs + Dcf.DIFS_US + SLOT_US + 5;
            broadcast(from, "noise", SHORT_BYTES, beginUs - 50);
            idleUs = beginUs + SHORT_US;
        }
        broadcast(0, "second", SHORT_BYTES, late ? idleUs - 1 : atUs);
        run();
        return (startUs.get("second") - idleUs - Dcf.DIFS_US) / SLOT_US;
    }

    @Test
    void no_slots_count_while_the_station_acknowledges() {
        long slots = slotsOfSecond(0, false);
        medium = medium(Phy.DSSS);
        long atUs = simulation.nowUs() + 10_000;
        long idleUs = atUs + 50 + SHORT_US;
        long beginUs = idleUs + Dcf.DIFS_US + SLOT_US + 5;
        long ackUs = beginUs + FRAME_US + Dcf.SIFS_US;
        power[1][0] = 1;
        power[2][0] = 0.5;
        simulation.schedule(Simulation.NOBODY, idleUs, () -> {
            power[0][1] = 1;
            medium.propagationChanged();
        });
        broadcast(0, "first", SHORT_BYTES, atUs);
        broadcast(0, "second", SHORT_BYTES, atUs);
        send(1, 0, "to be acknowledged", BYTES, beginUs - 50);
        broadcast(2, "noise", SHORT_BYTES, ackUs + 100 - 50);

        run();

        assertEquals(ackUs, startUs.get("ack"));
        assertEquals(ackUs + 100 + SHORT_US + Dcf.DIFS_US + SLOT_US * (slots - 1), startUs.get("second"));
    }

    /** It once waited for the acknowledgement of that frame; if none came, nothing more was sent until a third one was given to it. */
    @Test
    void who_is_switched_off_and_on_while_it_sends_forgets_that_frame_and_sends_the_next_one() {
        power[0][1] = 1;
        listen(1);
        simulation.schedule(0, 200, () -> medium.switchOff(0));
        simulation.schedule(0, 300, () -> medium.switchOn(0));
        send(0, 1, "before", BYTES, 0);
        broadcast(0, "after", BYTES, 350);

        run();

        assertEquals(List.of("before", "after"), heard);
        assertCountedFrom(50 + FRAME_US + Dcf.DIFS_US, "after");
    }

    @Test
    void a_signal_that_another_one_meets_has_the_power_that_it_began_with() {
        power[1][0] = 1;
        power[1][3] = 20;
        power[1][4] = 1;
        power[2][3] = 1;
        listen(3);
        broadcast(1, "strong", BYTES, 0);
        simulation.schedule(Simulation.NOBODY, 60, () -> {
            power[1][0] = 0;
            power[1][3] = 1;
            medium.propagationChanged();
        });
        broadcast(2, "other", BYTES, 100);

        run();

        assertEquals(List.of("strong"), heard);
    }

    @Test
    void disturbances_add_up_while_they_overlap() {
        power[1][0] = 15;
        power[2][0] = 1;
        power[3][0] = 1;
        power[4][0] = 0.3;
        listen(0);
        broadcast(1, "one by one", 3 * BYTES, 0);
        broadcast(2, "x", SHORT_BYTES, 100);
        broadcast(3, "y", SHORT_BYTES, 100 + SHORT_US);
        broadcast(1, "both at once", 3 * BYTES, 10_000);
        broadcast(2, "x", SHORT_BYTES, 10_100);
        broadcast(3, "y", SHORT_BYTES, 10_099 + SHORT_US);
        broadcast(1, "the weak one from one to the other", 3 * BYTES, 20_000);
        broadcast(2, "x", SHORT_BYTES, 20_100);
        broadcast(4, "weak", BYTES, 20_200);
        broadcast(3, "y", SHORT_BYTES, 20_101 + SHORT_US);

        run();

        assertEquals(List.of("one by one", "the weak one from one to the other"), heard);
        assertEquals(1, medium.counters().receptionsDestroyed());
    }
}
