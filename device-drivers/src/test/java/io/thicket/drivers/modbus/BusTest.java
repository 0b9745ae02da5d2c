package io.thicket.drivers.modbus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.drivers.bus.EchoMode;
import io.thicket.drivers.bus.Priority;
import io.thicket.drivers.bus.UnitHealth;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Many units on one line, and what goes wrong there. Timeout 500 ms, 9600 baud. */
class BusTest {
    private static final long TIMEOUT_MS = 500;

    /** Request and answer of one register take 40 ms with their silence, and an adapter's delay counts as timeout. */
    private static final long EXCHANGE_MS = 45;

    private static final long PROBE_MS = TIMEOUT_MS + 60;

    private final BusRig rig = new BusRig();

    private void addLiving(int count, long intervalMs) {
        for (int unit = 1; unit <= count; unit++) {
            rig.add(BusRig.plan(unit, BusRig.words(0), intervalMs)).input[0] = 1000 + unit;
        }
    }

    private void assertNothingWrong() {
        for (BusRig.Reading reading : rig.readings) {
            assertEquals(
                    1000 + reading.unit(), reading.value("r0"), "unit " + reading.unit() + " at " + reading.atMs());
        }
    }

    @Test
    void the_line_is_silent_between_two_requests() {
        addLiving(5, 100);
        rig.run(20_000);

        for (int i = 1; i < rig.sent.size(); i++) {
            long apart = rig.sent.get(i).atMs() - rig.sent.get(i - 1).atMs();
            assertTrue(apart >= 9 + 5 + 7 + 20, apart + " ms");
        }
        assertTrue(rig.sent.size() > 20_000 / 60, rig.sent.size() + " requests");
        assertNothingWrong();
    }

    /** The promise of the scheduler, for a line that is half full and mostly dead. */
    @ParameterizedTest
    @ValueSource(ints = {1, 5, 25, 55})
    void dead_units_delay_a_living_one_by_one_timeout_at_most(int dead) {
        addLiving(8, 1_000);
        for (int unit = 100; unit < 100 + dead; unit++) {
            rig.addDead(BusRig.plan(unit, BusRig.words(0), 1_000));
        }
        // At the start nobody knows who is there: each is asked once.
        rig.run(dead * PROBE_MS + 2_000);
        rig.readings.clear();
        rig.sent.clear();
        rig.run(600_000);

        for (int unit = 1; unit <= 8; unit++) {
            long late = rig.longestGapMs(unit) - 1_000;
            assertTrue(late <= PROBE_MS + 8 * EXCHANGE_MS, "unit " + unit + " was " + late + " ms late");
            assertEquals(600, rig.of(unit).size(), 2, "readings of unit " + unit);
        }
        assertNothingWrong();
    }

    @Test
    void a_line_that_is_full_still_probes_its_dead() {
        addLiving(20, 100);
        rig.addDead(BusRig.plan(100, BusRig.words(0), 1_000));
        rig.run(120_000);
        long before = rig.sentTo(100);
        assertTrue(before >= 4, before + " probes");
        ModbusSlave back = new ModbusSlave(100);
        back.input[0] = 1100;
        rig.slaves.put(100, back);
        rig.run(90_000);

        assertTrue(rig.of(100).size() >= 10, rig.of(100).size() + " readings of the one that came back");
        assertNothingWrong();
    }

    @Test
    void a_unit_that_dies_is_left_alone_after_three_failures_and_found_again() {
        addLiving(3, 1_000);
        rig.run(5_000);
        ModbusSlave gone = rig.slaves.remove(2);
        rig.sent.clear();
        rig.run(60_000);

        assertEquals(UnitHealth.State.SILENT, rig.health.get(2).state());
        assertTrue(rig.health.get(2).problem().startsWith("unit 2 does not answer; check its power"));
        assertTrue(rig.sentTo(2) >= 3 && rig.sentTo(2) <= 9, rig.sentTo(2) + " requests to the dead one");
        rig.slaves.put(2, gone);
        rig.readings.clear();
        rig.run(65_000);
        assertEquals(UnitHealth.State.READY, rig.health.get(2).state());
        assertTrue(!rig.of(2).isEmpty());
    }

    @Test
    void a_late_answer_is_not_taken_for_the_next_one() {
        // Two batches of equal form, and a unit that sometimes answers after its timeout.
        ModbusSlave slow = rig.add(BusRig.plan(1, BusRig.words(0, 50), 1_000));
        slow.input[0] = 111;
        slow.input[50] = 222;
        Random random = new Random(5);
        for (int second = 0; second < 2_000; second++) {
            rig.latencyMs.put(1, random.nextInt(3) == 0 ? 400L + random.nextInt(600) : 5L);
            rig.run(1_000);
        }

        assertTrue(rig.readings.size() > 500, rig.readings.size() + " readings");
        assertTrue(
                rig.health.get(1).silent() + rig.health.get(1).garbled() > 100,
                rig.health.get(1).toString());
        for (BusRig.Reading reading : rig.readings) {
            reading.values()
                    .forEach(value -> assertEquals(
                            value.name().equals("r0") ? 111 : 222,
                            ((io.thicket.drivers.Observation.Value.Numeric) value.value()).value(),
                            reading.toString()));
        }
    }

