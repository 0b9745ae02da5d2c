package io.thicket.drivers.framing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.thicket.drivers.checksum.Checksum;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class LengthFieldFramerTest {
    /** The answer to "sleep". */
    private static final byte[] SLEEP = HexFormat.of().parseHex("424d0004e4000177");

    private static final byte[] DATA =
            HexFormat.of().parseHex("424d001c00000008000800000008000800d20046002d001e00000000970002c5");

    private static LengthFieldFramer framer() {
        return new LengthFieldFramer(new byte[] {0x42, 0x4D}, new int[] {28, 4}, Checksum.SUM16, 500);
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
    void a_layout_without_start_or_lengths_is_refused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new LengthFieldFramer(new byte[0], new int[] {28}, Checksum.SUM16, 500));
        assertThrows(
                IllegalArgumentException.class,
                () -> new LengthFieldFramer(new byte[] {1}, new int[0], Checksum.SUM16, 500));
    }
}
