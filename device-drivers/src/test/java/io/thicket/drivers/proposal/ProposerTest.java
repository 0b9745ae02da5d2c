package io.thicket.drivers.proposal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.drivers.checksum.Checksum;
import io.thicket.drivers.framing.Bytes;
import io.thicket.drivers.framing.CheckPlace;
import io.thicket.drivers.spec.SpecException;
import io.thicket.drivers.spec.SpecReader;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProposerTest {
    private static final CheckPlace SUM16 = new CheckPlace(Checksum.SUM16, 0, -2, -2, false);

    private final Random random = new Random(11);

    private static byte[] hex(String hex) {
        return Bytes.parse(hex).toArray();
    }

    private static byte[] checked(byte[] frame, CheckPlace check) {
        check.write(frame, 0, frame.length);
        return frame;
    }

    /** A frame a second. */
    private static Recorded eachSecond(int count, IntFunction<byte[]> frame) {
        Recorded recorded = new Recorded();
        for (int i = 0; i < count; i++) {
            recorded.add(1_000_000L * i, frame.apply(i));
        }
        return recorded;
    }

    /** One after the other, without times. */
    private static Recorded atOnce(int count, IntFunction<byte[]> frame) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < count; i++) {
            all.writeBytes(frame.apply(i));
        }
        Recorded recorded = new Recorded();
        recorded.add(0, all.toByteArray());
        return recorded;
    }

    private Proposal best(Recorded recorded) {
        List<Proposal> proposals = Proposer.of(recorded);
        assertTrue(!proposals.isEmpty(), "nothing was found");
        return proposals.get(0);
    }

    /** The specification file must be one that the reader takes. */
    private static void assertIsSpecification(String frame) {
        String file = "spec = 1\nid = \"un.known\"\ntitle = \"Unknown\"\n[serial]\nbaud = 9600\n" + frame
                + "[[message]]\n[[message.value]]\nname = \"a\"\nat = 0\ntype = \"u8\"\n";
        try {
            assertNotNull(SpecReader.read(file));
        } catch (SpecException e) {
            // That there is no example yet is for who knows the device.
            List<String> others = e.problems().stream()
                    .map(Object::toString)
                    .filter(problem -> !problem.contains("example"))
                    .toList();
            assertEquals(List.of(), others, file);
        }
    }

    /** As an SDS011 sends: two values, a number that stays, a sum over the middle, and a fixed end. */
    private byte[] dust() {
        byte[] frame = hex("AA C0 00 00 00 00 58 D9 00 AB");
        frame[2] = (byte) random.nextInt(256);
        frame[3] = (byte) random.nextInt(2);
        frame[4] = (byte) random.nextInt(256);
        return checked(frame, new CheckPlace(Checksum.SUM8, 2, -2, -2, false));
    }

    @Test
    void frames_of_one_length_with_a_sum_and_a_fixed_end() {
        Proposal best = best(eachSecond(40, i -> dust()));

        assertEquals("start AA C0, 10 bytes, end AB", best.what());
        assertEquals(new CheckPlace(Checksum.SUM8, 2, -2, -2, false), best.check());
        assertEquals(40, best.frames());
        assertEquals(1, best.score(), 1e-9);
        assertEquals("""
                [frame]
                start = "AA C0"
                end = "AB"
                size = 10
                checksum = { kind = "sum8", from = 2, to = -2, at = -2 }
                """, best.specification());
        assertIsSpecification(best.specification());
    }

    @Test
    void the_same_without_times_among_noise_and_damage() {
        Proposal best = best(atOnce(120, i -> {
            byte[] frame = dust();
            if (i % 10 == 3) {
                frame[random.nextInt(frame.length)] ^= (byte) (1 << random.nextInt(8));
            }
            byte[] noise = new byte[i % 12 == 5 ? random.nextInt(9) : 0];
            random.nextBytes(noise);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.writeBytes(noise);
            out.writeBytes(frame);
            return out.toByteArray();
        }));

        assertEquals("start AA C0, 10 bytes, end AB", best.what());
        assertEquals(new CheckPlace(Checksum.SUM8, 2, -2, -2, false), best.check());
        assertTrue(best.score() > 0.8 && best.score() < 1, best.toString());
    }

    @Test
    void frames_with_a_length_inside_and_a_check_of_two_bytes() {
        Proposal best = best(eachSecond(40, i -> {
            byte[] frame = new byte[6 + random.nextInt(40)];
            random.nextBytes(frame);
            frame[0] = (byte) 0xB5;
            frame[1] = 0x62;
            frame[2] = (byte) (frame.length - 5);
            return checked(frame, new CheckPlace(Checksum.CRC16_XMODEM, 2, -2, -2, false));
        }));

        assertTrue(best.what().startsWith("start B5 62, a length at 2 (plus 5), "), best.what());
        assertEquals(new CheckPlace(Checksum.CRC16_XMODEM, 2, -2, -2, false), best.check());
        assertIsSpecification(best.specification());
    }

    @Test
    void a_length_of_two_bytes_low_first_with_few_lengths_is_listed() {
        Proposal best = best(atOnce(60, i -> {
            byte[] frame = new byte[i % 3 == 0 ? 12 : 20];
            random.nextBytes(frame);
            frame[0] = (byte) 0xF4;
            frame[1] = (byte) 0xF3;
            frame[2] = (byte) (frame.length - 6);
            frame[3] = 0;
            return checked(frame, SUM16);
        }));

        assertEquals(SUM16, best.check());
        assertTrue(best.specification().contains("add = 6, allow = [6, 14] }"), best.specification());
        assertIsSpecification(best.specification());
    }

    @Test
    void frames_between_delimiters_with_escapes() {
        CheckPlace check = new CheckPlace(Checksum.INV8, 0, -1, -1, false);
        Proposal best = best(eachSecond(30, i -> {
            byte[] plain = new byte[12];
            random.nextBytes(plain);
            checked(plain, check);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.write(0x7E);
            for (byte b : plain) {
                boolean escape = b == 0x7E || b == 0x7D || b == 0x11 || b == 0x13;
                if (escape) {
                    out.write(0x7D);
                }
                out.write(escape ? b ^ 0x20 : b);
            }
            out.write(0x7E);
            return out.toByteArray();
        }));

        assertEquals("escaped", best.framing());
        assertEquals(check, best.check());
        assertEquals(30, best.frames());
        assertIsSpecification(best.specification());
    }

    @Test
    void answers_of_modbus_are_frames_between_pauses() {
        Proposal best = best(eachSecond(30, i -> {
            byte[] frame = new byte[i % 2 == 0 ? 9 : 13];
            random.nextBytes(frame);
            frame[0] = (byte) (1 + i % 3);
            frame[1] = 4;
            return checked(frame, new CheckPlace(Checksum.CRC16_MODBUS, 0, -2, -2, true));
        }));

        assertEquals("pause", best.framing());
        assertEquals(new CheckPlace(Checksum.CRC16_MODBUS, 0, -2, -2, true), best.check());
        assertTrue(best.evidence().get(1).startsWith("Modbus RTU has this check"), best.toString());
        assertEquals("", best.specification());
    }

    @Test
    void frames_without_a_check_are_proposed_with_less_confidence() {
        Proposal best = best(eachSecond(40, i -> {
            byte[] frame = hex("F4 F3 F2 F1 00 00 00 00 00 F8 F7 F6 F5");
            for (int k = 4; k < 9; k++) {
                frame[k] = (byte) random.nextInt(256);
            }
            return frame;
        }));

        assertEquals("start F4 F3, 13 bytes, end F8 F7 F6 F5", best.what());
        assertNull(best.check());
        assertTrue(best.score() <= Proposal.UNCHECKED, best.toString());
        assertIsSpecification(best.specification());
    }

    @Test
    void one_frame_again_and_again_says_nothing_of_its_check() {
        byte[] frame = dust();
        Proposal best = best(eachSecond(40, i -> frame));

        assertTrue(best.what().startsWith("start AA C0, 10 bytes"), best.what());
        assertNull(best.check());
        assertTrue(best.evidence().contains("only 1 different frames: too few to find a check"), best.toString());
    }

    @Test
    void sentences_and_other_lines() {
        Proposal nmea = best(atOnce(12, i -> {
            String body = "YXMTW," + (10 + i) + ".5,C";
            int check = Checksum.XOR8.over(body.getBytes(StandardCharsets.US_ASCII), 0, body.length());
            return String.format("$%s*%02X\r\n", body, check).getBytes(StandardCharsets.US_ASCII);
        }));
        Proposal text = best(atOnce(12, i -> ("t=" + i + " h=40.5\n").getBytes(StandardCharsets.US_ASCII)));

        assertTrue(nmea.evidence().get(1).endsWith("driver nmea0183"), nmea.toString());
        assertEquals(1, nmea.score(), 1e-9);
        assertEquals("line", text.framing());
        assertEquals(Proposal.UNCHECKED, text.score(), 1e-9);
        assertIsSpecification(text.specification());
    }

    @Test
    void seven_bits_with_parity_heard_with_eight() {
        Proposal best = best(atOnce(12, i -> {
            byte[] line = ("1.8.0(00" + i + ".426*kWh)\r\n").getBytes(StandardCharsets.US_ASCII);
            for (int k = 0; k < line.length; k++) {
                line[k] |= (byte) (Integer.bitCount(line[k]) % 2 << 7);
            }
            return line;
        }));

        assertEquals("7E1", best.format());
        assertEquals("line", best.framing());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 40, 300, 2_000, 20_000})
    void noise_is_nothing(int length) {
        for (int seed = 0; seed < (length > 10_000 ? 5 : 40); seed++) {
            Random noise = new Random(seed);
            Recorded whole = new Recorded();
            Recorded timed = new Recorded();
            Recorded few = new Recorded();
            byte[] bytes = new byte[length];
            noise.nextBytes(bytes);
            whole.add(0, bytes);
            for (int at = 0; at < length; at += 32) {
                timed.add(at * 1_000L, java.util.Arrays.copyOfRange(bytes, at, Math.min(length, at + 32)));
            }
            // As a line at a wrong rate: few values, all mixed.
            for (int i = 0; i < length; i++) {
                bytes[i] = (byte) (0xFF << noise.nextInt(8));
            }
            few.add(0, bytes);

            assertEquals(List.of(), Proposer.of(whole), "seed " + seed);
            assertEquals(List.of(), Proposer.of(timed), "seed " + seed + ", with pauses");
            assertEquals(List.of(), Proposer.of(few), "seed " + seed + ", few values");
        }
    }

    @Test
    void a_line_that_is_stuck_is_nothing() {
        for (int value : new int[] {0, 0x55, 0xFF}) {
            Recorded stuck = new Recorded();
            byte[] bytes = new byte[5_000];
            java.util.Arrays.fill(bytes, (byte) value);
            stuck.add(0, bytes);

            assertEquals(List.of(), Proposer.of(stuck), "value " + value);
        }
    }
}