    @ParameterizedTest
    @EnumSource(EchoMode.class)
    void an_echo_is_dropped(EchoMode mode) {
        rig.echoes = mode != EchoMode.NO;
        rig.echoMode = mode;
        addLiving(3, 1_000);
        rig.run(30_000);

        assertEquals(90, rig.readings.size());
        assertNothingWrong();
    }

    @Test
    void on_a_line_with_echo_a_dead_unit_is_silent() {
        rig.echoes = true;
        addLiving(1, 1_000);
        rig.addDead(BusRig.plan(9, BusRig.words(0), 1_000));
        rig.run(5_000);

        assertEquals(UnitHealth.State.SILENT, rig.health.get(9).state());
        assertTrue(rig.health.get(9).problem().contains("does not answer"));
        assertEquals(0, rig.health.get(9).garbled());
    }

    @Test
    void noise_around_frames_costs_nothing_and_noise_in_them_one_retry() {
        addLiving(4, 1_000);
        Random random = new Random(9);
        int[] hit = {0};
        rig.wire = bytes -> {
            byte[] noisy = ModbusRequestTest.join(new byte[1 + random.nextInt(3)], bytes, new byte[1]);
            if (random.nextInt(20) == 0) {
                noisy[random.nextInt(noisy.length)] ^= 0x41;
                hit[0]++;
            }
            return noisy;
        };
        rig.run(300_000);

        long garbled = 0;
        for (UnitHealth health : rig.health.values()) {
            garbled += health.garbled();
        }
        assertTrue(garbled > 0 && garbled <= hit[0], garbled + " of " + hit[0]);
        assertTrue(rig.readings.size() >= 4 * 300 - hit[0], rig.readings.size() + " readings");
        assertNothingWrong();
    }

    @Test
    void a_damaged_answer_keeps_the_line_no_longer_than_a_good_one() {
        addLiving(2, 60_000);
        rig.wire = bytes -> {
            bytes[3] ^= (byte) (bytes[0] == 1 ? 0x10 : 0);
            return bytes;
        };
        rig.run(200);

        assertEquals(1, rig.health.get(1).garbled());
        assertEquals(1, rig.of(2).size());
        long askedMs = rig.sent.get(1).atMs() - rig.sent.get(0).atMs();
        assertTrue(askedMs <= EXCHANGE_MS + 30, askedMs + " ms");
    }

    @Test
    void answers_of_the_wrong_unit_are_noise() {
        addLiving(2, 1_000);
        ModbusSlave impostor = rig.slaves.get(2);
        rig.wire = bytes -> bytes[0] == 1
                ? impostor.answer(
                        ModbusRequest.read(2, RegisterTable.INPUT, 0, 1).request())
                : bytes;
        rig.run(5_000);

        assertEquals(0, rig.of(1).size());
        assertTrue(rig.of(2).size() >= 4);
        assertEquals(UnitHealth.State.SILENT, rig.health.get(1).state());
        assertTrue(
                rig.health.get(1).problem().contains("damaged"),
                rig.health.get(1).problem());
    }

    @Test
    void bytes_that_nobody_asked_for_are_counted_and_dropped() {
        addLiving(1, 10_000);
        rig.run(500);
        long before = rig.bus().counts().skippedBytes();
        rig.inject(HexFormat.of().parseHex("010402ffffb980"));

        assertEquals(before + 7, rig.bus().counts().skippedBytes());
        assertEquals(1, rig.readings.size());
        assertEquals(1, rig.bus().counts().good());
    }

    @Test
    void a_high_priority_goes_first_and_a_low_one_is_not_forgotten() {
        rig.add(BusRig.plan(1, BusRig.words(0), 100, Priority.HIGH)).input[0] = 1001;
        for (int unit = 2; unit <= 30; unit++) {
            rig.add(BusRig.plan(unit, BusRig.words(0), 100)).input[0] = 1000 + unit;
        }
        rig.add(BusRig.plan(31, BusRig.words(0), 1_000, Priority.LOW)).input[0] = 1031;
        rig.run(120_000);

        assertTrue(rig.longestGapMs(1) <= 100 + 3 * EXCHANGE_MS, rig.longestGapMs(1) + " ms");
        assertTrue(rig.of(31).size() >= 10, rig.of(31).size() + " readings of the low one");
    }

    @Test
    void a_reopened_line_begins_anew() {
        addLiving(2, 1_000);
        rig.run(10);
        rig.bus().reset();
        rig.run(2_000);

        assertTrue(rig.readings.size() >= 2);
        assertNothingWrong();
    }
}
