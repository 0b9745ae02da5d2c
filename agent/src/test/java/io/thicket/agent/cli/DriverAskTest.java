package io.thicket.agent.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.drivers.LineParameters;
import io.thicket.drivers.serial.PortSystem;
import io.thicket.drivers.serial.Transport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code thicket driver detect --ask}: devices that say nothing by themselves. */
class DriverAskTest {
    private static final String CO2_QUESTION = "ff0186000000000079";
    private static final String CO2_ANSWER = "ff86026047000000d1";

    /** Holding register 0 and so on of a SenseAir S8 are not asked for, input registers 0 to 3 are: unit 254, CO2 400 ppm. */
    private static final String S8_QUESTION = "fe0400000004e5c6";

    private static final String S8_ANSWER = "fe0408000000000000019016e6";

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path node;

    @BeforeEach
    void plugIn() throws IOException {
        node = Files.createSymbolicLink(directory.resolve("ttyS7"), Path.of("/dev/null"));
    }

    private int detect(Transport device, String... more) {
        PortTool tool = new PortTool((path, line) -> device, new PortSystem(directory, directory, directory));
        CommandLine line = DriverCommand.line(tool).setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return line.execute(java.util.stream.Stream.concat(
                        List.of("detect", node.toString(), "--for", "20ms").stream(), List.of(more).stream())
                .toArray(String[]::new));
    }

    /** Answers one question at one rate, whatever came before it on the line. */
    private final class Device implements Transport {
        private final int baud;
        private final String question;
        private final byte[] answer;
        private final boolean echoes;
        private int rate;
        private String heard = "";
        private byte[] pending = {};

        Device(int baud, String question, String answer, boolean echoes) {
            this.baud = baud;
            this.question = question;
            this.answer = HexFormat.of().parseHex(answer);
            this.echoes = echoes;
        }

        @Override
        public int pending() {
            return pending.length;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            int count = Math.min(length, pending.length);
            System.arraycopy(pending, 0, buffer, offset, count);
            pending = java.util.Arrays.copyOfRange(pending, count, pending.length);
            return count;
        }

        @Override
        public int write(byte[] bytes, int offset, int length) {
            written.write(bytes, offset, length);
            heard += HexFormat.of().formatHex(bytes, offset, offset + length);
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            all.writeBytes(pending);
            if (echoes) {
                all.write(bytes, offset, length);
            }
            if (rate == baud && heard.endsWith(question)) {
                all.writeBytes(answer);
            }
            pending = all.toByteArray();
            return length;
        }

        @Override
        public void purge() {
            pending = new byte[0];
        }

        @Override
        public void setLine(LineParameters line) {
            rate = line.baud();
        }

        @Override
        public void setLines(boolean rts, boolean dtr) {}

        @Override
        public void close() {}
    }

    @Test
    void a_device_that_must_be_asked_is_found_by_its_answer() {
        int exit = detect(new Device(9600, CO2_QUESTION, CO2_ANSWER, false), "--ask");

        assertEquals(0, exit, err.toString());
        assertTrue(
                out.toString()
                        .contains(
                                "winsen.mhz19b  9600 8N1  1 frames, 100 % of the bytes, asked: co2=0.000608 /, temperature=31 Cel\n"),
                out.toString());
        assertTrue(err.toString().contains("9600 8N1: jbd.bms asked, no answer that it understands\n"), err.toString());
    }

    @Test
    void without_ask_nothing_is_sent_and_the_option_is_named() {
        int exit = detect(new Device(9600, CO2_QUESTION, CO2_ANSWER, false));

        assertEquals(1, exit);
        assertEquals(0, written.size());
        assertTrue(err.toString().endsWith("a device that must be asked says nothing by itself: --ask asks\n"));
    }

    @Test
    void a_modbus_device_is_asked_at_the_address_that_it_is_delivered_with_also_behind_an_adapter_that_echoes() {
        int exit = detect(new Device(9600, S8_QUESTION, S8_ANSWER, true), "--ask", "--json");

        assertEquals(0, exit, err.toString() + HexFormat.of().formatHex(written.toByteArray()));
        assertTrue(out.toString().startsWith("[{\"id\":\"senseair.s8\",\"line\":\"9600 8N1\","), out.toString());
        assertTrue(out.toString().endsWith("\"asked\":true}]\n"), out.toString());
    }
}
