package io.thicket.agent.senml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/**
 * What the decoders return can be written and read again. Base names and base units are written out in each record, and
 * JSON escapes characters, so that a small text can stand for a pack beyond the limits: it is refused on arrival.
 */
class WrittenAgainTest {
    private static final int LONGEST = RawRecord.MAX_NAME_LENGTH;

    @Test
    void a_changing_base_name_must_give_names_within_the_limit() throws SenmlFormatException {
        String first = "[{\"bn\":\"" + "a".repeat(200) + "\",\"n\":\"" + "b".repeat(LONGEST - 200);
        String second = "\",\"v\":1},{\"bn\":\"c\",\"v\":1}]";

        assertEquals(
                LONGEST,
                comesBackFromJson(first + second).records().get(0).name().length());
        refused("bn + n has more than 256 characters", () -> fromJson(first + "b" + second));
    }

    @Test
    void a_base_name_that_stays_is_not_written_out_and_has_a_limit_of_its_own() throws SenmlFormatException {
        SenmlPack pack = comesBackFromJson(
                "[{\"bn\":\"" + "a".repeat(LONGEST) + "\",\"n\":\"" + "b".repeat(LONGEST) + "\",\"v\":1}]");

        assertEquals(LONGEST, pack.baseName().length());
    }

    @Test
    void a_text_of_characters_that_are_escaped_must_fit_when_it_is_written() throws SenmlFormatException {
        refused("bytes when it is written", () -> fromJson(deletes(60)));
        comesBackFromJson(deletes(10));
    }

    @Test
    void base_names_in_cbor_must_fit_when_they_are_written_out() throws SenmlFormatException {
        refused("bytes when it is written", () -> SenmlCborCodec.decode(longNames(64)));

        SenmlPack pack = SenmlCborCodec.decode(longNames(60));
        assertEquals(pack, SenmlCborCodec.decode(SenmlCborCodec.encode(pack)));
    }

    @Test
    void packs_that_fit_one_by_one_must_fit_into_a_batch_together() throws SenmlFormatException {
        refused("bytes when it is written", () -> ReadingBatchCodec.decode(batch(longNames(40), longNames(40))));

        ReadingBatch batch = ReadingBatchCodec.decode(batch(longNames(30), longNames(30)));
        assertEquals(batch, ReadingBatchCodec.decode(ReadingBatchCodec.encode(batch)));
    }

    /** Records with a text of 1000 times DEL, which JSON allows as it is and {@link JsonWriter} escapes. */
    private static String deletes(int records) {
        String record = "{\"n\":\"a\",\"vs\":\"" + "\u007f".repeat(1000) + "\"}";
        return "[" + record + ("," + record).repeat(records - 1) + "]";
    }

    /** A pack of some 600 bytes whose records, but the first, have names of the greatest length. */
    private static byte[] longNames(int records) {
        String first = "a3" + "216161" + "006131" + "0201";
        String second = "a3" + "2178ff" + "62".repeat(LONGEST - 1) + "006131" + "0201";
        String more = "a2" + "006131" + "0201";
        return hex("98%02x".formatted(records) + first + second + more.repeat(records - 2));
    }

    private static byte[] batch(byte[] first, byte[] second) {
        return hex("89" + "01" + "616e" + "03" + reading(1, first) + reading(2, second));
    }

    private static String reading(int seq, byte[] pack) {
        return "%02x".formatted(seq) + "6161" + "59%04x".formatted(pack.length)
                + HexFormat.of().formatHex(pack);
    }

    private static SenmlPack comesBackFromJson(String json) throws SenmlFormatException {
        SenmlPack pack = fromJson(json);
        assertEquals(pack, SenmlJsonCodec.decode(SenmlJsonCodec.encode(pack)));
        return pack;
    }

    private static SenmlPack fromJson(String json) throws SenmlFormatException {
        return SenmlJsonCodec.decode(json.getBytes(StandardCharsets.UTF_8));
    }

    private static void refused(String message, Executable decoding) {
        String said = assertThrows(SenmlFormatException.class, decoding).getMessage();
        assertTrue(said.contains(message), said);
    }

    private static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
