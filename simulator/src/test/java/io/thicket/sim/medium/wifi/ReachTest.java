package io.thicket.sim.medium.wifi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.sim.kernel.Seeds;
import io.thicket.sim.scenario.ns3.Waypoints;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReachTest {
    private final List<Integer> asked = new ArrayList<>();
    private final double[] losses = new double[10];

    /** 3, 5 and 9 can read it. */
    private final Reach reach = new Reach(4, new int[] {3, 4, 5, 9}, powers(1, 0.5, 2, 1), 1);

    private static char[] powers(double... mw) {
        char[] powers = new char[mw.length];
        for (int place = 0; place < mw.length; place++) {
            powers[place] = ShortPower.of(mw[place]);
        }
        return powers;
    }

    private static int[] sorted(int[] numbers) {
        int[] ordered = numbers.clone();
        Arrays.sort(ordered);
        return ordered;
    }

    private static void assertAscending(Reach its, int from, int to) {
        for (int place = from + 1; place < to; place++) {
            assertTrue(its.receiver(place - 1) < its.receiver(place), "place " + place);
        }
    }

    private double loss(int receiver) {
        return reach.loss(new Lossy(), 0, reach.placeOf(receiver));
    }

    private final class Lossy implements Propagation {
        @Override
        public double power(int from, int to, double squaredM) {
            throw new AssertionError("nobody asks");
        }

        @Override
        public double loss(int from, int to) {
            asked.add(to);
            return losses[to];
        }
    }

    @Test
    void the_propagation_is_asked_once_for_each_link() {
        losses[5] = 0.25;

        for (int i = 0; i < 2; i++) {
            assertEquals(0, loss(3));
            assertEquals(0.25, loss(5));
            assertEquals(0, loss(9));
        }

        assertEquals(List.of(3, 5, 9), asked);
        assertFalse(reach.isLossless());
    }

    @Test
    void it_is_lossless_once_all_links_were_asked_for_and_have_no_loss() {
        loss(9);
        loss(3);
        assertFalse(reach.isLossless());

        loss(5);

        assertTrue(reach.isLossless());
        assertEquals(0, loss(5));
        assertEquals(List.of(9, 3, 5), asked);
    }

    @Test
    void every_receiver_has_its_own_number_and_power() {
        Random random = new Random(3);
        for (int below : new int[] {100, 65_536, 70_000, Reach.MAX_STATIONS}) {
            int[] receivers = random.ints(500, 0, below).distinct().sorted().toArray();
            char[] powers = new char[receivers.length];
            for (int place = 0; place < powers.length; place++) {
                powers[place] = (char) random.nextInt();
            }
            int count = receivers.length - 3;
            Reach far = new Reach(count, receivers, powers, Radio.CMU.decode());

            assertArrayEquals(Arrays.copyOf(receivers, count), sorted(far.receivers()));
            for (int i = 0; i < count; i++) {
                int place = far.placeOf(receivers[i]);
                assertEquals(receivers[i], far.receiver(place));
                assertEquals(ShortPower.mw(powers[i]), far.power(place));
                assertEquals(far.power(place) >= Radio.CMU.decode(), place < far.readable());
            }
            assertTrue(far.readable() > 0 && far.readable() < count, "one place of each kind at least");
            assertAscending(far, 0, far.readable());
            assertAscending(far, far.readable(), count);
        }
    }

    @Test
    void the_last_station_of_16_bits_and_the_first_of_17_are_told_apart() {
        int[] receivers = {0, 65_535, 65_536, Reach.MAX_STATIONS - 1};

        Reach far = new Reach(4, receivers, powers(1, 1e9, 1e-30, 1), 1); // the third cannot read it

        assertArrayEquals(receivers, sorted(far.receivers()));
    }

    @Test
    void more_stations_than_can_be_told_apart_are_refused() {
        Waypoints many =
                new Waypoints(Collections.nCopies(Reach.MAX_STATIONS + 1, List.of(new Waypoints.Point(0, 0, 0))));

        assertThrows(IllegalArgumentException.class, () -> new Reaches(new Seeds(1), Radio.CMU, many));
    }

    @Test
    void who_can_read_it_is_said_by_the_power_that_is_told() {
        double decode = Radio.CMU.decode();
        double[] mw = {decode, Math.nextDown(decode), 1.002 * decode, 0.998 * decode};
        Reach near = new Reach(4, new int[] {1, 2, 3, 4}, powers(mw), decode);

        for (int place = 0; place < mw.length; place++) {
            assertEquals(near.power(place) >= decode, place < near.readable(), "place " + place);
        }
        assertTrue(near.placeOf(3) < near.readable());
        assertFalse(near.placeOf(4) < near.readable());
    }
}
