package io.thicket.drivers.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.drivers.modbus.RegisterMap;
import io.thicket.drivers.modbus.RegisterTable;
import io.thicket.drivers.modbus.RegisterValue;
import io.thicket.drivers.modbus.WordOrder;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Register maps as people write them, right and wrong. */
class RegisterMapReaderTest {
    private static final String GOOD = """
            spec = 1
            id = "my.meter"
            title = "A meter"
            [serial]
            baud = 19200
            format = "8E1"
            [modbus]
            unit = 7
            max_registers = 20
            max_gap = 3
            timeout = "300ms"
            guard = "5ms"
            min_interval = "2s"
            order = "CDAB"
            [[value]]
            name = "voltage"
            register = 30001
            type = "f32"
            order = "ABCD"
            unit = "V"
            [[example]]
            request = "01 04 00 00 00 02 71 CB"
            frame = "01 04 04 43 69 69 78 10 6E"
            values = { voltage = 233.41 }
            tolerance = 0.005
            """;

    private static RegisterMap read(String text) {
        try {
            return RegisterMapReader.read(text).get(0);
        } catch (SpecException e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }

    private static String problems(String text) {
        return assertThrows(SpecException.class, () -> RegisterMapReader.read(text)).problems().stream()
                .map(SpecProblem::toString)
                .collect(Collectors.joining("\n"));
    }

    /** {@code line} instead of the one that begins with {@code key}. */
    private static String with(String key, String line) {
        StringBuilder text = new StringBuilder();
        for (String each : GOOD.split("\n", -1)) {
            text.append(each.startsWith(key + " =") ? line : each).append('\n');
        }
        return text.toString();
    }

    private static void assertRefused(String text, String expected) {
        String problems = problems(text);
        assertTrue(problems.contains(expected), problems);
    }

    @Test
    void a_map_is_what_it_says() {
        RegisterMap map = read(GOOD);

        assertEquals("my.meter", map.id());
        assertEquals(19_200, map.line().baud());
        assertEquals(7, map.unit());
        assertEquals(20, map.maxRegisters());
        assertEquals(3, map.maxGap());
        assertEquals(300, map.timing().timeoutMs());
        assertEquals(5, map.timing().guardMs());
        assertEquals(2_000, map.minIntervalMs());
        RegisterValue voltage = map.values().get(0);
        assertEquals(RegisterTable.INPUT, voltage.table());
        assertEquals(0, voltage.address());
        assertEquals(WordOrder.ABCD, voltage.order());
    }

    @Test
    void models_share_registers() throws SpecException {
        List<RegisterMap> maps =
                RegisterMapReader.read(GOOD + "[[model]]\nid = \"my.other\"\ntitle = \"Another\"\nbaud = 2400\n");

        assertEquals(
                List.of("my.meter", "my.other"),
                maps.stream().map(RegisterMap::id).toList());
        assertEquals(2_400, maps.get(1).line().baud());
        assertEquals(maps.get(0).values(), maps.get(1).values());
    }

    @Test
    void both_ways_to_count_registers_are_understood() {
        assertEquals(RegisterTable.HOLDING, place("register = 40257").table());
        assertEquals(0x100, place("register = 40257").address());
        assertEquals(65_535, place("register = 465536\ntype = \"u16\"").address());
        assertEquals(
                RegisterTable.DISCRETE,
                place("register = 10001\ntype = \"flag\"").table());
        assertEquals(RegisterTable.COIL, place("register = 17\ntype = \"flag\"").table());
        assertEquals(16, place("register = 17\ntype = \"flag\"").address());
        assertEquals(0x20, place("holding = 0x20").address());
        assertRefused(with("register", "register = 20001"), "17:1: register 20001 is none of a manual's numbers");
        assertRefused(with("register", "register = 30000"), "17:1: register 30000 is none of a manual's numbers");
        assertRefused(with("register", "input = 0\nholding = 0"), "15:1: a value has one place");
    }

    /** A second value of the map. */
    private static RegisterValue place(String keys) {
        String type = keys.contains("type") ? "" : "type = \"u32\"\n";
        return read(GOOD + "[[value]]\nname = \"second\"\n" + type + keys + "\n")
                .values()
                .get(1);
    }

    @Test
    void each_problem_has_its_place_and_a_cure() {
        assertRefused("spec = 1\nid = ", "2:6: this is no TOML");
        assertRefused(with("spec", "spec = 2"), "1:1: spec = 2: this program reads version 1; write spec = 1");
        assertRefused(with("id", ""), "id is missing; write id = \"maker.model\"");
        assertRefused(with("baud", "baud = \"9600\""), "5:1: baud is not a whole number");
        assertRefused(with("format", "format = \"7E1\""), "6:1: format '7E1' is none of Modbus RTU; write \"8N1\"");
        assertRefused(GOOD.replace("unit = 7", "unit = 256"), "8:1: unit = 256 is not 1 to 255");
        assertRefused(with("max_registers", "max_register = 20"), "9:1: there is no key 'max_register' in modbus");
        assertRefused(with("timeout", "timeout = \"3 hours\""), "11:1: timeout: '3 hours' is no time");
        assertRefused(with("type", "type = \"float\""), "there is no 'float'");
        assertRefused(with("order", "order = \"ACBD\""), "there is no 'ACBD'");
        assertRefused(with("frame", "frame = \"01 04 04 43 69 69 79 10 6E\""), "frame is no answer to request");
        assertRefused(
                with("values", "values = { voltage = 230 }"),
                "24:1: the example gives voltage = 233.41199 where 230.0 is expected");
        assertRefused(
                with("values", "values = { volt = 233.41 }"),
                "24:1: the example gives no 'volt'; possible are voltage");
    }

    @Test
    void all_problems_are_said_at_once() {
        String text = GOOD.replace("unit = 7", "unit = 0").replace("f32", "f33").replace("\"voltage\"", "\"vol tage\"");

        assertEquals(3, problems(text).split("\n").length, problems(text));
    }

    @Test
    void keys_that_make_no_sense_together_are_refused() {
        String value = "[[value]]\nname = \"second\"\nholding = 0\n";

        assertRefused(GOOD + value + "type = \"f32\"\nmask = 0xFF\n", "mask selects bits of a whole number");
        assertRefused(GOOD + value + "type = \"flag\"\nunit = \"V\"\n", "only a number has a unit");
        assertRefused(GOOD + value + "type = \"u16\"\nunit = \"celsius\"\n", "use Cel");
        assertRefused(GOOD + value + "type = \"u16\"\nmin = 5\nmax = 1\n", "min is greater than max");
        assertRefused(GOOD + value + "type = \"u16\"\ndivide = 0\n", "0 leaves nothing of the value");
        assertRefused(GOOD + value + "type = \"u16\"\nnone = [\"x\"]\n", "none is a list of raw numbers");
        assertRefused(GOOD + value + "type = \"u16\"\nalarms = { 16 = \"x\" }\n", "alarms names bits of the value");
        assertRefused(GOOD + value + "type = \"text\"\n", "registers is missing");
        assertRefused(
                GOOD + value.replace("holding = 0", "coil = 0") + "type = \"u16\"\n",
                "a coil or discrete input is a flag");
        assertRefused(
                GOOD + value.replace("second", "voltage") + "type = \"u16\"\n", "the name 'voltage' is there twice");
        assertRefused(
                GOOD + value.replace("holding = 0", "holding = 65535") + "type = \"u32\"\n", "ends beyond address");
    }

    @Test
    void a_code_for_no_value_is_found_however_it_is_written() {
        String value = "[[value]]\nname = \"second\"\nholding = 0\n";

        assertEquals(
                Set.of(0xFFFFL, 0x8000L),
                read(GOOD + value + "type = \"s16\"\nnone = [-1, 0x8000]\n")
                        .values()
                        .get(1)
                        .noValue());
        assertTrue(read(GOOD + value + "type = \"f32\"\nnone = [-999.9]\n")
                .values()
                .get(1)
                .noValue()
                .contains(Float.floatToIntBits(-999.9f) & 0xFFFF_FFFFL));
        assertRefused(GOOD + value + "type = \"u16\"\nnone = [0x10000]\n", "65536 cannot occur in a u16");
    }

    /** Found by fuzzing. */
    @Test
    void a_wrong_escape_in_the_name_of_a_table_is_a_problem_with_its_place() {
        String map = "spec = 1\n[\"a\\E\"]\n";
        assertFalse(RegisterMapReader.isMap(map));
        SpecException refused = assertThrows(SpecException.class, () -> RegisterMapReader.read(map));
        assertEquals("2:4", refused.problems().get(0).toString().substring(0, 3));
    }

    /** Found by fuzzing. */
    @Test
    void a_unicode_escape_without_digits_in_the_name_of_a_table_is_a_problem_with_its_place() {
        for (String wrong : List.of("\\u", "\\u12", "\\uard", "\\U0001f60")) {
            String map = "spec = 1\n[\"a\\\\" + wrong + "\"]\n";
            assertFalse(RegisterMapReader.isMap(map));
            SpecException refused = assertThrows(SpecException.class, () -> RegisterMapReader.read(map));
            assertEquals("2:6", refused.problems().get(0).toString().substring(0, 3), wrong);
        }
    }

    @Test
    void brackets_without_end_are_a_problem_and_no_overflow() {
        String map = "spec = 1\nv = " + "[".repeat(100_000);
        assertFalse(RegisterMapReader.isMap(map));
        SpecException refused = assertThrows(SpecException.class, () -> RegisterMapReader.read(map));
        assertTrue(
                refused.problems().get(0).toString().contains("nested more than 64 deep"),
                refused.problems().get(0).toString());
        assertEquals(2, refused.problems().get(0).line());
        assertEquals(69, refused.problems().get(0).column());
    }

    /** The parser would read these; what walks over them must not have to. */
    @Test
    void sixty_five_levels_are_refused_with_their_place() {
        String map = "spec = 1\nv = " + "[".repeat(65) + "]".repeat(65);
        SpecException refused = assertThrows(SpecException.class, () -> RegisterMapReader.read(map));
        assertEquals(
                "2:1: this is no TOML: tables or arrays are nested more than 64 deep",
                refused.problems().get(0).toString());
    }
}
