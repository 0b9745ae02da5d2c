package io.thicket.drivers.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.drivers.framing.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class CaptureTextTest {
    @Test
    void a_line_reads_back_as_it_was_written() {
        byte[] bytes = {0, (byte) 0xAA, (byte) 0xFF, 1};

        String text = Capture.MAGIC + "\n# line 9600 8N1\n# started 1732600000.250000\n"
                + Capture.line(1_000_120, true, bytes, 1, 2) + "\n" + Capture.line(61_000_000, false, bytes, 0, 1)
                + "\n";
        Capture capture = Capture.parse(text);

        assertTrue(text.contains("\n+1.000120 RX aa ff\n+61.000000 TX 00\n"), text);
        assertEquals("9600 8N1", capture.head().get("line"));
        assertEquals(
                List.of(
                        new Capture.Piece(1_000_120, true, Bytes.parse("AA FF")),
                        new Capture.Piece(61_000_000, false, Bytes.parse("00"))),
                capture.pieces());
    }

    @Test
    void a_line_that_is_none_is_named() {
        var refused =
                assertThrows(IllegalArgumentException.class, () -> Capture.parse("+1.000000 RX aa\n\n+2.0 RX aa\n"));

        assertEquals(
                "line 3 is no line of a recording; it should look like \"+1.000000 RX 42 4d 00 1c\"",
                refused.getMessage());
    }

    @Test
    void a_recording_is_told_from_raw_bytes() {
        assertTrue(isOne(Capture.MAGIC + "\n"));
        assertTrue(isOne("+0.000000 RX 42 4d\n"));
        assertFalse(isOne("# a log of gpsd\n$GPGGA,"));
        assertFalse(isOne("+EVT:RXP2P:-10:5:AA\n"));
        assertFalse(isOne(""));
    }

    private static boolean isOne(String text) {
        return Capture.isOne(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Found in review: the pattern went as deep as the line is long. */
    @Test
    void a_line_may_be_long() {
        byte[] bytes = new byte[1_000_000];
        String text = Capture.MAGIC + "\n" + Capture.line(1, true, bytes, 0, bytes.length) + " \n";

        assertEquals(bytes.length, Capture.parse(text).pieces().get(0).bytes().length());
    }
}
