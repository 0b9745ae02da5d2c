package io.thicket.agent.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DriverToolsTest {
    private static final String SPECIFICATION = """
            spec = 1
            id = "acme.mini"
            title = "Acme Mini (temperature)"

            [serial]
            baud = 4800

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

            [[example]]
            frame = "AA 01 00 D7 00 82"
            source = "made by hand"
            values = { temperature = 21.5 }
            """;

    @TempDir
    private Path directory;

    private Path write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    private Path writeHex(String name, String hex) throws IOException {
        return Files.write(directory.resolve(name), HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"driver validate", "driver info"})
    void help_is_as_agreed(String command) {
        CommandLineRun run = CommandLineRun.of((command + " --help").split(" "));

        assertEquals(0, run.exit(), run.err());
        CliGolden.assertMatches("help-" + command.replace(' ', '-') + ".txt", run.out());
    }

    /** What is decoded would else end somewhere, and nobody would know. */
    @Test
    void a_recording_that_is_too_long_is_refused_and_not_cut() throws IOException {
        Path file = directory.resolve("long.bin");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength((256L << 20) + 1);
        }

        CommandLineRun run = CommandLineRun.of("driver", "decode", "nova.sds011", file.toString());

        assertEquals(65, run.exit());
        assertTrue(run.err().contains("has more than 256 MiB: cut it"), run.err());
        assertEquals("", run.out());
    }

    @Test
    void a_good_specification_is_fine() throws IOException {
        Path file = write("mini.toml", SPECIFICATION);

        CommandLineRun run = CommandLineRun.of("driver", "validate", file.toString());

        assertEquals(0, run.exit(), run.err());
        assertEquals(file + " is fine: acme.mini, 1 value, 1 example decodes as expected\n", run.out());
    }

    @Test
    void a_bad_one_is_told_line_column_mistake_and_cure() throws IOException {
        Path file = write(
                "mini.toml", SPECIFICATION.replace("\"Cel\"", "\"celsius\"").replace("size = 6", "sise = 6"));

        CommandLineRun text = CommandLineRun.of("driver", "validate", file.toString());
        CommandLineRun json = CommandLineRun.of("driver", "validate", "--json", file.toString());

        assertEquals(78, text.exit());
        assertTrue(text.out().contains(file + ":10:1: there is no key 'sise' in frame\n    write size\n"), text.out());
        assertTrue(text.out().contains(file + ":19:1: 'celsius' is not a SenML unit: use Cel\n"), text.out());
        assertEquals(78, json.exit());
        assertTrue(json.out().contains("\"line\":19,\"column\":1"), json.out());
    }

    @Test
    void decode_takes_a_specification_file() throws IOException {
        Path file = write("mini.toml", SPECIFICATION);
        Path bytes = writeHex("bytes", "00 AA 01 00 D7 00 82 AA 01 00 D8 00 82");

        CommandLineRun run = CommandLineRun.of("driver", "decode", file.toString(), bytes.toString());

        assertEquals(0, run.exit(), run.err());
        assertEquals("{\"n\":\"temperature\",\"u\":\"Cel\",\"v\":21.5}\n", run.out());
        assertEquals("1 good, 0 without a value yet, 1 bad checksum, 0 malformed, 7 bytes skipped\n", run.err());
    }

    @Test
    void a_broken_specification_file_is_explained_by_decode() throws IOException {
        Path file = write("mini.toml", "spec = 1\n");

        CommandLineRun run = CommandLineRun.of("driver", "decode", file.toString(), "/dev/null");

        assertEquals(78, run.exit());
        assertTrue(run.err().contains("mini.toml: id is missing; write id = \"maker.model\""), run.err());
    }

    @Test
    void decode_says_what_to_do_when_nothing_was_understood() throws IOException {
        Path noise = writeHex("noise", "01 02 03 04");
        Path empty = writeHex("empty", "");

        CommandLineRun strange = CommandLineRun.of("driver", "decode", "nova.sds011", noise.toString());
        CommandLineRun nothing = CommandLineRun.of("driver", "decode", "nova.sds011", empty.toString());
        CommandLineRun counts = CommandLineRun.of("driver", "decode", "nova.sds011", "--json", noise.toString());

        assertEquals(65, strange.exit());
        assertTrue(
                strange.err()
                        .endsWith("no frame of nova.sds011 is in it: 'thicket driver detect FILE' tries all drivers\n"),
                strange.err());
        assertTrue(nothing.err().endsWith("the input is empty\n"), nothing.err());
        assertEquals(1, counts.err().lines().count(), "JSON and nothing else");
    }

    @Test
    void drivers_without_bytes_to_decode_are_refused() throws IOException {
        Path noise = writeHex("noise", "01 02 03 04");

        CommandLineRun virtual = CommandLineRun.of("driver", "decode", "virtual.sensor", noise.toString());
        CommandLineRun modbus = CommandLineRun.of("driver", "decode", "modbus", noise.toString());

        assertEquals(2, virtual.exit());
        assertTrue(virtual.err().contains("virtual.sensor has no port, so there is nothing to decode"), virtual.err());
        assertEquals(2, modbus.exit());
        assertTrue(modbus.err().contains("write the register map in place of 'modbus'"), modbus.err());
    }

    @Test
    void a_file_that_may_not_be_read_is_told_so() {
        assertEquals("no permission", FileTrouble.why(new java.nio.file.AccessDeniedException("/some/file")));
        assertEquals("it is a directory", FileTrouble.why(new IOException("Is a directory")));
        assertEquals("Input/output error", FileTrouble.why(new IOException("Input/output error")));
    }

    @Test
    void info_of_a_driver_without_a_page_says_its_line_and_where_more_is() {
        CommandLineRun nmea = CommandLineRun.of("driver", "info", "nmea0183");
        CommandLineRun virtual = CommandLineRun.of("driver", "info", "virtual.sine");

        assertTrue(nmea.out().contains("Line: 9600 8N1. Values, wiring and examples: docs/sensors.md\n"), nmea.out());
        assertTrue(virtual.out().contains("Without a port. Values and examples: docs/sensors.md\n"), virtual.out());
    }

    @Test
    void info_shows_the_page_of_a_device() {
        CommandLineRun run = CommandLineRun.of("driver", "info", "nova.sds011");

        assertEquals(0, run.exit(), run.err());
        CliGolden.assertMatches("driver-info.txt", run.out());
    }
}
