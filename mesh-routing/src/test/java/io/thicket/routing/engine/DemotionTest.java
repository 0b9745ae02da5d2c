package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class DemotionTest {
    private final Demotion demotion = new Demotion(200, 60_000, 240_000);

    @Test
    void a_way_costs_what_it_costs_before_the_first_one() {
        assertEquals(100, demotion.percent(0));
    }

    @Test
    void it_wears_off_evenly() {
        demotion.begin(1_000);

        assertEquals(200, demotion.percent(1_000));
        assertEquals(150, demotion.percent(31_000));
        assertEquals(100, demotion.percent(61_000));
        assertEquals(100, demotion.percent(900_000));
    }

    @Test
    void one_that_comes_again_soon_lasts_twice_as_long_up_to_the_longest() {
        demotion.begin(0);
        demotion.begin(239_000);
        assertEquals(150, demotion.percent(239_000 + 60_000));
        demotion.begin(400_000);
        assertEquals(150, demotion.percent(400_000 + 120_000));
        demotion.begin(600_000);
        assertEquals(150, demotion.percent(600_000 + 120_000));
    }

    @Test
    void after_the_longest_time_it_begins_anew() {
        demotion.begin(0);
        demotion.begin(100_000);
        demotion.begin(340_000);

        assertEquals(150, demotion.percent(340_000 + 30_000));
    }
}
