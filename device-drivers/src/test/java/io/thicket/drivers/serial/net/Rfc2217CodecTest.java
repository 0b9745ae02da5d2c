package io.thicket.drivers.serial.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.drivers.LineParameters;
import io.thicket.drivers.LineParameters.Parity;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The client's side of RFC 2217 in bytes. */
class Rfc2217CodecTest {
    private static final LineParameters LINE = new LineParameters(255, 7, Parity.EVEN, 1, true, false);

    private final Rfc2217Codec codec = new Rfc2217Codec();
    private final ByteArrayOutputStream replies = new ByteArrayOutputStream();

    private String data(String hex) {
        byte[] in = HexFormat.of().parseHex(hex.replace(" ", ""));
        byte[] data = new byte[in.length];
        return hex(Arrays.copyOf(data, codec.decode(in, 0, in.length, data, 0, replies)), data);
    }

    private static String hex(byte[] shape, byte[] data) {
        return HexFormat.of().formatHex(data, 0, shape.length);
    }

    private String replies() {
        return HexFormat.of().formatHex(replies.toByteArray());
    }

    @Test
    void the_line_is_asked_for_in_six_commands_with_iac_doubled() {
        assertEquals(
                "fffa2c01000000ffff" + "fff0" // 255 baud: the value has an IAC in it
                        + "fffa2c0207fff0"
                        + "fffa2c0303fff0"
                        + "fffa2c0401fff0"
                        + "fffa2c0501fff0"
                        + "fffa2c0508fff0" // DTR on
                        + "fffa2c050cfff0", // RTS off
                HexFormat.of().formatHex(codec.line(LINE)));
    }

    @Test
    void it_says_hello_with_eight_clean_bits_and_the_option() {
        assertEquals(
                "fffb00" + "fffd00" + "fffb03" + "fffd03" + "fffb2c",
                HexFormat.of().formatHex(codec.hello()));
    }

    @Test
    void data_are_data_and_iac_is_doubled_in_both_directions() {
        assertEquals("01ff02", data("01 FFFF 02"));
        assertEquals(
                "01ffff02", HexFormat.of().formatHex(Rfc2217Codec.escaped(new byte[] {9, 1, (byte) 255, 2}, 1, 3)));
    }

    @Test
    void commands_are_taken_out_wherever_the_reads_are_cut() {
        String stream = "41 FFFD2C 42 FFFA2C6500002580FFF0 43 FFF1 44 FFFA2C6B41FFF0 45 FFFF 46";
        String whole = data(stream);
        assertEquals("4142434445ff46", whole);
        Rfc2217CodecTest pieces = new Rfc2217CodecTest();
        StringBuilder all = new StringBuilder();
        String bare = stream.replace(" ", "");
        for (int i = 0; i < bare.length(); i += 2) {
            all.append(pieces.data(bare.substring(i, i + 2)));
        }
        assertEquals(whole, all.toString());
        assertTrue(codec.isAccepted() && pieces.codec.isAccepted());
        assertEquals(9600, codec.baud());
    }

    @Test
    void what_the_server_set_is_compared_with_what_is_wanted() {
        LineParameters line = LineParameters.of8N1(9600);
        byte[] unused = codec.line(line);
        data("FFFA2C6500002580FFF0 FFFA2C6608FFF0 FFFA2C6701FFF0");
        assertFalse(codec.isAnswered());
        data("FFFA2C6801FFF0");
        assertTrue(codec.isAnswered());
        assertTrue(codec.isSet(line));
        assertFalse(codec.isSet(LineParameters.of8N1(19_200)));
        byte[] again = codec.line(line);
        assertFalse(codec.isAnswered(), "an old answer does not count for a new question");
        assertTrue(again.length > 0);
    }

    @Test
    void options_of_others_are_refused_once_each() {
        assertEquals("", data("FFFB01 FFFD18 FFFB01 FFFD18 FFFB00 FFFD00 FFFE2C"));
        assertEquals("fffe01" + "fffc18", replies());
        assertTrue(codec.isRefused());
        assertFalse(codec.isAccepted());
    }

    @Test
    void a_break_is_set_and_taken_back() {
        assertEquals(
                "fffa2c0505fff0" + "fffa2c0506fff0",
                HexFormat.of().formatHex(codec.breakLine(true)) + HexFormat.of().formatHex(codec.breakLine(false)));
    }

    @Test
    void a_server_may_ask_for_a_pause() {
        data("FFFA2C6CFFF0");
        assertTrue(codec.isSuspended());
        data("FFFA2C6DFFF0");
        assertFalse(codec.isSuspended());
    }

    @Test
    void a_sub_negotiation_without_end_is_bounded_and_counted() {
        data("FFFA2C65" + "00".repeat(10_000));
        assertEquals("", data("FFF0"));
        assertEquals(1, codec.overlong());
        assertEquals(-1, codec.baud());
        assertEquals("41", data("41"));
    }
}
