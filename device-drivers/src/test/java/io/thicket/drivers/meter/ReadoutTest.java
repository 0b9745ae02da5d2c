package io.thicket.drivers.meter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.drivers.Observation;
import io.thicket.drivers.PolledSession;
import io.thicket.drivers.catalogue.DriverCatalogue;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Meters that are asked, IEC 62056-21. */
class ReadoutTest {
    private static final String DATA = "C.1.0(28342193)\r\n0.0.0(28342193)\r\n1.8.0(0032826.545*kWh)\r\n"
            + "1.8.1(0000000.000*kWh)\r\n2.8.0(0000000.001*kWh)\r\n32.7(231.4*V)\r\n1.8.0*01(0030000.000*kWh)\r\nF.F(0000000)\r\n";

    private static final String VALUES =
            "energy_import=1.18175562E11 J, energy_import_t1=0.0 J, energy_export=3600.0 J," + " voltage_l1=231.4 V";

    private final List<String> readings = new ArrayList<>();

    private static PolledSession open(Map<String, String> options) {
        PolledSession session = (PolledSession)
                DriverCatalogue.find("iec62056.meter").orElseThrow().open(options);
        session.reset();
        return session;
    }

    private void observed(long atMs, List<Observation> values) {
        List<String> texts = new ArrayList<>();
        for (Observation each : values) {
            texts.add(each.name() + "=" + ((Observation.Value.Numeric) each.value()).value() + " " + each.unit()
                    + (each.reason() == null ? "" : "!" + each.reason()));
        }
        readings.add(String.join(", ", texts));
    }

    private void feed(PolledSession session, byte[] bytes) {
        session.onBytes(0, bytes, 0, bytes.length, this::observed);
    }

    /** Mode C at all its speeds, mode B, mode A. */
    @ParameterizedTest
    @ValueSource(chars = {'0', '1', '2', '3', '4', '5', '6', 'A', 'B', 'C', 'D', 'E', 'F', 'X', '~'})
    void a_meter_of_any_mode_is_read_at_its_own_speed(char speed) {
        SimulatedMeter meter = new SimulatedMeter(speed, DATA);
        PolledSession session = open(Map.of());
        meter.run(session, 20_000, this::observed);

        assertEquals(List.of(VALUES), readings);
        assertEquals(1, session.counts().good());
        assertEquals(0, session.counts().badChecksum());
        assertEquals(SimulatedMeter.CONFIGURED_BAUD, meter.lineBaud(), "the speed of the next question");
        assertEquals(
                speed <= '6' ? List.of("/?!", "\u00060" + speed + "0") : List.of("/?!"),
                meter.heard.stream().map(each -> each.replaceAll("[\r\n]", "")).toList());

        meter.run(session, 60_000, this::observed);
        assertEquals(List.of(VALUES, VALUES), readings);
    }

    @Test
    void a_head_that_hears_its_own_light_changes_nothing() {
        SimulatedMeter meter = new SimulatedMeter('5', DATA);
        meter.echoes = true;
        PolledSession session = open(Map.of("address", "28342193"));
        meter.run(session, 20_000, this::observed);

        assertEquals(List.of(VALUES), readings);
        assertEquals(0, session.counts().badChecksum());
        assertEquals(List.of("/?28342193!", "\u0006050"), meter.heard);
    }

    @Test
    void damaged_data_are_asked_for_again_but_not_for_ever() {
        SimulatedMeter meter = new SimulatedMeter('5', DATA);
        meter.disturbed = 1;
        PolledSession session = open(Map.of());
        meter.run(session, 20_000, this::observed);
        assertEquals(List.of(VALUES), readings);
        assertEquals(1, session.counts().badChecksum());
        assertEquals(List.of("/?!", "\u0006050", "\u0015"), meter.heard);

        meter.disturbed = 10;
        meter.heard.clear();
        meter.run(session, 55_000, this::observed);
        assertEquals(1, readings.size());
        assertEquals(List.of("/?!", "\u0006050", "\u0015", "\u0015"), meter.heard);
    }

    @Test
    void a_meter_that_fell_silent_is_asked_at_its_first_speed_again() {
        SimulatedMeter meter = new SimulatedMeter('5', DATA);
        PolledSession session = open(Map.of("interval", "10s"));
        meter.run(session, 1_000, this::observed);
        meter.dead = true;
        meter.run(session, 60_000, this::observed);
        assertEquals(List.of(), readings);
        assertEquals(SimulatedMeter.CONFIGURED_BAUD, meter.lineBaud());
        meter.dead = false;
        meter.run(session, 15_000, this::observed);

        assertEquals(VALUES, readings.get(0));
    }

