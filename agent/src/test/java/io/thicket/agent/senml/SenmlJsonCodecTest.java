package io.thicket.agent.senml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SenmlJsonCodecTest {
    @Nested
    class Rfc8428Section5Examples {
        @Test
        void single_data_point() throws SenmlFormatException {
            SenmlPack pack = decode("[{\"n\":\"urn:dev:ow:10e2073a01080063\",\"u\":\"Cel\",\"v\":23.1}]");

            assertEquals(SenmlPacks.pack(0, SenmlPacks.number("urn:dev:ow:10e2073a01080063", "Cel", 23.1)), pack);
        }

        @Test
        void multiple_data_points_share_the_base_name() throws SenmlFormatException {
            SenmlPack pack = decode("""
                    [ {"bn":"urn:dev:ow:10e2073a01080063:","n":"voltage","u":"V","v":120.1},
                      {"n":"current","u":"A","v":1.2} ]
                    """);

            assertEquals("urn:dev:ow:10e2073a01080063:", pack.baseName());
            assertEquals(
                    List.of(SenmlPacks.number("voltage", "V", 120.1), SenmlPacks.number("current", "A", 1.2)),
                    pack.records());
        }

        @Test
        void a_series_of_times_is_no_single_reading() {
            refused("""
                    [ {"bn":"urn:dev:ow:10e2073a0108006:","bt":1.276020076001e+09,"bu":"A","bver":5,"n":"voltage","u":"V","v":120.1},
                      {"n":"current","t":-5,"v":1.2} ]
                    """, "different times");
        }

        @Test
        void base_unit_and_base_version_apply() throws SenmlFormatException {
            SenmlPack pack = decode("""
                    [ {"bn":"urn:dev:ow:10e2073a0108006:","bt":1.276020076001e+09,"bu":"A","bver":5,"n":"voltage","u":"V","v":120.1},
                      {"n":"current","v":1.2} ]
                    """);

            assertEquals(SenmlPacks.number("current", "A", 1.2), pack.records().get(1));
            assertEquals(1276020076.001, pack.baseTimeSeconds());
        }

        @Test
        void texts_and_flags_but_no_data_values() throws SenmlFormatException {
            SenmlPack pack = decode("""
                    [{"bn":"urn:dev:ow:10e2073a01080063:","n":"temp","u":"Cel","v":23.1},
                     {"n":"label","vs":"Machine Room"},
                     {"n":"open","vb":false}]
                    """);

            assertEquals(
                    new SenmlValue.Text("Machine Room"), pack.records().get(1).value());
            assertEquals(new SenmlValue.Flag(false), pack.records().get(2).value());
            refused("[{\"n\":\"nfv-reader\",\"vd\":\"aGkgCg\"}]", "data values");
        }
    }

    @Test
    void encoding_is_what_the_mqtt_topics_promise() {
        SenmlPack pack = new SenmlPack(
                "urn:dev:thicket:site1:n17:",
                1795314600.12,
                List.of(
                        SenmlPacks.number("temperature", "Cel", 21.5),
                        new SenmlRecord("humidity", "%RH", new SenmlValue.Numeric(44.7), "warming_up")));

        assertEquals(
                "[{\"bn\":\"urn:dev:thicket:site1:n17:\",\"bt\":1795314600.12,\"n\":\"temperature\",\"u\":\"Cel\",\"v\":21.5},"
                        + "{\"n\":\"humidity\",\"u\":\"%RH\",\"v\":44.7,\"tq\":\"warming_up\"}]",
                new String(SenmlJsonCodec.encode(pack), StandardCharsets.UTF_8));
    }

    @Test
    void random_packs_survive() throws SenmlFormatException {
        Random random = new Random(2);
        for (int i = 0; i < 5_000; i++) {
            SenmlPack pack = SenmlPacks.random(random);

            assertEquals(pack, SenmlJsonCodec.decode(SenmlJsonCodec.encode(pack)));
        }
    }

    @Test
    void base_value_and_record_time_are_applied() throws SenmlFormatException {
        SenmlPack pack = decode("[{\"bn\":\"a\",\"bt\":100,\"bv\":20,\"t\":1,\"v\":1.5},{\"n\":\"b\",\"t\":1}]");

        assertEquals(101, pack.baseTimeSeconds());
        assertEquals(SenmlPacks.number("", null, 21.5), pack.records().get(0));
        assertEquals(SenmlPacks.number("b", null, 20), pack.records().get(1));
    }

    @Test
    void what_is_no_pack_is_refused() {
        refused("{}", "a pack is an array");
        refused("[]", "0 records");
        refused("[1]", "a record is an object");
        refused("[{\"n\":\"a\"}]", "without a value");
        refused("[{\"n\":\"a\",\"v\":null}]", "v is no finite number");
        refused("[{\"n\":\"a\",\"v\":1,\"n\":\"a\"}]", "twice");
        refused("[{\"bv\":1e308,\"n\":\"a\",\"v\":1e308}]", "no number");
        refused("[{\"n\":\"a\",\"v\":1}" + ",{\"n\":\"a\",\"v\":1}".repeat(64) + "]", "more than 64 records");
    }

    private static SenmlPack decode(String json) throws SenmlFormatException {
        return SenmlJsonCodec.decode(json.getBytes(StandardCharsets.UTF_8));
    }

    private static void refused(String json, String message) {
        String said = assertThrows(SenmlFormatException.class, () -> decode(json), json)
                .getMessage();
        assertTrue(said.contains(message), json + ": " + said);
    }
}
