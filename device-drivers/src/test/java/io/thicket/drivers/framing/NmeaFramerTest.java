package io.thicket.drivers.framing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class NmeaFramerTest {
    private static final String HDT = "$HEHDT,274.07,T*19\r\n";
    private static final String HDT_BODY = "HEHDT,274.07,T";

    private final Framed nmea = new Framed(new NmeaFramer(500));

    @Test
    void a_sentence_is_what_lies_between_start_and_star() {
        nmea.feed(0, HDT);

        assertEquals(List.of(HDT_BODY), nmea.frames);
        assertEquals(0, nmea.framer.skippedBytes());
    }

    @Test
    void bytes_may_come_one_at_a_time() {
        long now = 100;
        for (byte b : (HDT + HDT).getBytes(StandardCharsets.US_ASCII)) {
            nmea.feed(now++, new byte[] {b});
        }

        assertEquals(List.of(HDT_BODY, HDT_BODY), nmea.frames);
        assertEquals(List.of(100L, 100L + HDT.length()), nmea.arrivals);
    }

    @Test
    void sentences_without_line_ends_between_them_are_found() {
        nmea.feed(0, HDT.strip() + HDT.strip());

        assertEquals(2, nmea.frames.size());
    }

    @Test
    void a_sentence_after_a_cut_one_is_found() {
        nmea.feed(0, "$HEHDT,27" + HDT + "\u00b5b\u0001\u0002" + HDT);

        assertEquals(2, nmea.frames.size());
        assertEquals(13, nmea.framer.skippedBytes());
    }

    @Test
    void each_flipped_bit_is_refused() {
        byte[] sentence = HDT.getBytes(StandardCharsets.US_ASCII);
        for (int bit = 0; bit < (HDT.length() - 2) * 8; bit++) {
            byte[] damaged = sentence.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            Framed one = new Framed(new NmeaFramer(500)).feed(0, damaged).feed(1, HDT);

            assertEquals(List.of(HDT_BODY), one.frames, "bit " + bit);
        }
    }

    @Test
    void a_sentence_without_checksum_is_refused() {
        nmea.feed(0, "$HEHDT,274.07,T\r\n" + HDT);

        assertEquals(1, nmea.frames.size());
        assertEquals(1, nmea.framer.badChecksums());
    }

    @Test
    void an_endless_sentence_is_given_up() {
        nmea.feed(0, "$" + "A".repeat(1000) + HDT);

        assertEquals(1, nmea.frames.size());
        assertEquals(1, nmea.framer.overlong());
        assertEquals(1001, nmea.framer.skippedBytes());
    }

    @Test
    void a_star_in_the_last_place_is_given_up_too() {
        nmea.feed(0, "$" + "A".repeat(NmeaFramer.MAX_SENTENCE - 2) + "*" + "5" + HDT);

        assertEquals(1, nmea.frames.size());
        assertEquals(1, nmea.framer.overlong());
        assertEquals(NmeaFramer.MAX_SENTENCE + 1, nmea.framer.skippedBytes());
    }

    @Test
    void a_sentence_of_the_greatest_length_is_taken_and_of_one_more_is_not() {
        String longest = "$" + "A".repeat(NmeaFramer.MAX_SENTENCE - 4) + "*00";
        nmea.feed(0, longest).feed(1, longest.replace("*", "A*"));

        assertEquals(List.of("A".repeat(NmeaFramer.MAX_SENTENCE - 4)), nmea.frames);
        assertEquals(1, nmea.framer.overlong());
    }

    @Test
    void half_a_sentence_is_dropped_after_silence() {
        nmea.feed(0, "$HEHDT,27").silence(501).feed(502, "4.07,T*19\r\n");

        assertEquals(List.of(), nmea.frames);
    }
}
