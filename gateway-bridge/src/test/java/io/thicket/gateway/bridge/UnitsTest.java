package io.thicket.gateway.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.agent.senml.SenmlPack;
import io.thicket.agent.senml.SenmlRecord;
import io.thicket.agent.senml.SenmlValue;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnitsTest {
    private Units units = Units.NONE;

    @Test
    void a_quantity_or_a_unit_that_was_not_there_is_news_and_the_same_again_is_none() {
        assertTrue(learns(List.of(record("t", "Cel"), record("p", null))));
        assertFalse(learns(List.of(record("p", null), record("t", "Cel"))));
        assertTrue(learns(List.of(record("t", "K"))));
        assertTrue(learns(List.of(record("h", "%RH"))));

        assertEquals(List.of("t:K", "p:", "h:%RH"), all());
    }

    @Test
    void of_too_many_quantities_the_first_stay() {
        for (int i = 0; i < SenmlPack.MAX_RECORDS; i++) {
            assertTrue(learns(List.of(record("q" + i, "m"))));
        }

        assertFalse(learns(List.of(record("more", "m"))));
        assertTrue(learns(List.of(record("q0", "km"))));

        assertEquals(SenmlPack.MAX_RECORDS, all().size());
        assertEquals("q0:km", all().get(0));
    }

    @Test
    void those_of_one_sensor_stay_when_another_one_that_shares_them_learns() {
        Units shared = units.with(List.of(record("t", "Cel")));

        units = shared.with(List.of(record("t", "K"), record("p", "Pa")));

        assertEquals(List.of("t:K", "p:Pa"), all());
        units = shared;
        assertEquals(List.of("t:Cel"), all());
    }

    @Test
    void they_equal_others_of_the_same_quantities_and_units() {
        Units one = units.with(List.of(record("t", "Cel")));

        assertEquals(one, units.with(List.of(record("t", "Cel"))));
        assertEquals(one.hashCode(), units.with(List.of(record("t", "Cel"))).hashCode());
        assertNotEquals(one, units.with(List.of(record("t", "K"))));
        assertNotEquals(one, units);
    }

    private boolean learns(List<SenmlRecord> records) {
        Units former = units;
        units = former.with(records);
        return units != former;
    }

    private List<String> all() {
        List<String> all = new ArrayList<>();
        units.forEach((quantity, unit) -> all.add(quantity + ":" + unit));
        return all;
    }

    private static SenmlRecord record(String name, String unit) {
        return new SenmlRecord(name, unit, new SenmlValue.Numeric(1), null);
    }
}
