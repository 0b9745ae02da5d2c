package io.thicket.drivers.modbus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.drivers.Observation;
import io.thicket.drivers.Quality;
import io.thicket.drivers.bus.UnitHealth;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** One device in rounds. */
class ModbusUnitTest {
    private final BusRig rig = new BusRig();

    @Test
    void a_round_is_one_reading_at_the_interval() {
        ModbusSlave slave = rig.add(BusRig.plan(3, BusRig.words(0, 1, 50), 10_000));
        slave.input[0] = 11;
        slave.input[1] = 12;
        slave.input[50] = 13;
        rig.run(35_000);

        assertEquals(4, rig.readings.size());
        assertEquals(8, rig.sent.size());
        BusRig.Reading first = rig.readings.get(0);
        assertEquals(
                List.of("r0", "r1", "r50"),
                first.values().stream().map(Observation::name).toList());
        assertEquals(13, first.value("r50"));
        assertTrue(first.arrivedAtMs() < first.atMs());
        assertEquals(10_000, rig.longestGapMs(3), 2);
        assertEquals(UnitHealth.State.READY, rig.health.get(3).state());
    }

    @Test
    void what_a_device_does_not_have_is_found_out_once_and_left_out() {
        ModbusSlave slave = rig.add(BusRig.plan(3, BusRig.words(0, 1, 2, 3, 4, 5, 6, 7), 10_000));
        slave.holesFrom = 5;
        slave.holesTo = 6;
        rig.run(9_000);

        assertEquals(1, rig.readings.size());
        assertEquals(7, rig.readings.get(0).values().size());
        int searched = rig.sent.size();
        assertTrue(searched <= 8, searched + " requests");
        assertEquals(
                "unit 3 does not have r5; choose others with the option values, or another driver",
                rig.health.get(3).problem());
        rig.run(10_000);
        assertEquals(2, rig.readings.size());
        assertTrue(rig.sent.size() - searched <= 4, (rig.sent.size() - searched) + " requests in the next round");
    }

    @Test
    void a_device_that_gives_fewer_registers_than_its_map_says_is_read_in_parts() {
        ModbusSlave slave = rig.add(BusRig.plan(3, BusRig.words(0, 1, 2, 3, 4, 5, 6, 7), 10_000));
        slave.limit = 3;
        rig.run(9_000);

        assertEquals(8, rig.readings.get(0).values().size());
        assertEquals("", rig.health.get(3).problem());
    }

    @Test
    void a_device_that_has_nothing_of_it_is_not_asked_again_before_the_line_is_reopened() {
        ModbusSlave slave = rig.add(BusRig.plan(3, BusRig.words(0, 1), 1_000));
        slave.exception = 1;
        rig.run(5_000);

        assertEquals(3, rig.sent.size());
        assertEquals(0, rig.readings.size());
        assertTrue(rig.health.get(3).problem().startsWith("unit 3 does not have r0, r1"));
        slave.exception = 0;
        rig.bus().reset();
        rig.run(100);
        assertEquals(1, rig.readings.size());
    }

    @Test
    void what_was_refused_is_tried_again_after_an_hour() {
        ModbusSlave nothing = rig.add(BusRig.plan(3, BusRig.words(0, 1), 10_000));
        ModbusSlave part = rig.add(BusRig.plan(4, BusRig.words(0, 1), 10_000));
        nothing.exception = 2;
        part.holesFrom = 1;
        part.holesTo = 2;
        rig.run(60_000);
        nothing.exception = 0;
        part.holesTo = 0;
        rig.run(3_500_000);
        assertEquals(0, rig.of(3).size());
        rig.run(120_000);

        assertTrue(rig.of(3).size() >= 5, rig.of(3).size() + " readings");
        assertEquals(2, rig.of(4).get(rig.of(4).size() - 1).values().size());
        assertEquals("", rig.health.get(4).problem());
    }

    @Test
    void a_busy_device_is_asked_again_soon() {
        ModbusSlave slave = rig.add(BusRig.plan(3, BusRig.words(0), 60_000));
        slave.exception = 6;
        rig.run(300);
        slave.exception = 0;
        rig.run(500);

        assertEquals(2, rig.sent.size());
        assertEquals(1, rig.readings.size());
    }

    @Test
    void a_failing_device_says_so_and_stays_asked() {
        ModbusSlave slave = rig.add(BusRig.plan(3, BusRig.words(0), 1_000));
        slave.exception = 4;
        rig.run(3_500);

        assertEquals(4, rig.sent.size());
        assertEquals("unit 3 says: device failure", rig.health.get(3).problem());
        assertEquals(UnitHealth.State.READY, rig.health.get(3).state());
    }

    @Test
    void a_gateway_that_does_not_reach_a_device_counts_as_silence() {
        ModbusSlave slave = rig.add(BusRig.plan(3, BusRig.words(0), 1_000));
        slave.exception = 11;
        rig.run(1_000);

        assertEquals(UnitHealth.State.SILENT, rig.health.get(3).state());
    }

    @Test
    void one_lost_answer_costs_no_reading() {
        ModbusSlave slave = rig.add(BusRig.plan(3, BusRig.words(0), 5_000));
        rig.run(4_000);
        slave.exception = 0;
        int[] count = {0};
        rig.wire = bytes -> count[0]++ == 0 ? new byte[0] : bytes;
        rig.run(5_000);

        assertEquals(2, rig.readings.size());
        assertEquals(1, rig.health.get(3).silent());
        assertEquals(UnitHealth.State.READY, rig.health.get(3).state());
    }

    @Test
    void while_a_status_bit_is_set_all_values_are_uncertain() {
        RegisterMap map = BusRig.map(
                2,
                125,
                List.of(
                        Values.status("status", 0, Map.of(0, "fatal error", 5, "out of range")),
                        Values.of("co2", RegisterTable.INPUT, 3, ValueType.S16)));
        ModbusSlave slave = rig.add(
                new UnitPlan(3, map, Set.of("co2"), 2_000, io.thicket.drivers.bus.Priority.NORMAL, map.timing()));
        slave.input[3] = 904;
        rig.run(1_000);
        slave.input[0] = 0x20;
        rig.run(2_000);

        assertEquals(
                List.of(Observation.good("co2", 904, null)), rig.readings.get(0).values());
        Observation suspect = rig.readings.get(1).values().get(0);
        assertEquals(Quality.UNCERTAIN, suspect.quality());
        assertEquals("the device reports: out of range", suspect.reason());
        assertEquals("unit 3 reports: out of range", rig.health.get(3).problem());
        assertFalse(rig.readings.get(1).values().stream()
                .anyMatch(each -> each.name().equals("status")));
    }
}
