package io.thicket.drivers.meter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.drivers.checksum.Checksum;
import io.thicket.drivers.framing.Bytes;
import io.thicket.drivers.framing.Framer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MeterFramersTest {
    private static final byte[] MBUS = Bytes.parse(
                    "68 12 12 68 08 08 72 78 03 49 11 77 04 0E 16 29 00 00 00 01 13 05 BE 16")
            .toArray();

    private static List<String> frames(Framer framer, byte[]... pieces) {
        List<String> frames = new ArrayList<>();
        for (byte[] piece : pieces) {
            framer.onBytes(
                    0,
                    piece,
                    0,
                    piece.length,
                    (at, buffer, from, length) ->
                            frames.add(new String(buffer, from, length, StandardCharsets.ISO_8859_1)));
        }
        framer.onSilence(
                100_000,
                (at, buffer, from, length) ->
                        frames.add(new String(buffer, from, length, StandardCharsets.ISO_8859_1)));
        return frames;
    }

    private static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] right(byte[] frame) {
        frame[frame.length - 2] = (byte) Checksum.SUM8.over(frame, 4, frame.length - 2);
        return frame;
    }

    /** A telegram with its CRC. */
    static byte[] telegram(String body) {
        String text = "/ISK5\\2MT382\r\n\r\n" + body + "!";
        int crc = Checksum.CRC16_ARC.over(latin1(text), 0, text.length());
        return latin1(text + String.format("%04X\r\n", crc));
    }

    /** A transmission: escapes, fill bytes and CRC around {@code body}. */
    static byte[] transmission(byte[] body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(Bytes.parse("1B 1B 1B 1B 01 01 01 01").toArray());
        int run = 0;
        int fill = (4 - body.length % 4) % 4;
        for (int i = 0; i < body.length + fill; i++) {
            int b = i < body.length ? body[i] & 0xFF : 0;
            out.write(b);
            run = b == 0x1B ? run + 1 : 0;
            if (run == 4) {
                out.writeBytes(Bytes.parse("1B 1B 1B 1B").toArray());
                run = 0;
            }
        }
        out.writeBytes(Bytes.parse("1B 1B 1B 1B 1A").toArray());
        out.write(fill);
        int crc = Checksum.CRC16_X25.over(out.toByteArray(), 0, out.size());
        out.write(crc & 0xFF);
        out.write(crc >> 8);
        return out.toByteArray();
    }

    /** Any framer: whole, in pieces, among noise, and with each bit flipped. */
    private static void check(java.util.function.Supplier<Framer> make, byte[] frame, int copies) {
        List<String> one = frames(make.get(), frame);
        assertEquals(1, one.size());
        byte[][] pieces = new byte[frame.length][];
        for (int i = 0; i < frame.length; i++) {
            pieces[i] = new byte[] {frame[i]};
        }
        assertEquals(one, frames(make.get(), pieces));

        Random random = new Random(3);
        for (int round = 0; round < 200; round++) {
            byte[] noise = new byte[random.nextInt(20)];
            random.nextBytes(noise);
            byte[] cut = java.util.Arrays.copyOf(frame, random.nextInt(frame.length));
            List<String> found = frames(make.get(), noise, cut, noise, frame, frame);
            assertTrue(
                    java.util.Collections.frequency(found, one.get(0)) >= copies,
                    "round " + round + " " + found.size() + " noise " + Bytes.copyOf(noise) + " cut "
                            + Bytes.copyOf(cut));
        }
        for (int bit = 0; bit < frame.length * 8; bit++) {
            byte[] damaged = frame.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            List<String> found = frames(make.get(), damaged);
            found.removeIf(each -> each.equals("\u00e5"));
            // A bit in the line end behind the check damages nothing.
            found.removeIf(one.get(0)::equals);
            assertEquals(List.of(), found, "bit " + bit);
        }
    }

    @Test
    void mbus_frames() {
        check(() -> new MbusFramer(500), right(MBUS.clone()), 2);
    }

    @Test
    void telegrams_with_a_crc() {
        check(
                () -> new TelegramFramer(true, 500),
                telegram("1-0:1.8.1(000004.426*kWh)\r\n1-0:1.7.0(00.244*kW)\r\n"),
                2);
    }

    @Test
    void transmissions_of_sml() {
        byte[] body =
                Bytes.parse("76 05 1B 1B 1B 1B 1B 1B 1B 1B 1B 62 00 1B 1B 01").toArray();

        check(() -> new SmlFramer(500), transmission(body), 2);
        assertEquals(
                new String(body, StandardCharsets.ISO_8859_1),
                frames(new SmlFramer(500), transmission(body)).get(0));
    }

    @Test
    void a_crc_of_a_telegram_may_lack_its_leading_zero() {
        for (int i = 0; i < 100_000; i++) {
            String telegram =
                    new String(telegram("1-0:1.8.1(" + (100_000 + i) + "*kWh)\r\n"), StandardCharsets.ISO_8859_1);
            int mark = telegram.indexOf('!');
            if (telegram.charAt(mark + 1) == '0') {
                byte[] shortened = latin1(telegram.substring(0, mark + 1) + telegram.substring(mark + 2));
                assertEquals(1, frames(new TelegramFramer(true, 500), shortened).size());
                return;
            }
        }
        throw new AssertionError("no CRC began with 0");
    }

    @Test
    void a_telegram_without_a_crc_passes_only_where_there_is_none() {
        byte[] telegram = latin1("/ISK5\\2MT382\r\n\r\n1-0:1.8.1(00001.001*kWh)\r\n!\r\n");

        assertEquals(1, frames(new TelegramFramer(false, 500), telegram).size());
        assertEquals(0, frames(new TelegramFramer(true, 500), telegram).size());
    }

    @Test
    void data_between_stx_and_etx_has_a_check_character() {
        String data = "1.8.0(0032826.545*kWh)\r\n!\r\n\u0003";
        int bcc = Checksum.XOR8.over(latin1(data), 0, data.length()) & 0x7F;
        byte[] right = latin1("\u007f\u007f/ISK5ME162-0033\r\n\u0002" + data + (char) bcc);
        byte[] wrong = latin1("/ISK5ME162-0033\r\n\u0002" + data + (char) (bcc ^ 1));

        assertEquals(1, frames(new TelegramFramer(false, 500), right).size());
        assertEquals(0, frames(new TelegramFramer(false, 500), wrong).size());
    }

    @Test
    void an_acknowledgement_of_mbus_is_a_frame() {
        assertEquals(
                List.of("\u00e5", "\u00e5"),
                frames(new MbusFramer(500), Bytes.parse("E5 00 E5").toArray()));
    }

    @Test
    void endless_input_ends_in_bounded_memory() {
        byte[] slashes = "/x".repeat(20_000).getBytes(StandardCharsets.US_ASCII);
        byte[] escapes = new byte[40_000];
        java.util.Arrays.fill(escapes, (byte) 0x1B);
        byte[] starts = new byte[40_000];
        java.util.Arrays.fill(starts, (byte) 0x68);

        assertEquals(0, frames(new TelegramFramer(false, 500), slashes).size());
        assertEquals(0, frames(new SmlFramer(500), escapes).size());
        assertEquals(0, frames(new MbusFramer(500), starts).size());
    }
}
