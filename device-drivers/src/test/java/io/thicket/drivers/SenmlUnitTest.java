package io.thicket.drivers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SenmlUnitTest {
    @Test
    void secondary_units_become_primary_ones_and_print_short() {
        assertEquals(
                "8.0E-9", Double.toString(SenmlUnit.find("ug/m3").orElseThrow().toPrimary(8)));
        assertEquals(101_257.0, SenmlUnit.find("hPa").orElseThrow().toPrimary(1012.57));
        assertEquals(5_400_000.0, SenmlUnit.find("kWh").orElseThrow().toPrimary(1.5));
        assertEquals(636e-6, SenmlUnit.find("ppm").orElseThrow().toPrimary(636));
        assertEquals(-30.0, SenmlUnit.find("dBm").orElseThrow().toPrimary(0));
        assertEquals(10.0, SenmlUnit.find("km/h").orElseThrow().toPrimary(36));
    }

    @Test
    void every_secondary_unit_leads_to_a_primary_one() {
        for (String name : "ms min h kW kVA Wh kWh mV mA dBm ug/m3 mm/h ppm hPa mm cm km km/h".split(" ")) {
            SenmlUnit unit = SenmlUnit.find(name).orElseThrow();
            assertFalse(unit.isPrimary(), name);
            assertTrue(SenmlUnit.find(unit.primary()).orElseThrow().isPrimary(), name);
        }
    }

    @Test
    void names_that_are_no_units_are_explained() {
        assertTrue(SenmlUnit.find("°C").isEmpty());
        assertTrue(SenmlUnit.explainUnknown("°C").contains("use Cel"));
        assertTrue(SenmlUnit.explainUnknown("%").contains("%RH"));
        assertTrue(SenmlUnit.explainUnknown("bananas").contains("known are"));
    }
}
