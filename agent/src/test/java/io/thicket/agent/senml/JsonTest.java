package io.thicket.agent.senml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0.0, 0",
        "1, 1",
        "-17, -17",
        "21.5, 21.5",
        "0.1, 0.1",
        "8e-9, 8e-9",
        "-1.25e-9, -1.25e-9",
        "0.000001, 0.000001",
        "1e21, 1e21",
        "1e20, 100000000000000000000",
        "1.5e300, 1.5e300",
        "2e-3, 0.002",
        "5e-324, 5e-324",
        "1.7976931348623157e308, 1.7976931348623157e308",
        "2.0e23, 2e23",
        "9007199254740993, 9007199254740992",
        "1795314600.12, 1795314600.12",
        "123.0, 123"
    })
    void numbers_are_the_shortest(double value, String text) {
        assertEquals(text, JsonWriter.text(value));
    }

    @Test
    void decimals_of_sensors_and_clocks_are_written_as_they_are() {
        Random random = new Random(4);
        for (int i = 0; i < 20_000; i++) {
            BigDecimal decimal = BigDecimal.valueOf(
                    random.nextLong() % 1_000_000_000_000_000L >> random.nextInt(45), random.nextInt(9));
            String shortest =
                    decimal.signum() == 0 ? "0" : decimal.stripTrailingZeros().toPlainString();

            if (decimal.abs().compareTo(new BigDecimal("1e-7")) >= 0) {
                assertEquals(shortest, JsonWriter.text(decimal.doubleValue()));
            }
        }
    }

    @Test
    void every_number_reads_back() {
        Random random = new Random(3);
        for (int i = 0; i < 50_000; i++) {
            double value = i % 2 == 0
                    ? Double.longBitsToDouble(random.nextLong())
                    : Math.round(random.nextGaussian() * 1e5) / 1e3;
            if (Double.isFinite(value)) {
                assertEquals(value + 0.0, Double.parseDouble(JsonWriter.text(value)));
                assertTrue(JsonWriter.text(value).length()
                        <= Double.toString(value).length() + 5);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void numbers_that_json_does_not_have_are_refused(double value) {
        assertThrows(IllegalArgumentException.class, () -> new JsonWriter().value(value));
    }

    @Test
    void texts_are_escaped() {
        String text = new JsonWriter()
                .value("\"\\/\b\n\r\t\u0000\u001f\u007f\u2028é\uD83C\uDF31\uD83C")
                .toString();

        assertEquals("\"\\\"\\\\/\\u0008\\n\\r\\t\\u0000\\u001f\\u007f\\u2028é\uD83C\uDF31\\ud83c\"", text);
    }

    @Test
    void structure_is_written_and_read() throws SenmlFormatException {
        JsonWriter json = new JsonWriter();
        json.beginObject();
        json.name("a")
                .beginArray()
                .value(1)
                .value(2.5)
                .nullValue()
                .beginArray()
                .endArray()
                .beginObject()
                .endObject();
        json.endArray().name("b").value(true).name("c").value((String) null).endObject();

        assertEquals("{\"a\":[1,2.5,null,[],{}],\"b\":true,\"c\":null}", json.toString());
        Map<?, ?> map = (Map<?, ?>) parse(json.toString());
        assertEquals(Arrays.asList(1.0, 2.5, null, List.of(), Map.of()), map.get("a"));
    }

    @Test
    void misuse_of_the_writer_is_refused() {
        assertThrows(
                IllegalStateException.class,
                () -> new JsonWriter().beginObject().value(1));
        assertThrows(IllegalStateException.class, () -> new JsonWriter().name("a"));
        assertThrows(
                IllegalStateException.class, () -> new JsonWriter().beginArray().endObject());
        assertThrows(
                IllegalStateException.class,
                () -> new JsonWriter().beginObject().name("a").endObject());
        assertThrows(
                IllegalStateException.class, () -> new JsonWriter().beginArray().toString());
        assertThrows(
                IllegalStateException.class, () -> new JsonWriter().value(1).value(2));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[1,]",
                "{\"a\"}",
                "{\"a\":1,}",
                "01",
                "1.",
                ".5",
                "+1",
                "1e",
                "tru",
                "nul",
                "\"a",
                "\"\\x\"",
                "\"\\u12g4\"",
                "'a'",
                "[1 2]",
                "1 1",
                "NaN",
                "Infinity",
                "1e999",
                "\"\n\"",
                "{a:1}",
                "\u00a01",
                "{\"a\":1,\"a\":2}"
            })
    void what_is_no_json_is_refused(String text) {
        assertThrows(SenmlFormatException.class, () -> parse(text), text);
        boolean repeats = text.equals("{\"a\":1,\"a\":2}");
        if (!repeats) {
            assertThrows(SenmlFormatException.class, () -> object("{\"x\":" + text + "}"), text);
        }
    }

    @Test
    void an_object_is_taken_as_it_is_and_nothing_else_is() throws SenmlFormatException {
        String text = " {\"a\":[1,2.5e3,null,[],{}],\"\u00fc\":true,\"c\":\"\\u00fc\",\"a\":{\"a\":false}} ";

        assertEquals(text, object(text));
        for (String other : List.of("[]", "1", "null", "\"{}\"", "{} {}", "{}1")) {
            assertThrows(SenmlFormatException.class, () -> object(other), other);
        }
    }

    @Test
    void limits_hold() {
        assertThrows(SenmlFormatException.class, () -> parse("[".repeat(100_000)));
        assertThrows(SenmlFormatException.class, () -> parse("1".repeat(65)));
        assertThrows(SenmlFormatException.class, () -> JsonReader.parse(new byte[11], 10));
        assertThrows(SenmlFormatException.class, () -> JsonReader.object(new byte[11], 10));
        assertThrows(SenmlFormatException.class, () -> object("{\"a\":" + "[".repeat(16) + "]".repeat(16) + "}"));
        assertThrows(SenmlFormatException.class, () -> JsonReader.parse(new byte[] {'"', (byte) 0xff, '"'}, 10));
    }

    private static String object(String text) throws SenmlFormatException {
        return JsonReader.object(text.getBytes(StandardCharsets.UTF_8), 1 << 20);
    }

    private static Object parse(String text) throws SenmlFormatException {
        return JsonReader.parse(text.getBytes(StandardCharsets.UTF_8), 1 << 20);
    }
}