    @Test
    void the_speed_can_be_limited() {
        SimulatedMeter meter = new SimulatedMeter('6', DATA);
        meter.run(open(Map.of("maxbaud", "2400")), 20_000, this::observed);
        assertEquals(List.of("/?!", "\u0006030"), meter.heard);

        SimulatedMeter slow = new SimulatedMeter('6', DATA);
        slow.run(open(Map.of("maxbaud", "300")), 20_000, this::observed);
        assertEquals(List.of("/?!", "\u0006000"), slow.heard);
        assertEquals(List.of(VALUES, VALUES), readings);
    }

    @Test
    void a_long_readout_at_300_baud_is_waited_for() {
        String lines = "1.8.0*77(0030000.000*kWh)\r\n".repeat(200);
        SimulatedMeter meter = new SimulatedMeter('0', lines + DATA);
        PolledSession session = open(Map.of());
        meter.run(session, 250_000, this::observed);

        assertEquals(VALUES, readings.get(0));
        assertEquals(0, session.counts().badChecksum());
    }

    @Test
    void a_recorded_answer_is_read_without_any_question() {
        PolledSession session = open(Map.of());
        feed(session, "/ISK5ME162-0033\r\n".getBytes(StandardCharsets.US_ASCII));
        feed(session, SimulatedMeter.message(DATA));

        assertEquals(List.of(VALUES), readings);
        assertEquals(0, session.counts().skippedBytes());
    }

    @Test
    void every_intact_readout_is_found_behind_noise_and_no_bit_can_be_wrong() {
        byte[] right = SimulatedMeter.message("1.8.0(0032826.545*kWh)\r\n");
        String value = "energy_import=1.18175562E11 J";
        for (int bit = 0; bit < 8 * right.length; bit++) {
            PolledSession session = open(Map.of());
            byte[] wrong = right.clone();
            wrong[bit / 8] ^= (byte) (1 << bit % 8);
            feed(session, wrong);
            assertEquals(List.of(), readings, "bit " + bit);
            feed(session, right);
            assertEquals(List.of(value), readings, "bit " + bit);
            readings.clear();
        }
        for (int cut = 0; cut < right.length; cut++) {
            ByteArrayOutputStream noise = new ByteArrayOutputStream();
            noise.writeBytes("/x\u0002(".getBytes(StandardCharsets.US_ASCII));
            noise.write(right, 0, cut);
            PolledSession session = open(Map.of());
            feed(session, noise.toByteArray());
            feed(session, right);
            assertEquals(List.of(value), readings, "cut " + cut);
            readings.clear();
        }
    }

    @Test
    void a_fault_of_the_meter_makes_its_values_uncertain() {
        PolledSession session = open(Map.of());
        feed(session, SimulatedMeter.message("1.8.0(0000001.000*kWh)\r\nF.F(00000010)\r\n"));

        assertEquals(List.of("energy_import=3600000.0 J!the meter reports a fault: F.F is 00000010"), readings);
    }

    @Test
    void a_value_without_unit_or_with_a_damaged_number_is_none() {
        PolledSession session = open(Map.of());
        feed(session, SimulatedMeter.message("1.8.0(0000001.000)\r\n"));
        assertEquals(1, session.counts().noValue());
        feed(session, SimulatedMeter.message("1.8.0(0000#01.000*kWh)\r\n"));

        assertEquals(List.of(), readings);
        assertEquals(1, session.counts().malformed());
    }

    @Test
    void a_peak_is_read_before_its_time_and_a_note_is_passed_over() {
        PolledSession session = open(Map.of());
        feed(
                session,
                SimulatedMeter.message(
                        "a note\r\n1.6.0(02.589*kW)(2001051145)\r\nP.01(a)(b)\r\n(c)\r\n1.7.0(00.5*kW)\r\n"));

        assertEquals(List.of("power_peak=2589.0 W, power_import=500.0 W"), readings);
    }

    /** Found by fuzzing. */
    @Test
    void data_without_a_single_line_are_no_value() {
        PolledSession session = open(Map.of());
        feed(session, new byte[] {2, 3, 3});

        assertEquals(1, session.counts().noValue());
    }

    @Test
    void options_with_mistakes_are_explained() {
        for (String[] bad : new String[][] {
            {"maxbaud", "1000", "is not one of 300, 600"},
            {"address", "a!b", "is not up to 32 digits"},
            {"interval", "1s", "is not 10s to 24h"}
        }) {
            String message = assertThrows(IllegalArgumentException.class, () -> open(Map.of(bad[0], bad[1])))
                    .getMessage();
            assertTrue(message.contains(bad[2]), message);
        }
    }
}
