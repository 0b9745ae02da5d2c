package io.thicket.sim.medium.wifi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ShortPowerTest {
    @Test
    void every_code_is_that_of_its_power_and_stronger_than_the_one_before() {
        for (int code = 0; code <= Character.MAX_VALUE; code++) {
            double mw = ShortPower.mw((char) code);
            assertEquals(code, ShortPower.of(mw));
            assertEquals(code, ShortPower.atLeast(mw));
            assertEquals(code + 1, ShortPower.atLeast(Math.nextUp(mw)));
            assertTrue(code == 0 || mw > ShortPower.mw((char) (code - 1)), "code " + code);
        }
    }

    @Test
    void a_power_that_occurs_is_right_to_two_thousandths_of_a_decibel() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 100_000; i++) {
            double dbm = random.nextDouble(-141, 51);
            assertEquals(dbm, 10 * StrictMath.log10(ShortPower.mw(ShortPower.of(Radio.mw(dbm)))), 0.0022);
        }
        assertEquals(1, ShortPower.mw(ShortPower.of(1)));
    }

    @Test
    void what_is_weaker_or_stronger_than_any_signal_is_the_least_and_the_most() {
        assertEquals(0, ShortPower.of(Double.MIN_VALUE));
        assertEquals(0, ShortPower.of(Radio.mw(-150)));
        assertEquals(Character.MAX_VALUE, ShortPower.of(Radio.mw(60)));
        assertEquals(Character.MAX_VALUE, ShortPower.of(Double.MAX_VALUE));
        assertEquals(-141.5, 10 * StrictMath.log10(ShortPower.mw((char) 0)), 0.05);
        assertEquals(51.2, 10 * StrictMath.log10(ShortPower.mw(Character.MAX_VALUE)), 0.05);
    }
}
