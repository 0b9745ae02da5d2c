package io.thicket.drivers.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.drivers.DeviceDriver;
import io.thicket.drivers.modbus.RegisterMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The register maps that come with the program. */
class ModbusDriverTest {
    static Stream<ModbusDriver> builtIn() {
        return DriverCatalogue.all().stream()
                .filter(ModbusDriver.class::isInstance)
                .map(ModbusDriver.class::cast)
                .filter(driver -> !driver.needsMap());
    }

    @ParameterizedTest
    @MethodSource("builtIn")
    void what_the_list_shows_is_what_the_map_says(ModbusDriver driver) {
        RegisterMap map = driver.map(Map.of());

        assertEquals(driver.descriptor().id(), map.id());
        assertEquals(driver.descriptor().title(), map.title());
        assertEquals(driver.descriptor().line(), map.line());
        assertTrue(map.values().size() <= RegisterMap.MAX_VALUES);
    }

    @Test
    void a_faulty_map_is_refused_with_its_line() {
        DeviceDriver generic = DriverCatalogue.find("modbus").orElseThrow();

        assertTrue(assertThrows(IllegalArgumentException.class, () -> generic.open(Map.of()))
                .getMessage()
                .contains("needs a register map"));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> generic.open(Map.of("map", "spec = 2\n")))
                .getMessage()
                .contains("1:1: spec = 2"));
    }

    @Test
    void values_are_chosen_by_name() {
        DeviceDriver meter = DriverCatalogue.find("eastron.sdm630").orElseThrow();

        assertTrue(assertThrows(IllegalArgumentException.class, () -> meter.open(Map.of("values", "volts")))
                .getMessage()
                .contains("'volts' is not one of voltage_l1"));
        Decoded decoded = Decoded.by("pzem.016", Map.of("values", "power,voltage"));
        decoded.feed(
                0,
                java.util.HexFormat.of()
                        .parseHex("01040000000A700D01041408D1006C000000F400000026000001F4006400005134"));
        assertEquals(
                List.of("voltage", "power"),
                decoded.readings.get(0).stream().map(each -> each.name()).toList());
    }
}
