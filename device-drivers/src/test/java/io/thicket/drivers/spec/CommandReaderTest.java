package io.thicket.drivers.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.drivers.Observation.Value;
import io.thicket.drivers.framing.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code [[command]]} of both kinds of files. */
class CommandReaderTest {
    private static final String SPEC = """
            spec = 1
            id = "acme.mini"
            title = "Mini"
            [serial]
            baud = 9600
            [frame]
            start = "AA"
            size = 4
            checksum = { kind = "sum8" }
            [[message]]
            [[message.value]]
            name = "level"
            at = 1
            type = "u8"
            [[example]]
            frame = "AA 07 00 B1"
            values = { level = 7 }
            [[command]]
            """;

    private static final String MAP = """
            spec = 1
            id = "acme.map"
            title = "Map"
            [serial]
            baud = 9600
            [modbus]
            [[value]]
            name = "level"
            input = 0
            type = "u16"
            [[example]]
            request = "01 04 00 00 00 01 31 CA"
            frame = "01 04 02 00 07 F8 F2"
            values = { level = 7 }
            [[command]]
            """;

    private static String problem(String head, String command) {
        return assertThrows(SpecException.class, () -> {
                    if (RegisterMapReader.isMap(head)) {
                        RegisterMapReader.read(head + command);
                    } else {
                        SpecReader.read(head + command);
                    }
                })
                .getMessage();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "send = \"AA\"                                             | name is missing",
                "name = \"Sleep!\";send = \"AA\"                           | the command 'Sleep!' is not 1 to 32 of a-z",
                "name = \"a\"                                              | send is missing",
                "name = \"a\";send = \"AA 00\";value = { at = 2, type = \"u8\", min = 0, max = 9 } | outside of the 2 bytes",
                "name = \"a\";send = \"AA 00\";value = { at = 1, type = \"u8\", max = 9 } | min is missing",
                "name = \"a\";send = \"AA 00\";value = { at = 1, type = \"u8\", min = 0, max = 256 } | 0 to 256 does not fit into u8",
                "name = \"a\";send = \"AA 00\";value = { at = 1, type = \"bcd8\", min = 0, max = 9 } | 'bcd8' cannot be set",
                "name = \"a\";send = \"AA 00\";checksum = { kind = \"sum8\" } | without a value the bytes never change",
                "name = \"a\";send = \"AA\";echo = { at = 1, type = \"u8\" } | echo repeats the command's value",
                "name = \"a\";send = \"AA\";refusal = [{ at = 1, bytes = \"00\" }] | there is no answer that says",
                "name = \"a\";send = \"AA\";confirm = \"loud\"               | confirm: there is no 'loud'",
                "name = \"a\";send = \"AA\";confirm = \"silent\";answer = [{ at = 1, bytes = \"00\" }] | not by both",
                "name = \"a\";send = \"AA\";confirm = \"silent\";timeout = \"4s\" | timeout is not 5s to 30s",
                "name = \"a\";send = \"AA\";confirm = \"speaks\";repeat = true;timeout = \"16s\" | a command that may be sent twice",
                "name = \"a\";send = \"AA 00 00 00 00\";value = { at = 1, type = \"f32be\", min = 0, max = 1e39 } | does not fit into f32be",
                "name = \"a\";send = \"AA 00 00 00 00\";value = { at = 1, type = \"f32be\", min = 0, max = 9 };answer = [{ at = 0, bytes = \"AA\" }];echo = { at = 1, type = \"f64be\" } | write the type of value",
                "name = \"a\";send = \"AA\";dangerus = true                | there is no key 'dangerus'",
            })
    void what_is_wrong_in_a_specification_is_said(String command, String expected) {
        String text = problem(SPEC, command.replace(";", "\n"));
        assertTrue(text.contains(expected), text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name = \"a\";input = 0;type = \"u16\";min = 0;max = 1   | only coils and holding registers can be written",
                "name = \"a\";discrete = 0                              | only coils and holding registers can be written",
                "name = \"a\";holding = 0;type = \"u16\";max = 1          | min is missing",
                "name = \"a\";holding = 0;type = \"u16\";min = -1;max = 1 | -1 to 1 does not fit into the registers",
                "name = \"a\";holding = 0;type = \"bcd16\";min = 0;max = 1 | such a value cannot be written",
                "name = \"a\";holding = 0;type = \"u16\";write = -1        | write = -1 is not what registers hold",
                "name = \"a\";holding = 0;type = \"u16\";write = 70000     | write = 70000 is not what registers hold",
                "name = \"a\";holding = 0;type = \"u16\";mask = 0x0F00;write = 0x1000 | write = 4096 is not what registers hold",
                "name = \"a\";coil = 0;write = 0xFF00                  | write = 65280 is not what registers hold",
                "name = \"a\";holding = 0;type = \"u16\";mask = 0x0F00;min = 0;max = 16 | 0 to 16 does not fit",
            })
    void what_is_wrong_in_a_register_map_is_said(String command, String expected) {
        String text = problem(MAP, command.replace(";", "\n"));
        assertTrue(text.contains(expected), text);
    }

    @ParameterizedTest
    @CsvSource({
        "u8,    1,  10, 0,   2.5,  AA 19 00 00 00 C3",
        "s16be, 1,  1,  0,   -2,   AA FF FE 00 00 A7",
        "u16le, 1,  1,  0,   258,  AA 02 01 00 00 AD",
        "f32be, 1,  1,  0,   1.5,  AA 3F C0 00 00 A9",
        "u8,    2,  1,  -10, 30,   AA 14 00 00 00 BE",
    })
    void a_value_is_put_into_the_bytes(
            String type, double scale, double divide, double offset, double set, String expected) throws SpecException {
        String text = SPEC + "name = \"a\"\nsend = \"AA 00 00 00 00 00\"\nchecksum = { kind = \"sum8\" }\n"
                + "value = { at = 1, type = \"" + type + "\", scale = " + scale + ", divide = " + divide + ", offset = "
                + offset + ", min = " + Math.min(0, set) + ", max = " + set + " }\n";
        CommandSpec command = SpecReader.read(text).commands().get(0);

        Value value = new Value.Numeric(set);
        assertEquals(expected, Bytes.copyOf(command.bytes(value)).toString());
        assertEquals(value, command.valueOf(command.raw(value)));
    }

    /** Found in review: the bits of a negative float were compared with and without their sign extended. */
    @ParameterizedTest
    @CsvSource({"f32be, -1.5, AA BF C0 00 00", "f32le, -1.5, AA 00 00 C0 BF", "s16be, -2, AA FF FE 00 00"})
    void a_negative_value_is_found_in_the_answer(String type, double set, String answer) throws SpecException {
        String text = SPEC + "name = \"a\"\nsend = \"AA 00 00 00 00\"\nvalue = { at = 1, type = \"" + type
                + "\", min = -9, max = 9 }\nanswer = [{ at = 0, bytes = \"AA\" }]\necho = { at = 1, type = \"" + type
                + "\" }\n";
        CommandSpec command = SpecReader.read(text).commands().get(0);
        byte[] frame = Bytes.parse(answer).toArray();

        assertEquals(
                CommandCheck.Verdict.OBEYED,
                command.check().of(frame, 0, frame.length, command.raw(new Value.Numeric(set))));
    }

    @Test
    void a_command_is_there_once() {
        String text = problem(SPEC, "name = \"a\"\nsend = \"AA\"\n[[command]]\nname = \"a\"\nsend = \"AB\"\n");
        assertTrue(text.contains("the command 'a' is there twice"), text);
    }
}
