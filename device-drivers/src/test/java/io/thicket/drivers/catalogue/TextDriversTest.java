package io.thicket.drivers.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.drivers.FrameCounts;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextDriversTest {
    private static void assertMalformed(Decoded device) {
        assertEquals(List.of(), device.lines());
        assertEquals(1, device.counts().malformed());
    }

    private static String refusal(String driver, Map<String, String> options) {
        return assertThrows(IllegalArgumentException.class, () -> Decoded.by(driver, options))
                .getMessage();
    }

    @Nested
    class KeyValue {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "temp=21.5 hum=40| temp=21.5, hum=40.0",
                    "temp=21.5,hum=40| temp=21.5, hum=40.0",
                    "temp=21.5; hum=40;| temp=21.5, hum=40.0",
                    "a:1,b:2,c:-3e2| a=1.0, b=2.0, c=-300.0",
                    "temp: 21.5, hum: 40| temp=21.5, hum=40.0",
                    "temp = 21,5 hum = 40,25| temp=21.5, hum=40.25",
                    "temp=21,5;hum=7| temp=21.5, hum=7.0",
                    "a=1,2=3| a=1.0, 2=3.0",
                    "door=true fw=1.2.3a state=open| door=true, fw=1.2.3a, state=open",
                    "temp=nan hum=40| hum=40.0",
                    "temp= hum=40| hum=40.0",
                    "at=12:30 b=1| at=12:30, b=1.0",
                    "temp=.5 b=5. c=+1| temp=0.5, b=5.0, c=1.0",
                })
        void pairs_are_read(String line, String expected) {
            Decoded device = Decoded.by("text.keyvalue").text(line + "\n");

            assertEquals(List.of(expected), device.lines());
        }

        @Test
        void units_are_applied_and_secondary_ones_converted() {
            Decoded device =
                    Decoded.by("text.keyvalue", Map.of("units", "t:Cel, p:hPa")).text("t=21.5 p=1012.57 x=1\r\n");

            assertEquals(List.of("t=21.5 Cel, p=101257.0 Pa, x=1.0"), device.lines());
        }

        @ParameterizedTest
        @ValueSource(strings = {"temp=nan hum=inf", "temp=ovf", "t="})
        void a_line_of_no_values_is_counted_as_such(String line) {
            Decoded device = Decoded.by("text.keyvalue").text(line + "\n");

            assertEquals(new FrameCounts(0, 0, 0, 1, 0), device.counts());
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "hello world",
                    "temp",
                    "=5",
                    "temp=1 temp=2",
                    "temp=1e999",
                    "temp=1.2.3",
                    "temp=1 2",
                    "te\u0001mp=1",
                    "te\u00e4mp=1",
                    "-a=1",
                    "t=hot",
                    "temp=99999999999999999999999999999999999999999999999999999",
                })
        void what_is_not_wholly_understood_is_malformed(String line) {
            assertMalformed(
                    Decoded.by("text.keyvalue", Map.of("units", "t:Cel")).text(line + "\n"));
        }

        @Test
        void an_overlong_line_and_broken_utf8_are_malformed() {
            assertMalformed(Decoded.by("text.keyvalue").text("a=" + "1".repeat(2000) + "\n"));
            assertMalformed(Decoded.by("text.keyvalue").hex(0, "61 3d ff fe 0a"));
            assertMalformed(Decoded.by("text.keyvalue").text("a=" + "x".repeat(129) + "\n"));
        }

        @Test
        void more_values_than_a_pack_takes_are_malformed() {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < 65; i++) {
                line.append('v').append(i).append("=1 ");
            }
            assertMalformed(Decoded.by("text.keyvalue").text(line + "\n"));
        }

        @Test
        void wrong_units_are_refused_with_a_cure() {
            assertTrue(refusal("text.keyvalue", Map.of("units", "t:°C")).contains("use Cel"));
            assertTrue(refusal("text.keyvalue", Map.of("units", "t")).contains("should be name:unit"));
            assertTrue(refusal("text.keyvalue", Map.of("units", "t:Cel,t:K")).contains("twice"));
            assertTrue(refusal("text.keyvalue", Map.of("unit", "t:Cel")).contains("its options are units, values"));
        }
    }

    @Nested
    class Csv {
        @Test
        void columns_get_their_names_and_units() {
            Decoded device = Decoded.by("text.csv", Map.of("columns", "temp:Cel, -, hum:%RH,state"))
                    .text("temp,-,hum,state\n21.5,ignored,40, ok \r\n,,41,\n");

            assertEquals(List.of("temp=21.5 Cel, hum=40.0 %RH, state=ok", "hum=41.0 %RH"), device.lines());
            assertEquals(new FrameCounts(2, 0, 0, 1, 0), device.counts());
        }

        @Test
        void the_separator_can_be_another() {
            assertEquals(
                    List.of("a=1.5, b=2.0"),
                    Decoded.by("text.csv", Map.of("columns", "a,b", "separator", ";"))
                            .text("1,5;2\n")
                            .lines());
            assertEquals(
                    List.of("a=1.0, b=2.0"),
                    Decoded.by("text.csv", Map.of("columns", "a,b", "separator", "space"))
                            .text("  1   2 \n")
                            .lines());
            assertEquals(
                    List.of("a=1.0, b=2.0"),
                    Decoded.by("text.csv", Map.of("columns", "a,b", "separator", "tab"))
                            .text("1\t2\n")
                            .lines());
        }

        @Test
        void a_bare_number_is_one_column() {
            assertEquals(
                    List.of("co2=6.36E-4 /"),
                    Decoded.by("text.csv", Map.of("columns", "co2:ppm"))
                            .text("636\n")
                            .lines());
        }

        @ParameterizedTest
        @ValueSource(strings = {"1", "1,2,3", "x,2", "1e999,2", "1,2,"})
        void another_number_of_columns_or_no_number_is_malformed(String line) {
            assertMalformed(
                    Decoded.by("text.csv", Map.of("columns", "a:Cel,b:V")).text(line + "\n"));
        }

        @Test
        void columns_are_needed_and_checked() {
            assertTrue(refusal("text.csv", Map.of()).contains("columns must name"));
            assertTrue(refusal("text.csv", Map.of("columns", "-")).contains("columns must name"));
            assertTrue(refusal("text.csv", Map.of("columns", "a,a")).contains("twice"));
            assertTrue(refusal("text.csv", Map.of("columns", "a b")).contains("cannot be a name"));
            assertTrue(refusal("text.csv", Map.of("columns", "a", "separator", "ab"))
                    .contains("one character"));
            assertTrue(refusal("text.csv", Map.of("columns", "a", "separator", "1"))
                    .contains("one character"));
        }
    }

    @Nested
    class Json {
        @Test
        void flat_and_nested_objects_are_read() {
            Decoded device = Decoded.by("text.json", Map.of("units", "bme.temp:Cel,bat:mV"))
                    .text("{\"bat\":3300,\"ok\":true,\"id\":\"a\\u0062\\\"\",\"none\":null,\"x\":nan,"
                            + "\"bme\":{ \"temp\" : -1.5e1 , \"hum\":40},\"e\":{}}\n{}\n");

            assertEquals(List.of("bat=3.3 V, ok=true, id=ab\", bme.temp=-15.0 Cel, bme.hum=40.0"), device.lines());
            assertEquals(new FrameCounts(1, 0, 0, 1, 0), device.counts());
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "[1]",
                    "1",
                    "{",
                    "{\"a\"",
                    "{\"a\":",
                    "{\"a\":1",
                    "{\"a\":1,}",
                    "{\"a\":1}x",
                    "{\"a\":[1]}",
                    "{\"a\":{\"b\":{\"c\":1}}}",
                    "{\"a\":1,\"a\":2}",
                    "{a:1}",
                    "{\"a b\":1}",
                    "{\"a\":0x10}",
                    "{\"a\":1e999}",
                    "{\"a\":tru}",
                    "{\"a\":\"\\q\"}",
                    "{\"a\":\"\\ud800\"}",
                    "{\"a\":\"x",
                    "{\"a\":,\"b\":1}",
                    "boot: 12",
                })
        void what_is_no_such_object_is_malformed(String line) {
            assertMalformed(Decoded.by("text.json").text(line + "\n"));
        }

        @Test
        void deep_nesting_does_no_harm() {
            assertMalformed(Decoded.by("text.json").text("{\"a\":".repeat(200) + "\n"));
        }
    }

    @Test
    void a_regular_expression_finds_values_anywhere_in_a_line() {
        Decoded board = Decoded.by(
                        "text.regex",
                        Map.of("pattern", "T=([-0-9.]+) ?C,? H=([0-9.]+)?(%?)", "columns", "temp:Cel,hum:%RH,-"))
                .text("boot 1.2\n[12] T=21.5 C, H=40% ok\nT=-3C H=\nT=1.2.3C H=4\n");

        assertEquals(List.of("temp=21.5 Cel, hum=40.0 %RH", "temp=-3.0 Cel"), board.lines());
        assertEquals(1, board.counts().noValue());
        assertEquals(1, board.counts().malformed());
    }

    @Test
    void an_expression_that_takes_for_ever_gives_the_line_up() {
        Decoded board = Decoded.by("text.regex", Map.of("pattern", "^(a+a+)+\\1c", "columns", "x"))
                .text("a".repeat(60) + "b\naaaac\n");

        assertEquals(List.of("x=aa"), board.lines());
        assertEquals(1, board.counts().malformed());
    }

    @Test
    void a_wrong_expression_says_what_is_wrong() {
        for (Map<String, String> options : List.of(
                Map.of("columns", "x"),
                Map.of("pattern", "(a", "columns", "x"),
                Map.of("pattern", "a", "columns", "x"),
                Map.of("pattern", "(a)(b)", "columns", "x"))) {
            var refused = assertThrows(IllegalArgumentException.class, () -> Decoded.by("text.regex", options));

            assertTrue(refused.getMessage().startsWith("option "), refused.getMessage());
        }
    }
}
