package io.thicket.agent.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.drivers.LineParameters;
import io.thicket.drivers.capture.Capture;
import io.thicket.drivers.serial.PortSystem;
import io.thicket.drivers.serial.Transport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class DriverPortToolsTest {
    private static final byte[] SDS = HexFormat.of().parseHex("aac006000600" + "58d93dab");

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final List<LineParameters> lines = new ArrayList<>();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private long wroteAtNanos;
    private long closedAtNanos;
    private Path node;

    @BeforeEach
    void plugIn() throws IOException {
        // No regular file, as a device is none.
        node = Files.createSymbolicLink(directory.resolve("ttyS7"), Path.of("/dev/null"));
    }

    private int run(String... args) {
        PortTool tool = new PortTool(
                (path, line) -> {
                    lines.add(line);
                    return new Device(line);
                },
                new PortSystem(directory, directory, directory));
        CommandLine line = DriverCommand.line(tool)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .setExecutionExceptionHandler((problem, command, parsed) -> {
                    err.append(String.valueOf(problem.getMessage()));
                    return problem instanceof Failure failure ? failure.code().number() : 70;
                });
        return line.execute(args);
    }

    /** A dust sensor at 9600 baud: at every other rate it is noise. Says one frame at each purge, and when it is opened. */
    private final class Device implements Transport {
        private byte[] pending;

        Device(LineParameters line) {
            pending = says(line);
        }

        private byte[] says(LineParameters line) {
            return line.baud() == 9600 && line.dataBits() == 8 ? SDS : new byte[] {1, 2, 3};
        }

        @Override
        public int pending() {
            return pending.length;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            int count = Math.min(length, pending.length);
            System.arraycopy(pending, 0, buffer, offset, count);
            pending = new byte[0];
            return count;
        }

        @Override
        public int write(byte[] bytes, int offset, int length) {
            int count = Math.min(3, length);
            written.write(bytes, offset, count);
            wroteAtNanos = System.nanoTime();
            return count;
        }

        @Override
        public void purge() {}

        @Override
        public void setLine(LineParameters line) {
            lines.add(line);
            pending = says(line);
        }

        @Override
        public void setLines(boolean rts, boolean dtr) {}

        @Override
        public void close() {
            closedAtNanos = System.nanoTime();
        }
    }

    /** Closing a port throws away what it has not sent: 48 bytes take 50 ms at 9600 baud. */
    @Test
    void replay_closes_the_port_when_its_last_bytes_are_on_the_line() throws IOException {
        Path file = Files.writeString(directory.resolve("x.txt"), "+0.000000 RX" + " aa".repeat(48) + "\n");

        int exit = run("replay", file.toString(), node.toString());

        assertEquals(0, exit, err.toString());
        assertTrue(closedAtNanos - wroteAtNanos >= 50_000_000, (closedAtNanos - wroteAtNanos) + " ns");
    }

    @Test
    void record_writes_what_decode_reads_with_times() throws IOException {
        Path file = directory.resolve("air.txt");

        int exit = run("record", node.toString(), "--for", "50ms", "--driver", "nova.sds011", "-o", file.toString());

        assertEquals(0, exit, err.toString());
        String text = Files.readString(file);
        Capture capture = Capture.parse(text);
        assertTrue(text.startsWith(Capture.MAGIC + "\n"), text);
        assertEquals("9600 8N1", capture.head().get("line"));
        assertEquals("nova.sds011", capture.head().get("driver"));
        assertEquals(1, capture.pieces().size());
        CommandLineRun decode = CommandLineRun.of("driver", "decode", "nova.sds011", file.toString());
        assertTrue(
                decode.out().matches("(?s).*\"n\":\"pm2_5\",\"u\":\"kg/m3\",\"v\":6[Ee]-10,\"t\":1\\d{9}.*"),
                decode.out());
    }

    @Test
    void decode_of_a_recording_counts_its_seconds_when_it_does_not_say_when_it_began() throws IOException {
        Path file = Files.writeString(
                directory.resolve("x.txt"), "+2.500000 RX aa c0 06 00 06\n+2.600000 RX 00 58 d9 3d ab\n");

        CommandLineRun run = CommandLineRun.of("driver", "decode", "nova.sds011", "-o", "values=pm10", file.toString());

        assertEquals("{\"n\":\"pm10\",\"u\":\"kg/m3\",\"v\":6e-10,\"t\":2.5}\n", run.out());
    }

    @Test
    void replay_sends_what_the_device_said() throws IOException {
        Path file = Files.writeString(
                directory.resolve("x.txt"),
                Capture.MAGIC + "\n# line 19200 8E1\n+0.000000 TX 01 02\n+0.010000 RX aa bb cc dd\n+0.020000 RX ee\n");

        int exit = run("replay", file.toString(), node.toString());

        assertEquals(0, exit, err.toString());
        assertEquals("aabbccddee", HexFormat.of().formatHex(written.toByteArray()));
        assertEquals(19_200, lines.get(0).baud());
        assertEquals(LineParameters.Parity.EVEN, lines.get(0).parity());
        assertEquals("5 bytes sent\n", err.toString());
    }

    @Test
    void detect_finds_the_device_and_never_sends() {
        int exit = run("detect", node.toString(), "--for", "30ms");

        assertEquals(0, exit, err.toString());
        assertTrue(
                out.toString().startsWith("nova.sds011  9600 8N1  1 frames, 100 % of the bytes: pm2_5=6e-10 kg/m3,"),
                out.toString());
        assertEquals(0, written.size());
        assertTrue(lines.stream().distinct().count() > 4, "it tried other rates too");
    }

    @Test
    void detect_reads_a_file() throws IOException {
        Path file = Files.write(directory.resolve("raw"), SDS);
        Path noise = Files.writeString(directory.resolve("noise"), "\u0001\u0002\u0003", StandardCharsets.ISO_8859_1);

        CommandLineRun found = CommandLineRun.of("driver", "detect", "--json", file.toString());
        CommandLineRun nothing = CommandLineRun.of("driver", "detect", noise.toString());

        assertEquals(0, found.exit(), found.err());
        assertTrue(
                found.out().startsWith("[{\"id\":\"nova.sds011\",\"line\":\"9600 8N1\",\"share\":1,\"good\":1,"),
                found.out());
        assertEquals(1, nothing.exit());
        assertEquals(
                "no driver understands what was heard (3 bytes); a device that must be asked says nothing by itself\n",
                nothing.err());
    }

    @Test
    void detect_of_what_is_neither_file_nor_port_says_so() {
        CommandLineRun missing = CommandLineRun.of("driver", "detect", "missing.txt");
        CommandLineRun folder = CommandLineRun.of("driver", "detect", directory.toString());

        assertEquals(66, missing.exit());
        assertTrue(
                missing.err().endsWith("there is no file missing.txt, and a port is written /dev/...\n"),
                missing.err());
        assertEquals(66, folder.exit());
        assertTrue(folder.err().endsWith(" is a directory; name a port, or a file\n"), folder.err());
    }

    @Test
    void a_full_disk_does_not_pass_for_a_recording() {
        int exit = run("record", node.toString(), "--for", "20ms", "-o", "/dev/full");

        assertEquals(73, exit, err.toString());
        assertTrue(err.toString().contains("/dev/full cannot be written"), err.toString());
    }

    @Test
    void the_list_of_commands_has_whole_sentences() {
        String help = CommandLineRun.of("driver", "--help").out();

        String commands = help.substring(help.indexOf("Commands:\n") + "Commands:\n".length());
        for (String line : commands.strip().split("\n  (?=[a-z])")) {
            assertTrue(line.endsWith("."), line);
        }
    }

    @Test
    void mistakes_are_explained() throws IOException {
        Path raw = Files.write(directory.resolve("raw"), SDS);

        assertEquals(69, run("record", directory.resolve("ttyUSB9").toString()));
        assertTrue(err.toString().contains("ttyUSB9 does not exist"), err.toString());
        assertEquals(2, run("record", node.toString(), "--format", "9X3"));
        assertEquals(65, run("replay", raw.toString(), node.toString()));
        assertEquals(2, run("detect", node.toString(), "--for", "soon"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"driver record", "driver replay", "driver detect"})
    void help_is_as_agreed(String command) {
        CommandLineRun run = CommandLineRun.of((command + " --help").split(" "));

        assertEquals(0, run.exit(), run.err());
        CliGolden.assertMatches("help-" + command.replace(' ', '-') + ".txt", run.out());
    }
}
