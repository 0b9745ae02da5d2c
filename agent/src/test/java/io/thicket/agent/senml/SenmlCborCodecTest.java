package io.thicket.agent.senml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SenmlCborCodecTest {
    /** RFC 8428 section 6: the first record of its example, in an array of one. */
    private static final String RFC_8428_EXAMPLE =
            "81a7" + "21781b75726e3a6465763a6f773a3130653230373361303130383030363a" + "22fb41d303a15b001062" + "236141"
                    + "2005" + "0067766f6c74616765" + "016156" + "02fb405e066666666666";

    @Test
    void example_of_rfc_8428_section_6_decodes() throws SenmlFormatException {
        SenmlPack pack = SenmlCborCodec.decode(hex(RFC_8428_EXAMPLE));

        assertEquals("urn:dev:ow:10e2073a0108006:", pack.baseName());
        assertEquals(1.276020076001e9, pack.baseTimeSeconds());
        assertEquals(List.of(SenmlPacks.number("voltage", "V", 120.1)), pack.records());
    }

    @Test
    void labels_are_the_integers_of_rfc_8428_table_4() {
        SenmlPack pack = new SenmlPack(
                "b:",
                -2.5,
                List.of(
                        SenmlPacks.number("t", "Cel", 21.5),
                        new SenmlRecord("x", null, new SenmlValue.Text("hi"), "bad"),
                        new SenmlRecord("y", null, new SenmlValue.Flag(true), null)));

        assertEquals(
                "83" + "a5" + "006174" + "016343656c" + "02f94d60" + "2162623a" + "22f9c100" //
                        + "a3" + "006178" + "03626869" + "627471" + "63626164" //
                        + "a2" + "006179" + "04f5",
                HexFormat.of().formatHex(SenmlCborCodec.encode(pack)));
    }

    @Test
    void numbers_take_the_shortest_form_that_loses_nothing() {
        assertEquals("81a20061760200", encoded(-0.0));
        assertEquals("81a200617602187b", encoded(123));
        assertEquals("81a200617602390100", encoded(-257));
        assertEquals("81a200617602f93800", encoded(0.5));
        assertEquals("81a200617602fa47800040", encoded(65_536.5));
        assertEquals("81a200617602fb3fb999999999999a", encoded(0.1));
    }

    @Test
    void random_packs_survive_and_have_the_size_that_was_foretold() throws SenmlFormatException {
        Random random = new Random(1);
        for (int i = 0; i < 5_000; i++) {
            SenmlPack pack = SenmlPacks.random(random);

            byte[] bytes = SenmlCborCodec.encode(pack);

            assertEquals(SenmlCborCodec.encodedSize(pack), bytes.length, pack::toString);
            assertEquals(pack, SenmlCborCodec.decode(bytes));
        }
    }

    @Test
    void a_tag_on_false_is_refused_and_does_not_stick_to_every_later_false() {
        SenmlPack pack = new SenmlPack("", 0, List.of(new SenmlRecord("v", null, new SenmlValue.Flag(false), null)));

        for (String tagged : List.of("81a200617604c1f4", "81a200617604c1c2f4", "81a200617604d9fffff5")) {
            assertThrows(
                    SenmlFormatException.class,
                    () -> SenmlCborCodec.decode(HexFormat.of().parseHex(tagged)),
                    tagged);
        }

        assertEquals("81a200617604f4", HexFormat.of().formatHex(SenmlCborCodec.encode(pack)));
    }

    @Test
    void decimal_fraction_is_a_number() throws SenmlFormatException {
        assertEquals(new SenmlValue.Numeric(27.315), value("81a200617602c48222196ab3"));
    }

    @Test
    void extension_labels_are_ignored_unless_they_forbid_it() throws SenmlFormatException {
        assertEquals(
                new SenmlValue.Numeric(1), value("81a4" + "006176" + "0201" + "6378797a" + "f6" + "1903e7" + "80"));
        assertThrows(SenmlFormatException.class, () -> value("81a3" + "006176" + "0201" + "63787a5f" + "01"));
    }

    @Test
    void hostile_heads_are_refused_without_memory_or_stack() {
        for (String hostile : new String[] {
            "5a7fffffff",
            "9a7fffffff",
            "9b7fffffffffffffff",
            "bb7fffffffffffffff",
            "bbffffffffffffffff",
            "7bffffffffffffffff"
        }) {
            assertThrows(SenmlFormatException.class, () -> SenmlCborCodec.decode(hex(hostile)), hostile);
        }
        for (int head : new int[] {0x81, 0xa1, 0xc1, 0x9f, 0xbf, 0x5f}) {
            byte[] nested = new byte[10_000];
            Arrays.fill(nested, (byte) head);
            assertThrows(SenmlFormatException.class, () -> SenmlCborCodec.decode(nested));
        }
        assertThrows(SenmlFormatException.class, () -> SenmlCborCodec.decode(new byte[SenmlCborCodec.MAX_BYTES + 1]));
    }

    @Test
    void what_is_no_pack_is_refused() {
        refused("", "ends early");
        refused("80", "0 records");
        refused("a0", "a pack is an array");
        refused("8101", "a record is a map");
        refused("81a1006176", "without a value");
        refused("81a10201", "without a name");
        refused("81a3006176020104f5", "more than one value");
        refused("81a2006176026161", "v is no finite number");
        refused("81a200617602f97e00", "v is no finite number");
        refused("81a2006176" + "08" + "4101", "data values");
        refused("81a20061760201" + "00", "bytes after the end");
        refused("81a2006176" + "03" + "61ff", "not UTF-8");
        refused("81a2006176" + "03" + "636162ff", "not UTF-8");
        refused("81a2006120" + "0201", "a character");
        refused("81a3006176" + "0201" + "200b", "SenML version 11");
        refused("81a3006176" + "0201" + "0202", "does not decode");
        refused("82a20061760201a300617702010601", "different times");
        refused("9fa20061760201ff", "indefinite");
        refused("81a200617602f818", "simple value");
        refused("81a2006176021c", "reserved");
    }

    @Test
    void a_changing_base_name_gives_whole_names() throws SenmlFormatException {
        SenmlPack pack = SenmlCborCodec.decode(hex(
                "82" + "a3" + "21613a".replace("3a", "61") + "006131" + "0201" + "a3" + "216162" + "006132" + "0202"));

        assertEquals("", pack.baseName());
        assertEquals(
                List.of("a1", "b2"),
                pack.records().stream().map(SenmlRecord::name).toList());
    }

    private static String encoded(double value) {
        return HexFormat.of().formatHex(SenmlCborCodec.encode(SenmlPacks.pack(0, SenmlPacks.number("v", null, value))));
    }

    private static SenmlValue value(String hex) throws SenmlFormatException {
        return SenmlCborCodec.decode(hex(hex)).records().get(0).value();
    }

    private static void refused(String hex, String message) {
        String said = assertThrows(SenmlFormatException.class, () -> SenmlCborCodec.decode(hex(hex)), hex)
                .getMessage();
        assertTrue(said.contains(message), hex + ": " + said);
    }

    private static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
