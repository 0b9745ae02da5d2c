package io.thicket.drivers.framing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class VeDirectFramerTest {
    private final Framed framed = new Framed(new VeDirectFramer(2000));

    /** A block of fields with the checksum that makes it right. */
    private static String block(String... fields) {
        String block = "\r\n" + String.join("\r\n", fields) + "\r\nChecksum\t";
        int sum = 0;
        for (byte b : block.getBytes(StandardCharsets.ISO_8859_1)) {
            sum += b & 0xFF;
        }
        return block + (char) (-sum & 0xFF);
    }

    private static final String BLOCK = block("PID\t0x203", "V\t12065", "I\t-7625");

    /** {@code :7D5ED008C} as a frame. */
    private static final String QUESTION = ":\u0007\u00D5\u00ED\u0000";

    @Test
    void blocks_pass_whole() {
        framed.feed(0, BLOCK).feed(1, BLOCK);

        assertEquals(List.of(BLOCK, BLOCK), framed.frames);
        assertEquals(0, framed.framer.skippedBytes());
    }

    @Test
    void the_checksum_may_be_any_byte() {
        boolean[] seen = new boolean[256];
        for (int i = 0; i < 256; i++) {
            String block = block("PID\t0x203", "X\t" + (char) (i % 16 + '@') + "z".repeat(i / 16));
            seen[block.charAt(block.length() - 1)] = true;
            Framed one = new Framed(new VeDirectFramer(2000)).feed(0, block).feed(0, BLOCK);

            assertEquals(List.of(block, BLOCK), one.frames, "sum " + (int) block.charAt(block.length() - 1));
        }
        assertTrue(seen['\r'] && seen['\n'] && seen['\t'] && seen[':'], "the tricky ones occurred");
    }

    @Test
    void messages_in_hex_may_stand_anywhere_within_and_do_not_count() {
        for (int at = 1; at < BLOCK.length(); at++) {
            if (at == BLOCK.length() - 1) {
                continue; // What follows "Checksum TAB" is the checksum, whatever it is.
            }
            String mixed = BLOCK.substring(0, at) + ":7D5ED008C\n" + BLOCK.substring(at);
            Framed one = new Framed(new VeDirectFramer(2000)).feed(0, mixed);

            assertEquals(List.of(QUESTION, BLOCK), one.frames, "at " + at);
            assertEquals(0, one.framer.skippedBytes());
        }
    }

    @Test
    void a_message_in_hex_has_the_time_of_its_colon() {
        framed.feed(0, "\r\nPID\t0x203\r\nV").feed(3, ":7D5").feed(5, "ED008C").feed(7, "\n");

        assertEquals(List.of(QUESTION), framed.frames);
        assertEquals(List.of(3L), framed.arrivals);
    }

    @Test
    void a_message_in_hex_with_a_flipped_bit_is_refused() {
        byte[] message = ":7D5ED008C\n".getBytes(StandardCharsets.ISO_8859_1);
        for (int bit = 0; bit < 8 * message.length; bit++) {
            byte[] damaged = message.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);

            assertEquals(List.of(), new Framed(new VeDirectFramer(2000)).feed(0, damaged).frames, "bit " + bit);
        }
    }

    @Test
    void a_message_in_hex_with_a_wrong_check_or_half_a_byte_is_counted_as_such() {
        framed.feed(0, ":7D5ED008D\n:7D5ED008\n");

        assertEquals(List.of(), framed.frames);
        assertEquals(2, framed.framer.badChecksums());
        assertEquals(11 + 10, framed.framer.skippedBytes());
    }

    @Test
    void a_frame_becomes_the_message_that_it_was() {
        assertEquals(":7D5ED008C\n", line("3A 07 D5 ED 00"));
        assertEquals(":154\n", line("3A 01"), "no data");
        assertEquals("\r\nV", line("0D 0A 56"), "no frame");
        assertEquals(":7", line("3A 37"), "a command has four bits");
    }

    private static String line(String frame) {
        return new String(VeDirectHex.toLine(Bytes.parse(frame).toArray()), StandardCharsets.ISO_8859_1);
    }

    @Test
    void a_block_behind_a_message_in_hex_is_dropped_whole() {
        framed.feed(0, BLOCK).feed(1, ":7D5ED008C\n" + BLOCK).feed(2, BLOCK);

        assertEquals(List.of(BLOCK, QUESTION, BLOCK), framed.frames);
        assertEquals(1, framed.framer.badChecksums());
        assertEquals(BLOCK.length(), framed.framer.skippedBytes());
    }

    @Test
    void messages_in_hex_before_every_block_do_not_make_the_device_mute() {
        for (int i = 0; i < 20; i++) {
            framed.feed(i, ":7D5ED008C\n" + BLOCK);
        }

        framed.frames.removeIf(QUESTION::equals);
        assertEquals(20 - VeDirectFramer.MAX_DROPPED_IN_A_ROW, framed.frames.size());
    }

    @Test
    void noise_before_a_block_costs_none_once_a_block_was_heard() {
        framed.feed(0, BLOCK).feed(1, "\u00b4:7D5\u0000" + BLOCK);

        assertEquals(List.of(BLOCK, BLOCK), framed.frames);
    }

    @Test
    void the_first_block_counts_only_if_the_listening_began_with_it() {
        framed.feed(0, "\u00b4" + BLOCK).feed(1, BLOCK);

        assertEquals(List.of(BLOCK), framed.frames);
        assertEquals(1, framed.framer.badChecksums());

        framed.feed(2, "\r\nPID").silence(2003).feed(3000, "\u00b4" + BLOCK);
        assertEquals(List.of(BLOCK, BLOCK), framed.frames, "after a pause it began with whatever came");
    }

    @Test
    void a_cut_or_damaged_block_costs_no_other() {
        framed.feed(0, "65\r\nI\t-7625\r\nChecksum\tx")
                .feed(0, BLOCK)
                .feed(0, BLOCK.replace("12065", "12066"))
                .feed(0, "::garbage:12\u0000\r\n")
                .feed(0, BLOCK);

        assertEquals(List.of(BLOCK, BLOCK), framed.frames);
        assertEquals(2, framed.framer.badChecksums());
    }

    @Test
    void a_block_whose_end_was_damaged_does_not_spoil_the_next() {
        framed.feed(0, BLOCK.replace("Checksum", "Checkzum")).feed(0, BLOCK);

        assertEquals(List.of(BLOCK), framed.frames);
        assertEquals(BLOCK.length(), framed.framer.skippedBytes());
    }

    @Test
    void endless_text_is_dropped_and_counted() {
        framed.feed(0, BLOCK).feed(0, "x".repeat(3000)).feed(0, BLOCK);

        assertEquals(List.of(BLOCK, BLOCK), framed.frames);
        assertEquals(2, framed.framer.overlong());
        assertEquals(3000, framed.framer.skippedBytes());
    }

    @Test
    void half_a_block_is_dropped_after_silence() {
        framed.feed(0, BLOCK.substring(0, 20)).silence(2001).feed(3000, BLOCK);

        assertEquals(List.of(BLOCK), framed.frames);
        assertEquals(20, framed.framer.skippedBytes());
    }
}
