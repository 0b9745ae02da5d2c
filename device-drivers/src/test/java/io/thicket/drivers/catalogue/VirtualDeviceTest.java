package io.thicket.drivers.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.drivers.Observation;
import io.thicket.drivers.Quality;
import io.thicket.drivers.modbus.RegisterEncoder;
import io.thicket.drivers.modbus.RegisterMap;
import io.thicket.drivers.modbus.RegisterValue;
import io.thicket.drivers.spec.SpecEncoder;
import io.thicket.drivers.virtual.SensorSimulator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class VirtualDeviceTest {
    private static SensorSimulator simulator(String device, String faults, long seed) {
        VirtualDevice driver =
                (VirtualDevice) DriverCatalogue.find("virtual.device").orElseThrow();
        return driver.simulator(Map.of("device", device, "faults", faults), new Random(seed));
    }

    private static List<List<Observation>> readings(String device, String faults, int frames) {
        SensorSimulator simulator = simulator(device, faults, 9);
        List<List<Observation>> readings = new ArrayList<>();
        for (int i = 0; i < frames; i++) {
            List<Observation> reading = simulator.sample(i * 1000L);
            if (!reading.isEmpty()) {
                readings.add(reading);
            }
        }
        return readings;
    }

    static List<String> encodable() {
        return SpecCatalogueTest.drivers().stream()
                .filter(driver ->
                        SpecEncoder.of(driver.spec(), driver.model().id()).isPresent())
                .map(driver -> driver.descriptor().id())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("encodable")
    void what_is_encoded_decodes_to_the_same(String id) {
        SpecDriver driver = (SpecDriver) DriverCatalogue.find(id).orElseThrow();
        SpecEncoder encoder = SpecEncoder.of(driver.spec(), id).orElseThrow();
        byte[] same = encoder.encode(encoder.values());
        Map<String, Double> other = new LinkedHashMap<>();
        encoder.values().forEach((name, value) -> {
            double[] range = encoder.range(name);
            other.put(name, Math.max(range[0], Math.min(range[1], value * 1.5 + 1)));
        });
        List<Observation> expected = Decoded.by(id)
                .feed(0, DriverCatalogueTest.examples(id).get(0))
                .readings
                .get(0);
        List<Observation> found = Decoded.by(id).feed(0, same).readings.get(0);
        Decoded changed = Decoded.by(id).feed(0, encoder.encode(other));

        assertEquals(expected, found);
        assertEquals(1, changed.counts().good());
        assertTrue(!changed.readings.get(0).equals(expected), "another value is another reading");
    }

    @ParameterizedTest
    @MethodSource("encodable")
    void a_damaged_line_costs_frames_and_never_makes_values_that_were_not_sent(String id) {
        List<List<Observation>> clean = readings(id, "", 400);
        List<List<Observation>> glitched = readings(id, "glitch=0.5", 400);

        assertEquals(400, clean.size());
        assertTrue(glitched.size() >= 399, "zero bytes between frames cost nothing: " + glitched.size());
    }

    /** A specification without a virtual device could not be tried without the device. */
    @Test
    void every_specification_has_a_virtual_device() {
        List<String> all = SpecCatalogueTest.drivers().stream()
                .map(driver -> driver.descriptor().id())
                .toList();

        assertEquals(all, encodable());
    }

    static List<String> maps() {
        return ModbusDriver.all().stream()
                .filter(driver -> !((ModbusDriver) driver).needsMap())
                .map(driver -> driver.descriptor().id())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("maps")
    void every_register_map_has_a_virtual_device_whose_answers_move_and_decode_to_what_was_put_in(String id) {
        RegisterMap map = ((ModbusDriver) DriverCatalogue.find(id).orElseThrow()).map(Map.of());
        for (RegisterEncoder encoder : RegisterEncoder.all(map)) {
            Map<String, Double> other = new LinkedHashMap<>();
            encoder.values().forEach((name, value) -> {
                double[] range = encoder.range(name);
                other.put(name, Math.max(range[0], Math.min(range[1], value * 1.5 + 1)));
            });
            Decoded same = Decoded.by(id).feed(0, encoder.encode(Map.of()));
            Decoded changed = Decoded.by(id).feed(0, encoder.encode(other));
            assertEquals(Decoded.by(id).feed(0, encoder.encode(encoder.values())).readings, same.readings);
            assertEquals(1, changed.counts().good());
            for (RegisterValue value : map.values()) {
                if (other.containsKey(value.name()) && value.unit() != null) {
                    double wanted = value.unit().toPrimary(other.get(value.name()));
                    double step = Math.abs(value.unit().toPrimary(other.get(value.name()) + value.scale()) - wanted);
                    double found = (Double) value(changed.readings.get(0), value.name());
                    assertEquals(wanted, found, step + Math.abs(wanted) * 1e-6, value.name());
                }
            }
        }
        List<List<Observation>> readings = readings(id, "", 50);
        assertEquals(50, readings.size());
        assertTrue(readings.stream().distinct().count() > 10, readings.toString());
        int left = readings(id, "flip=0.5", 400).size();
        assertTrue(left > 100 && left < 395, "" + left);
    }

    @Test
    void a_charger_of_victron_says_labels_with_numbers_that_move_and_a_sum_that_is_right() {
        List<List<Observation>> readings = readings("victron.vedirect", "", 50);

        assertEquals(50, readings.size());
        assertTrue(
                readings.stream().map(each -> value(each, "voltage")).distinct().count() > 20, readings.toString());
        for (List<Observation> reading : readings) {
            assertEquals("0x203", value(reading, "product"));
            assertEquals(12.065, (Double) value(reading, "voltage"), 12.065);
        }
        int left = readings("victron.vedirect", "flip=0.5", 400).size();
        assertTrue(left > 150 && left < 300, "" + left);
    }

    private static Object value(List<Observation> reading, String name) {
        return reading.stream()
                .filter(each -> each.name().equals(name))
                .map(each -> Decoded.value(each.value()))
                .findFirst()
                .orElseThrow();
    }

    /** A battery says its state in one message and its cells in another one. */
    @Test
    void a_device_sends_each_kind_of_its_messages() {
        List<List<Observation>> readings = readings("jbd.bms", "", 3);

        assertEquals(3, readings.size());
        assertTrue(readings.get(2).stream().anyMatch(each -> each.name().equals("voltage")), readings.toString());
        assertTrue(readings.get(2).stream().anyMatch(each -> each.name().equals("cell_1")), readings.toString());
    }

    @Test
    void every_fault_does_what_it_is_called() {
        assertEquals(0, readings("nova.sds011", "drop=1", 50).size());
        assertEquals(0, readings("nova.sds011", "flip=1", 50).size());
        assertTrue(readings("nova.sds011", "cut=1", 50).isEmpty());
        int half = readings("nova.sds011", "drop=0.5", 400).size();
        assertTrue(half > 150 && half < 250, "" + half);
        List<List<Observation>> stuck = readings("nova.sds011", "stuck=1", 50);
        assertEquals(50, stuck.size());
        assertEquals(stuck.get(40), stuck.get(49));
    }

    @Test
    void the_first_half_minute_is_warming_up_as_with_the_real_one() {
        List<List<Observation>> readings = readings("plantower.pms7003", "", 40);

        assertEquals(Quality.WARMING_UP, readings.get(29).get(0).quality());
        assertEquals(Quality.GOOD, readings.get(30).get(0).quality());
    }

    @Test
    void the_same_seed_gives_the_same_values() {
        SensorSimulator one = simulator("sensirion.sps30", "flip=0.1", 4);
        SensorSimulator two = simulator("sensirion.sps30", "flip=0.1", 4);
        for (int i = 0; i < 100; i++) {
            assertEquals(one.sample(i * 1000L), two.sample(i * 1000L));
        }
    }

    @Test
    void wrong_options_say_what_is_right() {
        for (Map<String, String> options : List.<Map<String, String>>of(
                Map.of(),
                Map.of("device", "no.such"),
                Map.of("device", "modbus"),
                Map.of("device", "sml"),
                Map.of("device", "nova.sds011", "faults", "drop"),
                Map.of("device", "nova.sds011", "faults", "burn=0.1"),
                Map.of("device", "nova.sds011", "faults", "drop=2"))) {
            var refused = assertThrows(
                    IllegalArgumentException.class,
                    () -> DriverCatalogue.find("virtual.device").orElseThrow().open(options));

            assertTrue(refused.getMessage().startsWith("option "), refused.getMessage());
        }
    }
}
