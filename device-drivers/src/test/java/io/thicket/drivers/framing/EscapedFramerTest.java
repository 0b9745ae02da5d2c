package io.thicket.drivers.framing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.thicket.drivers.checksum.Checksum;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class EscapedFramerTest {
    private static final Bytes PAIRS = Bytes.parse("5E 7E 5D 7D 31 11 33 13");
    private static final CheckPlace CHECK = new CheckPlace(Checksum.INV8, 0, -1, -1, false);

    private static EscapedFramer framer() {
        return new EscapedFramer(new EscapedFormat(0x7E, 0x7D, PAIRS, CHECK, 32, 500));
    }

    private final Framed framed = new Framed(framer());

    private static byte[] hex(String hex) {
        return Bytes.parse(hex).toArray();
    }

    private static String latin1(String hex) {
        return new String(hex(hex), StandardCharsets.ISO_8859_1);
    }

    @Test
    void escapes_are_taken_out_before_the_check() {
        framed.feed(3, hex("7E 00 7D 5E 7D 5D 7D 31 7D 33 E0 7E"));

        assertEquals(List.of(latin1("00 7E 7D 11 13 E0")), framed.frames);
        assertEquals(List.of(3L), framed.arrivals);
        assertEquals(0, framed.framer.skippedBytes());
    }

    @Test
    void one_delimiter_between_frames_is_enough() {
        framed.feed(0, hex("7E 01 FE 7E 02 FD 7E 7E 03 FC 7E"));

        assertEquals(List.of(latin1("01 FE"), latin1("02 FD"), latin1("03 FC")), framed.frames);
    }

    @Test
    void garbage_before_and_between_frames_costs_no_frame() {
        framed.feed(0, hex("12 7D 34 7E 01 FE 7E 99 88 7E 02 FD 7E"));

        assertEquals(List.of(latin1("01 FE"), latin1("02 FD")), framed.frames);
        assertEquals(5, framed.framer.skippedBytes());
        assertEquals(1, framed.framer.badChecksums());
    }

    @Test
    void an_unknown_escape_or_one_before_the_end_spoils_the_frame() {
        framed.feed(0, hex("7E 01 7D 00 FE 7E 01 FE 7D 7E 02 FD 7E"));

        assertEquals(List.of(latin1("02 FD")), framed.frames);
    }

    @Test
    void each_flipped_bit_is_refused_or_changes_no_byte() {
        byte[] frame = hex("7E 00 03 00 04 7D 5E 12 7D 33 44 11 7E");
        frame[frame.length - 2] = (byte) Checksum.INV8.over(hex("00 03 00 04 7E 12 13 44"), 0, 8);
        Framed whole = new Framed(framer()).feed(0, frame);
        assertEquals(1, whole.frames.size());
        for (int bit = 0; bit < frame.length * 8; bit++) {
            byte[] damaged = frame.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            Framed one = new Framed(framer()).feed(0, damaged).feed(1, frame);

            assertEquals(List.of(whole.frames.get(0)), one.frames, "bit " + bit);
        }
    }

    @Test
    void a_frame_that_is_too_long_is_dropped_and_counted() {
        framed.feed(0, hex("7E" + " 01".repeat(40) + " 7E 02 FD 7E"));

        assertEquals(1, framed.frames.size());
        assertEquals(1, framed.framer.overlong());
        assertEquals(40, framed.framer.skippedBytes());
    }

    @Test
    void half_a_frame_is_dropped_after_silence() {
        framed.feed(0, hex("7E 01")).silence(501).feed(600, hex("FE 7E 02 FD 7E"));

        assertEquals(List.of(latin1("02 FD")), framed.frames);
        assertEquals(2, framed.framer.skippedBytes());
    }

    @Test
    void a_layout_that_cannot_be_is_refused() {
        assertThrows(IllegalArgumentException.class, () -> new EscapedFormat(0x7E, 0x7E, PAIRS, CHECK, 32, 500));
        assertThrows(
                IllegalArgumentException.class, () -> new EscapedFormat(0x7E, 0x7D, Bytes.parse("5E"), CHECK, 32, 500));
        assertThrows(IllegalArgumentException.class, () -> new EscapedFormat(0x7E, 0x7D, PAIRS, CHECK, 5000, 500));
    }
}
