package io.thicket.agent.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.drivers.capture.Capture;
import io.thicket.drivers.checksum.Checksum;
import io.thicket.drivers.framing.CheckPlace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DriverBenchCommandTest {
    private static final CheckPlace CHECK = new CheckPlace(Checksum.SUM8, 2, -2, -2, false);

    private final Random random = new Random(5);

    @TempDir
    private Path directory;

    /** A frame of a device that nobody knows. */
    private byte[] frame() {
        byte[] frame = new byte[11];
        random.nextBytes(frame);
        frame[0] = 0x5C;
        frame[1] = 0x01;
        frame[10] = 0x0A;
        CHECK.write(frame, 0, frame.length);
        return frame;
    }

    private byte[] noise() {
        byte[] noise = new byte[11];
        random.nextBytes(noise);
        return noise;
    }

    private Path recording(String name, String line, Supplier<byte[]> heard) throws IOException {
        StringBuilder text = new StringBuilder(Capture.MAGIC + "\n# line " + line + "\n");
        for (int i = 0; i < 30; i++) {
            byte[] bytes = heard.get();
            text.append(Capture.line(1_000_000L * i, true, bytes, 0, bytes.length))
                    .append('\n');
        }
        return Files.writeString(directory.resolve(name), text);
    }

    private CommandLineRun bench(String... arguments) {
        String[] all = new String[arguments.length + 2];
        all[0] = "driver";
        all[1] = "bench";
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return CommandLineRun.of(all);
    }

    @Test
    void the_rate_at_which_there_are_frames_is_proposed_with_them() throws IOException {
        Path right = recording("right.txt", "19200 8N1", this::frame);
        Path wrong = recording("wrong.txt", "9600 8N1", this::noise);

        CommandLineRun run = bench(wrong.toString(), right.toString());

        assertEquals(0, run.exit(), run.err());
        CliGolden.assertMatches("driver-bench.txt", run.out().replace(directory + "/", ""));
        assertEquals(
                "wrong.txt: nothing found in 330 bytes at 9600 8N1: chance explains them as well. A wrong rate sounds like that, "
                        + "and so does a device that must be asked\n",
                run.err().replace(directory + "/", ""));
    }

    @Test
    void what_is_proposed_decodes_as_a_specification() throws IOException {
        Path right = recording("right.txt", "19200 8N1", this::frame);
        String text = bench(right.toString()).out();
        StringBuilder specification =
                new StringBuilder("spec = 1\nid = \"un.known\"\ntitle = \"Unknown\"\nserial.baud = 19200\n");
        // The lines of the first proposal.
        text.lines()
                .skip(1)
                .takeWhile(line -> line.startsWith("    "))
                .filter(line -> line.startsWith("    | "))
                .forEach(line -> specification.append(line.substring(6)).append('\n'));
        byte[] example = frame();
        specification.append(
                "[[message]]\n[[message.value]]\nname = \"a\"\nat = 2\ntype = \"u8\"\n[[example]]\nframe = \"");
        for (byte b : example) {
            specification.append(String.format("%02X ", b));
        }
        specification
                .append("\"\nsource = \"made\"\nvalues = { a = ")
                .append(example[2] & 0xFF)
                .append(" }\n");
        Path file = Files.writeString(directory.resolve("unknown.toml"), specification);

        CommandLineRun decoded = CommandLineRun.of("driver", "decode", file.toString(), right.toString());

        assertEquals(0, decoded.exit(), decoded.err());
        assertTrue(decoded.err().startsWith("30 good, 0 without a value yet, 0 bad checksum,"), decoded.err());
    }

    @Test
    void json_has_the_evidence() throws IOException {
        Path right = recording("right.txt", "19200 8N1", this::frame);

        CommandLineRun run = bench("--json", right.toString());

        assertEquals(0, run.exit(), run.err());
        CliGolden.assertMatches("driver-bench-json.txt", run.out().replace(directory + "/", ""));
    }

    @Test
    void nothing_is_said_to_be_nothing() throws IOException {
        Path noise = recording("noise.txt", "9600 8N1", this::noise);
        Path empty = Files.writeString(directory.resolve("empty"), "");

        CommandLineRun run = bench("--json", noise.toString(), empty.toString());

        assertEquals(1, run.exit());
        assertEquals("[]\n", run.out());
        assertTrue(run.err().contains("empty: there is nothing in it that a device said"), run.err());
        assertEquals(66, bench(directory.resolve("missing").toString()).exit());
        assertEquals(2, bench().exit());
    }

    /** Found in review: of a long recording only the beginning is read, and nobody was told. */
    @Test
    void what_is_not_looked_at_is_said() throws IOException {
        byte[] noise = new byte[100_000];
        random.nextBytes(noise);
        Path file = Files.write(directory.resolve("long.bin"), noise);

        CommandLineRun run = bench(file.toString());

        assertEquals(1, run.exit());
        assertTrue(run.err().contains("long.bin: nothing found in the first 65536 of 100000 bytes:"), run.err());
    }

    @Test
    void help_is_as_agreed() {
        CliGolden.assertMatches("help-driver-bench.txt", bench("--help").out());
    }
}
