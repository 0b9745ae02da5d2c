package io.thicket.sim.medium.wifi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.sim.kernel.Seeds;
import io.thicket.sim.kernel.Simulation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The medium access of a few stations on a line. */
final class WifiMediumTest {
    /** ns-3's packet of 64 bytes: UDP 8, IPv4 20, LLC 8, MAC 24, FCS 4. */
    private static final int PACKET = 64 + 8 + 20 + 8 + 24 + 4;

    private final Simulation simulation = new Simulation();

    /** Stations at places on a line, in metres. */
    private record Line(double... at) implements Positions {
        @Override
        public int nodes() {
            return at.length;
        }

        @Override
        public double x(int node, long atUs) {
            return at[node];
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

    /** Remembers what reached each station. */
    private static final class Heard implements WifiListener {
        final List<Object> received = new ArrayList<>();
        final List<Long> atUs = new ArrayList<>();
        final List<Object> givenUp = new ArrayList<>();
        private final Simulation clock;

        Heard(Simulation clock) {
            this.clock = clock;
        }

        @Override
        public void onReceived(WifiFrame frame) {
            received.add(frame.payload());
            atUs.add(clock.nowUs());
        }

        @Override
        public void onGivenUp(WifiFrame frame) {
            givenUp.add(frame.payload());
        }
    }

    private WifiMedium medium(Radio radio, double... at) {
        return new WifiMedium(simulation, new Seeds(7), radio, new Line(at));
    }

    private Heard listen(WifiMedium medium, int station) {
        Heard heard = new Heard(simulation);
        medium.listen(station, heard);
        return heard;
    }

    private static WifiFrame frame(int from, int to, Object payload) {
        return new WifiFrame(from, to, PACKET, payload);
    }

    @Test
    void one_hop_of_a_64_byte_packet_takes_0_755_ms() {
        WifiMedium medium = medium(Radio.RANGE, 0, 200);
        Heard heard = listen(medium, 1);

        medium.send(frame(0, 1, "a"));
        simulation.runUntil(10_000);

        assertEquals(List.of(755L), heard.atUs);
        assertEquals(1, medium.counters().acksSent());
        assertEquals(
                Dcf.airtimeUs(PACKET) + Dcf.airtimeUs(14), medium.counters().airtimeUs());
    }

    @Test
    void frames_of_one_station_keep_their_order_with_a_backoff_between_them() {
        WifiMedium medium = medium(Radio.RANGE, 0, 200);
        Heard heard = listen(medium, 1);

        medium.send(frame(0, 1, "a"));
        medium.send(frame(0, 1, "b"));
        medium.send(frame(0, WifiFrame.EVERYONE, "c"));
        simulation.runUntil(100_000);

        assertEquals(List.of("a", "b", "c"), heard.received);
        long gapUs = heard.atUs.get(1) - heard.atUs.get(0) - (10 + 249) - 50 - 705;
        assertTrue(gapUs >= 0 && gapUs <= 31 * 20 && gapUs % 20 == 0, () -> "a backoff of " + gapUs + " us");
        assertEquals(2, medium.counters().acksSent());
    }

    @Test
    void nobody_out_of_range_hears_and_the_sender_gives_up_after_7_transmissions() {
        WifiMedium medium = medium(Radio.RANGE, 0, 251);
        Heard heard = listen(medium, 1);
        Heard sender = listen(medium, 0);

        medium.send(frame(0, 1, "a"));
        simulation.runUntil(1_000_000);

        assertEquals(List.of(), heard.received);
        assertEquals(List.of("a"), sender.givenUp);
        assertEquals(7, medium.counters().framesSent());
        assertEquals(6, medium.counters().retransmissions());
    }

    @Test
    void a_station_that_hears_the_other_waits_for_it() {
        WifiMedium medium = medium(Radio.RANGE, 0, 100, 200);
        Heard heard = listen(medium, 1);

        medium.send(frame(0, WifiFrame.EVERYONE, "a"));
        simulation.schedule(2, 100, () -> medium.send(frame(2, WifiFrame.EVERYONE, "b")));
        simulation.runUntil(100_000);

        assertEquals(List.of("a", "b"), heard.received);
        assertTrue(heard.atUs.get(1) >= 755 + 50 + 705);
        assertEquals(0, medium.counters().receptionsDestroyed());
    }

    @Test
    void two_that_begin_in_the_same_slot_destroy_each_other_on_the_range_radio() {
        WifiMedium medium = medium(Radio.RANGE, 0, 100, 200);
        Heard heard = listen(medium, 1);

        medium.send(frame(0, WifiFrame.EVERYONE, "a"));
        medium.send(frame(2, WifiFrame.EVERYONE, "b"));
        simulation.runUntil(100_000);

        assertEquals(List.of(), heard.received);
        assertEquals(1, medium.counters().receptionsDestroyed());
    }

    @Test
    void hidden_stations_collide_though_each_finds_the_medium_idle() {
        WifiMedium medium = medium(Radio.RANGE, 0, 200, 400);
        Heard heard = listen(medium, 1);

        medium.send(frame(0, WifiFrame.EVERYONE, "a"));
        simulation.schedule(2, 600, () -> medium.send(frame(2, WifiFrame.EVERYONE, "b")));
        simulation.runUntil(100_000);

        assertEquals(List.of(), heard.received);
    }

    @Test
    void the_mac_repeats_what_hidden_stations_destroyed_until_both_are_through() {
        WifiMedium medium = medium(Radio.RANGE, 0, 200, 400);
        Heard heard = listen(medium, 1);

        medium.send(frame(0, 1, "a"));
        medium.send(frame(2, 1, "b"));
        simulation.runUntil(1_000_000);

        assertEquals(2, heard.received.size());
        assertTrue(medium.counters().retransmissions() >= 2);
    }

    @Test
    void the_stronger_of_two_hidden_stations_is_captured_on_the_cmu_radio() {
        // 0 and 2 are 560 m apart and do not sense each other; 1 is 60 m from 0 and 500 m from 2.
        WifiMedium medium = medium(Radio.CMU, 0, 60, 560);
        Heard heard = listen(medium, 1);

        medium.send(frame(0, WifiFrame.EVERYONE, "near"));
        simulation.schedule(2, 200, () -> medium.send(frame(2, WifiFrame.EVERYONE, "far")));
        simulation.runUntil(100_000);

        assertEquals(List.of("near"), heard.received);
    }

    @Test
    void equally_strong_hidden_stations_destroy_each_other_with_either_capture_rule() {
        for (Radio radio : List.of(Radio.CMU_10DB, Radio.RANGE)) {
            double apart = radio.twoRay() ? 250 : 200;
            WifiMedium medium = medium(radio, 0, apart, 2 * apart);
            Heard heard = listen(medium, 1);
            long startUs = simulation.nowUs();

            simulation.schedule(0, startUs, () -> medium.send(frame(0, WifiFrame.EVERYONE, "a")));
            simulation.schedule(2, startUs, () -> medium.send(frame(2, WifiFrame.EVERYONE, "b")));
            simulation.runUntil(startUs + 100_000);

            assertEquals(List.of(), heard.received, radio.name());
        }
    }

    @Test
    void a_lost_acknowledgement_makes_no_duplicate() {
        WifiMedium medium = medium(Radio.RANGE, 0, 200);
        medium.setLoss(0.5);
        Heard heard = listen(medium, 1);

        for (int i = 0; i < 50; i++) {
            medium.send(frame(0, 1, i));
        }
        simulation.runUntil(400_000);

        assertTrue(medium.counters().retransmissions() > 20);
        assertEquals(heard.received.stream().distinct().toList(), heard.received);
    }

    @Test
    void what_waits_longer_than_half_a_second_is_dropped() {
        WifiMedium medium = medium(Radio.RANGE, 0, 251);

        for (int i = 0; i < 40; i++) {
            medium.send(frame(0, 1, i));
        }
        simulation.runUntil(10_000_000);

        assertTrue(medium.counters().expired() > 10);
        assertEquals(40, medium.counters().expired() + medium.counters().retryLimit());
    }

    @Test
    void a_full_queue_refuses() {
        WifiMedium medium = medium(Radio.RANGE, 0, 200);

        for (int i = 0; i < Dcf.QUEUE_FRAMES + 11; i++) {
            medium.send(frame(0, 1, i));
        }

        assertEquals(10, medium.counters().queueFull());
    }

    @Test
    void a_station_that_was_switched_off_neither_hears_nor_answers() {
        WifiMedium medium = medium(Radio.RANGE, 0, 200);
        Heard heard = listen(medium, 1);
        Heard sender = listen(medium, 0);
        medium.switchOff(1);

        medium.send(frame(0, 1, "a"));
        simulation.runUntil(1_000_000);

        assertEquals(List.of(), heard.received);
        assertEquals(List.of("a"), sender.givenUp);
    }

    @Test
    void loss_on_the_air_is_what_was_asked_for() {
        WifiMedium medium = medium(Radio.RANGE, 0, 200);
        medium.setLoss(0.2);
        Heard heard = listen(medium, 1);

        for (int i = 0; i < 2_000; i++) {
            int number = i;
            simulation.schedule(0, i * 2_000L, () -> medium.send(frame(0, WifiFrame.EVERYONE, number)));
        }
        simulation.runUntil(10_000_000);

        assertEquals(0.8, heard.received.size() / 2_000.0, 0.03);
    }
}
