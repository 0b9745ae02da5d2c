package io.thicket.gateway.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.agent.senml.SenmlPack;
import io.thicket.agent.senml.SenmlRecord;
import io.thicket.agent.senml.SenmlValue;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnitsTest {
    private final Units units = new Units();

    @Test
    void a_quantity_or_a_unit_that_was_not_there_is_news_and_the_same_again_is_none() {
        assertTrue(units.learn(List.of(record("t", "Cel"), record("p", null))));
        assertFalse(units.learn(List.of(record("p", null), record("t", "Cel"))));
        assertTrue(units.learn(List.of(record("t", "K"))));
        assertTrue(units.learn(List.of(record("h", "%RH"))));

        assertEquals(List.of("t:K", "p:", "h:%RH"), all());
    }

    @Test
    void of_too_many_quantities_the_first_stay() {
        for (int i = 0; i < SenmlPack.MAX_RECORDS; i++) {
            assertTrue(units.learn(List.of(record("q" + i, "m"))));
        }

        assertFalse(units.learn(List.of(record("more", "m"))));
        assertTrue(units.learn(List.of(record("q0", "km"))));

        assertEquals(SenmlPack.MAX_RECORDS, all().size());
        assertEquals("q0:km", all().get(0));
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
