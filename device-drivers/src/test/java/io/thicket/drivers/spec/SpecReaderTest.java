package io.thicket.drivers.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.drivers.framing.Bytes;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpecReaderTest {
    private static final String GOOD = """
            spec = 1
            id = "acme.mini"
            title = "Acme Mini (temperature)"
            warm_up = "3min"

            [serial]
            baud = 9600
            format = "7E1"

            [frame]
            start = "AA"
            size = 6
            checksum = { kind = "sum8" }

            [[message]]
            [[message.value]]
            name = "temperature"
            at = 2
            type = "s16be"
            divide = 10
            unit = "Cel"
            none = [0x7FFF]

            [[example]]
            frame = "AA 01 00 D7 00 82"
            source = "made by hand"
            values = { temperature = 21.5 }

            [[example]]
            frame = "AA 01 7F FF 00 29"
            source = "made by hand"
            values = {}
            """;

    private static List<String> problems(String toml) {
        return assertThrows(SpecException.class, () -> SpecReader.read(toml)).problems().stream()
                .map(SpecProblem::toString)
                .toList();
    }

    /** What one change of the good file is answered with. */
    private static List<String> changed(String from, String to) {
        assertTrue(GOOD.contains(from), from);
        return problems(GOOD.replace(from, to));
    }

    @Test
    void a_good_file_says_what_it_says() throws SpecException {
        DeviceSpec spec = SpecReader.read(GOOD);

        assertEquals(List.of(new DeviceSpec.Model("acme.mini", "Acme Mini (temperature)", 180_000)), spec.models());
        assertEquals(7, spec.line().dataBits());
        assertEquals(1, spec.values().size());
        assertEquals(Bytes.parse("AA 01 00 D7 00 82"), spec.examples().get(0).bytes());
    }

    @Test
    void all_problems_are_told_at_once_with_place_and_cure() {
        String bad = GOOD.replace("baud = 9600", "baut = 9600")
                .replace("\"s16be\"", "\"s16\"")
                .replace("unit = \"Cel\"", "unit = \"°C\"");

        assertEquals(
                List.of(
                        "6:1: baud is missing in serial; write baud = 9600",
                        "7:1: there is no key 'baut' in serial; write baud",
                        "19:1: there is no type 's16'; types are " + NumberType.NAMES,
                        "21:1: '°C' is not a SenML unit: use Cel"),
                problems(bad));
    }

    @Test
    void a_syntax_error_has_its_place() {
        List<String> problems = problems(GOOD.replace("divide = 10", "divide = = 10"));

        assertEquals(1, problems.size());
        assertTrue(problems.get(0).startsWith("20:10: this is no TOML: "), problems.get(0));
    }

    @Test
    void an_example_that_decodes_to_something_else_is_a_problem_of_the_file() {
        assertEquals(
                List.of("24:1: the example gives temperature = 21.5 Cel where 22.0 Cel is expected"),
                changed("temperature = 21.5", "temperature = 22"));
        assertEquals(
                List.of("24:1: the example gives no 'temprature'; write temperature"),
                changed("temperature = 21.5", "temprature = 21.5"));
        assertEquals(
                List.of("24:1: no frame was found in the example;"
                        + " its checksum is wrong, or [frame] checksum describes another one"),
                changed("AA 01 00 D7 00 82", "AA 01 00 D8 00 82"));
        assertEquals(
                List.of("29:1: the example was to give no value, but gives temperature"),
                changed("none = [0x7FFF]", "none = [0x8000]"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "spec = 1|spec = 2|1:1: spec = 2: this program reads version 1; write spec = 1",
                "id = \"acme.mini\"|id = \"Acme Mini\"|2:1: id 'Acme Mini' is not made of a-z and 0-9, with a point between"
                        + " maker and model; write for example \"plantower.pms5003\"",
                "warm_up = \"3min\"|warm_up = \"3 minutes\"|4:1: warm_up: '3 minutes' is no time; write \"500ms\", \"30s\" or"
                        + " \"3min\"",
                "format = \"7E1\"|format = \"7X1\"|8:1: format '7X1' is none; write \"8N1\" or \"7E1\"",
                "start = \"AA\"|start = \"A\"|11:1: start: 'A' are no bytes in hex; write for example \"42 4D 00 1C\"",
                "size = 6|size = 6000|12:1: size = 6000 is not 1 to 4096",
                "kind = \"sum8\"|kind = \"summ8\"|13:14: kind: there is no 'summ8'; write sum8",
                "at = 2|at = 5|18:1: at = 5: 2 bytes from there are outside a frame of 6 bytes; places count from 0, negative"
                        + " ones from the end",
                "divide = 10|divide = 0|20:1: 0 leaves nothing of the value",
                "divide = 10|divide = \"10\"|20:1: divide is not a number",
                "name = \"temperature\"|name = \"temperature_{}\"|17:1: {} stands for the number of a repeated value; write"
                        + " repeat = { step = 2, count = 4 }, or another name",
                "name = \"temperature\"|name = \"température\"|17:1: 'température' cannot be a name; allowed are letters,"
                        + " digits and - : . / _, with a letter or digit first",
                "unit = \"Cel\"|unit = \"Cel\"\\nflag = true|21:1: only a number has a unit; delete unit",
            })
    void each_mistake_has_its_sentence(String from, String to, String problem) {
        List<String> problems = changed(from, to.replace("\\n", "\n"));

        assertEquals(problem, problems.get(0));
    }

    @Test
    void an_empty_file_says_what_a_file_needs() {
        assertEquals(
                List.of(
                        "spec is missing; write spec = 1",
                        "id is missing; write id = \"maker.model\"",
                        "title is missing; write title = \"Maker Model (what it measures)\"",
                        "there is no section [serial]; write [serial] and below it baud = 9600",
                        "there is no section [frame]; write [frame] and below it start = \"42 4D\" and so on",
                        "there is no [[message]]; write [[message]] and below it [[message.value]] for each value",
                        "there is no [[example]]; write [[example]] with frame = \"...\", bytes of the device, and values ="
                                + " { name = 1.5 }"),
                problems(""));
    }

    @Test
    void a_frame_that_cannot_be_is_a_problem_and_no_crash() {
        assertTrue(changed("size = 6", "size = 1").get(0).contains("start, length, check and end of a frame need 1")
                || !changed("size = 6", "size = 1").isEmpty());
        assertTrue(
                changed("size = 6", "length = { at = 1, type = \"s8\" }").get(0).contains("write u8, u16be or u16le"));
        assertTrue(changed("size = 6", "max = 6")
                .get(0)
                .contains("either size (always the same) or length (a field of the frame)"));
        assertTrue(problems("x".repeat(SpecReader.MAX_LENGTH + 1)).get(0).contains("characters where"));
    }

    /** The good file with another type, another code and a second example that has no value. */
    private static String coded(String type, String code, String frame) {
        String from = "frame = \"AA 01 7F FF 00 29\"";
        assertTrue(GOOD.contains(from), from);
        return GOOD.replace("type = \"s16be\"", "type = \"" + type + "\"")
                .replace("none = [0x7FFF]", "none = [" + code + "]")
                .replace(from, "frame = \"" + frame + "\"");
    }

    @ParameterizedTest
    @CsvSource({
        "s16be, 0x8000, AA 01 80 00 00 2B",
        "s16be, -32768, AA 01 80 00 00 2B",
        "s16be, 0xFFFF, AA 01 FF FF 00 A9",
        "s16be, -1, AA 01 FF FF 00 A9"
    })
    void a_code_for_no_value_is_found_however_it_is_written(String type, String code, String frame)
            throws SpecException {
        assertEquals(2, SpecReader.read(coded(type, code, frame)).examples().size());
    }

    @Test
    void codes_of_floats_are_numbers_or_bits() {
        NumberType single = NumberType.parse("f32be").orElseThrow();
        String bits = Long.toString(Float.floatToIntBits(-999.9f) & 0xFFFF_FFFFL);

        assertTrue(single.codes(-999.9).contains(bits));
        assertTrue(single.codes(-9999L).contains(Long.toString(Float.floatToIntBits(-9999f) & 0xFFFF_FFFFL)));
        assertTrue(single.codes(0x4F00_0000L).contains(Long.toString(0x4F00_0000L)));
    }

    @Test
    void a_code_that_cannot_occur_is_refused() {
        assertTrue(problems(coded("s16be", "0x7FFF, 0x12345", "AA 01 7F FF 00 29"))
                .get(0)
                .contains("74565 cannot occur in a s16be"));
        assertTrue(problems(coded("s16be", "0x7FFF, 0.5", "AA 01 7F FF 00 29"))
                .get(0)
                .contains("0.5 cannot occur in a s16be"));
    }
}
