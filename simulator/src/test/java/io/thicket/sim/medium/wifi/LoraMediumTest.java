package io.thicket.sim.medium.wifi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.LoraRadio;
import io.thicket.sim.kernel.Seeds;
import io.thicket.sim.kernel.Simulation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** LoRa's access to the medium: no acknowledgements, listening first, a duty, and what an overlap does. */
final class LoraMediumTest {
    private static final LoraRadio SF9 = LoraRadio.sf9();
    private static final int BYTES = 50;
    private static final int AIRTIME_US = 328_704;
    private static final int SYMBOL_US = 4_096;

    private final Simulation simulation = new Simulation();
    private final double[][] power = new double[4][4];
    private final List<Object> heard = new ArrayList<>();

    private WifiMedium medium(LoraRadio settings) {
        Radio radio = new Radio("lora", false, 1, 1, 0, Reception.SIX_DB, Phy.lora(settings));
        WifiMedium medium = new WifiMedium(simulation, new Seeds(7), radio, new Nowhere(power.length));
        medium.setPropagation((from, to, squaredM) -> power[from][to]);
        medium.listen(0, new WifiListener() {
            @Override
            public void onReceived(WifiFrame frame) {
                heard.add(frame.payload());
            }

            @Override
            public void onGivenUp(WifiFrame frame) {
                throw new AssertionError("LoRa does not know of losses");
            }
        });
        return medium;
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

    private void send(WifiMedium medium, int from, String what, long atUs) {
        simulation.schedule(from, atUs, () -> medium.send(new WifiFrame(from, 0, BYTES, what)));
    }

    @Test
    void a_frame_is_sent_once_after_listening_for_two_symbols() {
        WifiMedium medium = medium(SF9);
        power[1][0] = 1;
        send(medium, 1, "a", 0);

        simulation.runUntil(2 * SYMBOL_US + AIRTIME_US);
        assertEquals(List.of(), heard);
        simulation.runUntil(60_000_000);

        assertEquals(List.of("a"), heard);
        assertEquals(1, medium.counters().framesSent());
        assertEquals(0, medium.counters().acksSent());
        assertEquals(AIRTIME_US, medium.counters().airtimeUs());
    }

    @Test
    void of_two_that_do_not_hear_each_other_6_db_decide() {
        WifiMedium medium = medium(SF9);
        power[1][0] = 3.9;
        power[2][0] = 1;
        send(medium, 1, "weak", 0);
        send(medium, 2, "other", 100_000);
        simulation.runUntil(10_000_000);
        assertEquals(List.of(), heard);

        power[1][0] = 4;
        medium.propagationChanged();
        send(medium, 1, "strong", 20_000_000);
        send(medium, 2, "other", 20_100_000);
        simulation.runUntil(30_000_000);
        assertEquals(List.of("strong"), heard);
    }

    @Test
    void three_symbols_of_the_preamble_may_be_covered() {
        WifiMedium medium = medium(SF9);
        power[1][0] = 1;
        power[2][0] = 1;
        send(medium, 1, "first", 0);
        send(medium, 2, "spared", AIRTIME_US - 2 * SYMBOL_US);
        simulation.runUntil(10_000_000);
        assertEquals(List.of("spared"), heard);

        send(medium, 1, "first", 20_000_000);
        send(medium, 2, "covered", 20_000_000 + AIRTIME_US - 4 * SYMBOL_US);
        simulation.runUntil(30_000_000);
        assertEquals(List.of("spared"), heard);
    }

    @Test
    void nobody_sends_more_than_its_duty_in_any_hour_and_old_frames_are_given_up() {
        WifiMedium medium = medium(SF9);
        power[1][0] = 1;
        for (int i = 0; i < 2 * 3_600; i++) {
            send(medium, 1, "x" + i, i * 1_000_000L);
        }

        simulation.runUntil(3_600_000_000L);
        long inAnHour = medium.counters().airtimeUs();
        simulation.runUntil(7_200_000_000L);

        assertTrue(inAnHour <= 36_000_000 && inAnHour > 36_000_000 - AIRTIME_US, inAnHour + " us");
        assertTrue(
                medium.counters().airtimeUs() <= 2 * 36_000_000,
                () -> "" + medium.counters().airtimeUs());
        assertTrue(
                medium.counters().airtimeUs() > 60_000_000,
                () -> "" + medium.counters().airtimeUs());
        assertTrue(medium.counters().expired() > 1_000);
        assertTrue(medium.counters().dutyWaits() > 1_000);
    }

    @Test
    void frames_longer_than_255_bytes_do_not_exist() {
        WifiMedium medium = medium(SF9);
        power[1][0] = 1;

        medium.send(new WifiFrame(1, 0, 256, "long"));
        medium.send(new WifiFrame(1, 0, 255, "fits"));
        simulation.runUntil(60_000_000);

        assertEquals(List.of("fits"), heard);
        assertEquals(1, medium.counters().tooLong());
    }

    @Test
    void a_minute_counts_until_it_is_over_for_an_hour() {
        DutyWindow window = new DutyWindow(0.01);
        window.sent(59_000_000, 20_000_000);
        window.sent(600_000_000, 16_000_000);

        assertEquals(700_000_000, window.earliestUs(700_000_000, 0));
        assertEquals(3_660_000_000L, window.earliestUs(700_000_000, 1));
        assertEquals(3_660_000_000L, window.earliestUs(700_000_000, 20_000_000));
        assertEquals(4_260_000_000L, window.earliestUs(700_000_000, 20_000_001));
        assertEquals(Long.MAX_VALUE, window.earliestUs(700_000_000, 36_000_001));
        assertEquals(9_000_000_000L, window.earliestUs(9_000_000_000L, 36_000_000));
    }
}
