package io.thicket.drivers.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.drivers.PolledSession;
import io.thicket.drivers.checksum.Checksum;
import io.thicket.drivers.framing.Bytes;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Registers of a Kamstrup meter; frames made by hand after the protocol, with two bytes that must be stuffed. */
class KamstrupMeterTest {
    static final String ANSWER =
            "40 3F 10 00 3C 08 04 42 00 00 04 D2 00 44 28 04 42 00 00 D4 31 00 50 16 04 41 00 00 00 39"
                    + " 00 4A 29 04 00 00 00 00 FA 00 56 25 04 42 00 00 19 1B F2 00 57 25 04 42 00 00 0F 1B F9"
                    + " 00 59 26 04 42 00 00 0A 07 00 63 33 04 00 00 00 00 00 9C BE 0D";
    private static final String QUESTION = "80 3F 10 08 00 3C 00 44 00 50 00 4A 00 56 00 57 00 59 00 63 BB 5A 0D";
    private static final String VALUES =
            "energy=1.234E10 J, volume=543.21 m3, power=5700.0 W, flow=6.944444444444444E-5 m3/s,"
                    + " flow_temperature=64.13 Cel, return_temperature=38.46 Cel, temperature_difference=25.67 K, info=0.0";

    /** An answer with one register. */
    private static byte[] register(int number, int unit, int exponent, String mantissa) {
        byte[] digits = Bytes.parse(mantissa).toArray();
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.writeBytes(new byte[] {0x3F, 0x10, (byte) (number >> 8), (byte) number, (byte) unit});
        message.write(digits.length);
        message.write(exponent);
        message.writeBytes(digits);
        return framed(message.toByteArray());
    }

    /** From the meter, stuffed and with its check. */
    static byte[] framed(byte[] message) {
        int check = Checksum.CRC16_XMODEM.over(message, 0, message.length);
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        line.write(0x40);
        for (int i = 0; i < message.length + 2; i++) {
            int b = i < message.length ? message[i] & 0xFF : check >> 8 * (message.length + 1 - i) & 0xFF;
            if (List.of(0x06, 0x0D, 0x1B, 0x40, 0x80).contains(b)) {
                line.write(0x1B);
                line.write(b ^ 0xFF);
            } else {
                line.write(b);
            }
        }
        line.write(0x0D);
        return line.toByteArray();
    }

    @Test
    void an_answer_gives_its_registers_at_once_and_byte_by_byte() {
        Decoded whole = Decoded.by("kamstrup.kmp").hex(0, ANSWER);
        Decoded pieces = Decoded.by("kamstrup.kmp");
        for (byte b : Bytes.parse(ANSWER).toArray()) {
            pieces.feed(0, new byte[] {b});
        }

        assertEquals(List.of(VALUES), whole.lines());
        assertEquals(List.of(VALUES), pieces.lines());
        assertEquals(0, whole.counts().skippedBytes());
    }

    @ParameterizedTest
    @CsvSource({
        "60, 2, 0x42, 00 00 04 D2, energy=4.4424E7 J",
        "60, 3, 0x43, 00 00 04 D2, energy=4.4424E9 J",
        "60, 12, 0x42, 00 64, energy=4.1868E9 J",
        "60, 57, 0x00, 02, energy=2.0E10 J",
        "68, 39, 0x01, 00 05, volume=0.05 m3",
        "80, 22, 0xC1, 00 05, power=-500.0 W",
        "86, 37, 0xC1, 00 41, flow_temperature=-6.5 Cel",
        "86, 37, 0x80, 00 00, flow_temperature=0.0 Cel",
        "74, 42, 0x40, 00 24, flow=0.01 m3/s",
        "1004, 46, 0x00, 00 00 27 10, operating_time=3.6E7 s",
        "91, 52, 0x42, 01 90, pressure=400000.0 Pa",
        "72, 44, 0x42, 02 58, mass=6000.0 kg",
        "60, 2, 0x00, 00 00 00 00 00 00 05, energy=1.8E7 J"
    })
    void unit_exponent_and_signs_are_the_registers_own(
            int number, int unit, String exponent, String mantissa, String reading) {
        Decoded meter = Decoded.by("kamstrup.kmp").feed(0, register(number, unit, Integer.decode(exponent), mantissa));

        assertEquals(List.of(reading), meter.lines());
    }

