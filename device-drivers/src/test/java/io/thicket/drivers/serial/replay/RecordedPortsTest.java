package io.thicket.drivers.serial.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.drivers.LineParameters;
import io.thicket.drivers.serial.PortAddress;
import io.thicket.drivers.serial.PortException;
import io.thicket.drivers.serial.Transport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recording in the place of a port. */
class RecordedPortsTest {
    private static final LineParameters LINE = LineParameters.of8N1(9600);

    @TempDir
    private Path temp;

    private long nowNanos = 5_000_000_000L;
    private final Transport.Opener opener = RecordedPorts.or(
            (node, line) -> {
                throw new PortException(PortException.Problem.MISSING, "not mine: " + node);
            },
            () -> nowNanos);

    @Test
    void what_was_received_comes_again_at_its_times_and_then_nothing() throws Exception {
        Transport port = open("# thicket capture 1\n+2.000000 RX 01 02 03\n+2.100000 TX ff\n+3.500000 RX 04\n");

        nowNanos += 10_000_000_000L; // a port may settle for any time: the recording begins with the first question
        port.purge();
        assertEquals(3, port.pending());
        assertEquals("01 02", read(port, 2));
        assertEquals("03", read(port, 9));
        assertEquals(0, port.pending());
        nowNanos += 1_499_999_000L;
        assertEquals("", read(port, 9));
        nowNanos += 1_000L;
        assertEquals("04", read(port, 9));
        nowNanos += 3_600_000_000_000L;
        assertEquals(0, port.pending());
    }

    @Test
    void a_purge_takes_what_is_due_and_no_more() throws Exception {
        Transport port = open("+0.000000 RX 01 02\n+1.000000 RX 03\n+9.000000 RX 04\n");
        assertEquals("01", read(port, 1));
        nowNanos += 2_000_000_000L;

        port.purge();

        assertEquals(0, port.pending());
        nowNanos += 7_000_000_000L;
        assertEquals("04", read(port, 9));
    }

    @Test
    void what_is_written_goes_nowhere_and_a_closed_one_is_silent() throws Exception {
        Transport port = open("+0.000000 RX 01\n");
        assertEquals(4, port.write(new byte[4], 0, 4));
        port.close();
        assertEquals(0, port.pending());
    }

    @Test
    void what_is_no_recording_is_refused_with_the_cure() throws Exception {
        assertRefused("PMS", "is no recording; 'thicket driver record' makes one");
        assertRefused("# thicket capture 1\nnonsense\n", "is damaged: line 2 is no line of a recording");
        PortException missing = assertThrows(PortException.class, () -> opener.open("replay:/nowhere/at/all", LINE));
        assertEquals(PortException.Problem.MISSING, missing.problem());
        assertThrows(PortException.class, () -> opener.open("replay:" + temp, LINE), "a directory");
        PortException other = assertThrows(PortException.class, () -> opener.open("/dev/ttyUSB0", LINE));
        assertEquals("not mine: /dev/ttyUSB0", other.sentence());
    }

    @Test
    void one_that_does_not_fit_is_refused() throws Exception {
        Path file = temp.resolve("long");
        Files.writeString(file, "# thicket capture 1\n" + "#".repeat(RecordedPorts.MAX_BYTES));
        PortException refused = assertThrows(PortException.class, () -> opener.open("replay:" + file, LINE));
        assertTrue(refused.sentence().endsWith("is longer than 16 MiB; cut it"), refused.sentence());
    }

    @Test
    void its_address_is_an_absolute_path_and_no_local_port() {
        PortAddress address = PortAddress.parse("replay:/var/tmp/fault.txt");
        assertEquals("replay:/var/tmp/fault.txt", address.text());
        assertFalse(address.isLocal());
        assertTrue(PortAddress.isMeant("replay:x"));
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> PortAddress.parse("replay:fault.txt"));
        assertTrue(String.valueOf(refused.getMessage()).contains("absolute path"), refused.getMessage());
    }

    private void assertRefused(String text, String why) throws Exception {
        PortException refused = assertThrows(PortException.class, () -> open(text));
        assertTrue(refused.sentence().contains(why), refused.sentence());
        assertEquals(PortException.Problem.NOT_A_SERIAL_PORT, refused.problem());
    }

    private Transport open(String text) throws Exception {
        Path file = Files.writeString(temp.resolve("recording"), text);
        return opener.open("replay:" + file, LINE);
    }

    private static String read(Transport port, int length) throws PortException {
        byte[] buffer = new byte[length];
        int count = port.read(buffer, 0, length);
        return HexFormat.ofDelimiter(" ").formatHex(buffer, 0, count);
    }
}
