package io.thicket.drivers.framing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.thicket.drivers.checksum.Checksum;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class BinaryFramerTest {
    /** The answer to "sleep". */
    private static final byte[] SLEEP = HexFormat.of().parseHex("424d0004e4000177");

    private static final byte[] DATA =
            HexFormat.of().parseHex("424d001c00000008000800000008000800d20046002d001e00000000970002c5");

    private static final CheckPlace SUM = new CheckPlace(Checksum.SUM16, 0, -2, -2, false);

    private static BinaryFramer framer() {
        LengthField length = new LengthField(2, 2, false, 4, List.of(28, 4));
        return new BinaryFramer(new BinaryFormat(Bytes.parse("42 4D"), Bytes.NONE, 0, length, SUM, 32, 500));
    }

    /** Any length, up to 64 bytes in all. */
    private static BinaryFramer anyLength() {
        LengthField length = new LengthField(1, 1, false, 3, List.of());
        CheckPlace sum = new CheckPlace(Checksum.SUM8, 0, -1, -1, false);
        return new BinaryFramer(new BinaryFormat(Bytes.parse("AA"), Bytes.NONE, 0, length, sum, 64, 500));
    }

    private final Framed framed = new Framed(framer());

    @Test
    void frames_of_each_allowed_length_pass() {
        framed.feed(0, DATA).feed(1, DATA);

        assertEquals(2, framed.frames.size());
        assertEquals(32, framed.frames.get(0).length());
        assertEquals(0, framed.framer.skippedBytes());
    }

    @Test
    void bytes_may_come_one_at_a_time() {
        long now = 0;
        for (byte b : DATA) {
            framed.feed(now++, new byte[] {b});
        }

        assertEquals(List.of(0L), framed.arrivals);
    }

    @Test
    void garbage_between_frames_is_skipped_and_counted() {
        framed.feed(0, "Bxx\u0042").feed(1, DATA).feed(2, "BM\u0000\u0099").feed(3, DATA);

        assertEquals(2, framed.frames.size());
        assertEquals(8, framed.framer.skippedBytes());
        assertEquals(0, framed.framer.badChecksums());
    }

    @Test
    void a_frame_that_begins_inside_a_broken_one_is_found() {
        byte[] cut = new byte[20];
        System.arraycopy(DATA, 0, cut, 0, 20);
        framed.feed(0, cut).feed(1, DATA).feed(2, DATA);

        assertEquals(2, framed.frames.size());
        assertEquals(1, framed.framer.badChecksums());
        assertEquals(20, framed.framer.skippedBytes());
    }

    @Test
    void a_byte_lost_inside_a_frame_costs_that_frame_only() {
        for (int lost = 0; lost < DATA.length; lost++) {
            byte[] damaged = new byte[DATA.length - 1];
            System.arraycopy(DATA, 0, damaged, 0, lost);
            System.arraycopy(DATA, lost + 1, damaged, lost, DATA.length - lost - 1);
            Framed one = new Framed(framer()).feed(0, damaged).feed(1, DATA);

            String whole = new String(DATA, StandardCharsets.ISO_8859_1);
            assertEquals(List.of(whole), one.frames, "byte " + lost);
        }
    }

    @Test
    void each_flipped_bit_is_refused() {
        for (int bit = 0; bit < DATA.length * 8; bit++) {
            byte[] damaged = DATA.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            Framed one = new Framed(framer()).feed(0, damaged).feed(1, DATA);

            assertEquals(1, one.frames.size(), "bit " + bit);
        }
    }

    @Test
    void half_a_frame_is_dropped_after_silence() {
        framed.feed(0, new byte[] {0x42, 0x4D, 0, 28, 1, 2, 3}).silence(500).silence(501);

        assertEquals(7, framed.framer.skippedBytes());
    }

    @Test
    void the_answer_to_a_command_is_a_frame_of_its_own() {
        framed.feed(0, SLEEP).feed(1, DATA);

        assertEquals(List.of(8, 32), framed.frames.stream().map(String::length).toList());
    }

    @Test
    void a_frame_behind_a_false_start_is_found_when_the_line_falls_silent() {
        // AA 3C promises 63 bytes that never come; the frame behind it is whole.
        Framed one = new Framed(anyLength())
                .feed(7, Bytes.parse("AA 3C AA 02 01 02 AF").toArray());

        assertEquals(0, one.frames.size());
        one.silence(508);

        assertEquals(1, one.frames.size());
        assertEquals(List.of(7L), one.arrivals);
        assertEquals(2, one.framer.skippedBytes());
    }

    @Test
    void a_frame_with_a_wrong_end_is_none() {
        CheckPlace sum = new CheckPlace(Checksum.SUM8, 2, -2, -2, false);
        BinaryFormat format = new BinaryFormat(Bytes.parse("AA"), Bytes.parse("AB"), 10, null, sum, 10, 500);
        Framed one = new Framed(new BinaryFramer(format))
                .feed(0, Bytes.parse("aa c0 06 00 06 00 58 d9 3d ac").toArray())
                .feed(1, Bytes.parse("aa c0 06 00 06 00 58 d9 3d ab").toArray());

        assertEquals(1, one.frames.size());
        assertEquals(0, one.framer.badChecksums());
        assertEquals(10, one.framer.skippedBytes());
    }

    @Test
    void a_layout_that_cannot_be_is_refused() {
        LengthField length = new LengthField(2, 2, false, 4, List.of(28));
        refused(() -> new BinaryFormat(Bytes.NONE, Bytes.NONE, 0, length, SUM, 32, 500));
        refused(() -> new BinaryFormat(Bytes.parse("42"), Bytes.NONE, 0, null, SUM, 32, 500));
        refused(() -> new BinaryFormat(Bytes.parse("42"), Bytes.NONE, 8, length, SUM, 32, 500));
        refused(() -> new BinaryFormat(Bytes.parse("42 4D"), Bytes.NONE, 1, null, null, 32, 500));
        refused(() -> new BinaryFormat(Bytes.parse("42 4D"), Bytes.NONE, 0, length, SUM, 5000, 500));
        refused(() -> new LengthField(0, 3, false, 4, List.of()));
    }

    private static void refused(Executable layout) {
        assertThrows(IllegalArgumentException.class, layout);
    }
}