    @ParameterizedTest
    @CsvSource({"60, 48, 04 D2", "9999, 2, 04 D2", "60, 200, 04 D2", "60, 2, ''", "60, 2, 01 02 03 04 05 07 08 09"})
    void what_has_no_number_that_is_known_has_no_value(int number, int unit, String mantissa) {
        Decoded meter = Decoded.by("kamstrup.kmp").feed(0, register(number, unit, 0, mantissa));

        assertEquals(List.of(), meter.readings);
        assertEquals(1, meter.counts().noValue());
    }

    @Test
    void an_answer_without_registers_has_no_value_and_one_with_half_a_register_is_malformed() {
        Decoded meter = Decoded.by("kamstrup.kmp")
                .feed(0, framed(Bytes.parse("3F 10").toArray()))
                .feed(1, framed(Bytes.parse("3F 10 00 3C 02 04 00 01 02").toArray()))
                .feed(2, framed(Bytes.parse("3F 10 00 3C 02").toArray()));

        assertEquals(1, meter.counts().noValue());
        assertEquals(2, meter.counts().malformed());
    }

    @Test
    void the_echo_of_a_question_and_answers_of_other_kinds_are_passed_over() {
        Decoded meter = Decoded.by("kamstrup.kmp")
                .hex(0, QUESTION)
                .feed(1, framed(Bytes.parse("3F 02 00 00 30 39").toArray()))
                .feed(2, framed(Bytes.parse("7F 10 00 3C 02 02 00 04 D2").toArray()))
                .hex(3, ANSWER);

        assertEquals(List.of(VALUES), meter.lines());
        assertEquals(0, meter.counts().skippedBytes() + meter.counts().noValue());
    }

    @Test
    void each_flipped_bit_is_refused_and_the_next_answer_is_found() {
        byte[] answer = Bytes.parse(ANSWER).toArray();
        for (int bit = 0; bit < 8 * answer.length; bit++) {
            byte[] damaged = answer.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            Decoded meter = Decoded.by("kamstrup.kmp").feed(0, damaged).feed(1_000, answer);

            assertEquals(List.of(VALUES), meter.lines(), "bit " + bit);
            assertEquals(List.of(1_000L), meter.arrivals, "bit " + bit);
        }
    }

    @Test
    void an_answer_is_found_behind_noise_and_half_answers() {
        Random random = new Random(3);
        byte[] answer = Bytes.parse(ANSWER).toArray();
        for (int round = 0; round < 2_000; round++) {
            byte[] noise = new byte[random.nextInt(300)];
            random.nextBytes(noise);
            byte[] half = java.util.Arrays.copyOf(answer, random.nextInt(answer.length));
            Decoded meter =
                    Decoded.by("kamstrup.kmp").feed(0, noise).feed(0, half).feed(5, answer);

            assertTrue(meter.lines().contains(VALUES), "round " + round);
            assertEquals(5, meter.arrivals.get(meter.arrivals.size() - 1));
        }
    }

    private static List<String> questions(Map<String, String> options, long forMs) {
        PolledSession session = assertInstanceOf(
                PolledSession.class,
                DriverCatalogue.find("kamstrup.kmp").orElseThrow().open(options));
        session.reset();
        List<String> asked = new ArrayList<>();
        byte[] answer = Bytes.parse(ANSWER).toArray();
        for (long now = 0; now < forMs; now += 10) {
            byte[] question = session.waitMs(now) == 0 ? session.poll(now) : null;
            if (question != null) {
                asked.add(now + " " + Bytes.copyOf(question));
                session.onSent(now);
                // The optical head hands back what it sent.
                session.onBytes(now, question, 0, question.length, (at, values) -> {});
                session.onBytes(now, answer, 0, answer.length, (at, values) -> {});
            }
        }
        return asked;
    }

    @Test
    void usual_registers_are_one_question() {
        assertEquals(List.of("0 " + QUESTION, "300000 " + QUESTION), questions(Map.of(), 301_000));
    }

    @Test
    void only_what_is_wanted_is_asked() {
        assertEquals(
                List.of("0 80 3F 10 01 00 3C B2 5F 0D"),
                questions(Map.of("values", "energy", "interval", "1h"), 60_000));
        List<String> two = questions(
                Map.of("values", "energy,volume,power,flow,info,mass,energy_2,volume_2,operating_time"), 60_000);
        assertEquals(2, two.size());
        assertTrue(two.get(1).startsWith("200 80 3F 10 01 03 EC "), two.get(1));
    }

    @Test
    void what_is_wrong_in_the_options_is_said() {
        for (Map<String, String> options : List.of(Map.of("values", "heat"), Map.of("interval", "5s"))) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> DriverCatalogue.find("kamstrup.kmp").orElseThrow().open(options));
        }
    }
}
