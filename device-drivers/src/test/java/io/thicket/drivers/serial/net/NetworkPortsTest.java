package io.thicket.drivers.serial.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.drivers.LineParameters;
import io.thicket.drivers.serial.PortAddress;
import io.thicket.drivers.serial.PortException;
import io.thicket.drivers.serial.PortException.Problem;
import io.thicket.drivers.serial.Transport;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ports behind servers on this machine's loopback. */
@Timeout(30)
class NetworkPortsTest {
    private static final LineParameters LINE = LineParameters.of8N1(9600);

    private final Transport.Opener opener = NetworkPorts.or((node, line) -> {
        throw new PortException(Problem.MISSING, "local " + node);
    });
    private ServerSocket server;

    /** What a server does with its one client. */
    private interface Talk {
        void with(InputStream in, OutputStream out) throws IOException;
    }

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    private CompletableFuture<Void> serve(Talk talk) {
        return CompletableFuture.runAsync(() -> {
            try (Socket client = server.accept()) {
                talk.with(client.getInputStream(), client.getOutputStream());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private Transport open(String scheme) throws PortException {
        return opener.open(scheme + "://127.0.0.1:" + server.getLocalPort(), LINE);
    }

    private static byte[] read(Transport port, int count) throws PortException {
        byte[] all = new byte[count];
        int had = 0;
        while (had < count) {
            had += port.read(all, had, Math.min(count - had, port.pending()));
            Thread.onSpinWait();
        }
        return all;
    }

    private static void write(Transport port, byte[] bytes) throws PortException {
        int written = 0;
        while (written < bytes.length) {
            written += port.write(bytes, written, bytes.length - written);
            int unused = port.pending();
        }
    }

    private static byte[] allBytes() {
        byte[] all = new byte[256 * 8];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        return all;
    }

    /** A server of RFC 2217 that acknowledges everything, but {@code baud}; then it echoes data. */
    private static Talk rfc2217(int baud) {
        return (in, out) -> {
            int had = 0;
            for (int b = in.read(); b >= 0; b = in.read()) {
                if (b != 255) {
                    out.write(b);
                    continue;
                }
                int verb = in.read();
                if (verb == 255) {
                    out.write(new byte[] {(byte) 255, (byte) 255});
                } else if (verb >= 251) {
                    int option = in.read();
                    if (verb == 251 && option == 44) {
                        out.write(new byte[] {(byte) 255, (byte) 253, 44, 'n', 'o', 'i', 's', 'e'});
                    }
                } else if (verb == 250) {
                    byte[] sub = new byte[16];
                    int length = 0;
                    for (int s = in.read(); ; s = in.read()) {
                        if (s == 255) {
                            s = in.read();
                            if (s == 240) {
                                break;
                            }
                        }
                        sub[length++] = (byte) s;
                    }
                    sub[1] += 100;
                    if (sub[1] == 101) {
                        sub[4] = (byte) (baud >> 8);
                        sub[5] = (byte) baud;
                    }
                    out.write(new byte[] {(byte) 255, (byte) 250});
                    out.write(sub, 0, length);
                    out.write(new byte[] {(byte) 255, (byte) 240});
                }
                had++;
            }
            assertTrue(had > 0);
        };
    }

    @Test
    void raw_bytes_go_through_as_they_are() throws Exception {
        CompletableFuture<Void> served = serve((in, out) -> out.write(in.readNBytes(2048)));
        Transport port = open("tcp");
        write(port, allBytes());

        assertArrayEquals(allBytes(), read(port, 2048));
        served.get(10, TimeUnit.SECONDS);
        assertEquals(
                Problem.LOST,
                assertThrows(PortException.class, () -> awaitLoss(port)).problem());
        port.close();
        port.close();
    }

    /** A server may notice the end of its client while it answers. */
    private static void ended(CompletableFuture<Void> served) {
        assertEquals(true, served.handle((nothing, problem) -> true).join());
    }

    private static void awaitLoss(Transport port) throws PortException {
        while (port.pending() == 0) {
            Thread.onSpinWait();
        }
    }

    @Test
    void rfc_2217_sets_the_line_and_hands_all_bytes_on() throws Exception {
        CompletableFuture<Void> served = serve(rfc2217(9600));
        Transport port = open("rfc2217");
        assertEquals(0, port.pending(), "what came while the line was set is not the device's");
        write(port, allBytes());

        assertArrayEquals(allBytes(), read(port, 2048));
        port.setLines(false, false);
        port.close();
        ended(served);
    }

    @Test
    void a_server_that_sets_another_speed_is_told_of() {
        CompletableFuture<Void> served = serve(rfc2217(1200));
        PortException refused = assertThrows(PortException.class, () -> open("rfc2217"));

        assertEquals(Problem.LINE_UNSUPPORTED, refused.problem());
        assertTrue(refused.sentence().contains("asked for 9600 baud, 8N1, and set 1200 baud"), refused.sentence());
        ended(served);
    }

    @Test
    void a_server_that_does_not_speak_it_is_told_of() {
        CompletableFuture<Void> served = serve((in, out) -> {
            out.write("login: ".getBytes(StandardCharsets.US_ASCII));
            in.readAllBytes();
        });
        PortException refused = assertThrows(PortException.class, () -> open("rfc2217"));

        assertEquals(Problem.LINE_UNSUPPORTED, refused.problem());
        assertTrue(refused.sentence().contains("write port = \"tcp://127.0.0.1:"), refused.sentence());
        served.join();
    }

    @Test
    void a_server_that_is_not_there_is_told_of() throws IOException {
        int port = server.getLocalPort();
        server.close();
        PortException refused = assertThrows(PortException.class, () -> opener.open("tcp://127.0.0.1:" + port, LINE));

        assertEquals(Problem.UNREACHABLE, refused.problem());
        assertTrue(refused.sentence().startsWith("tcp://127.0.0.1:" + port + " does not take"), refused.sentence());
    }

    @Test
    void a_server_that_takes_nothing_ends_in_bounded_memory() throws Exception {
        CompletableFuture<Void> end = new CompletableFuture<>();
        CompletableFuture<Void> served = serve((in, out) -> end.join());
        Transport port = open("tcp");
        byte[] lot = new byte[65_536];
        Arrays.fill(lot, (byte) 1);
        int idle = 0;
        while (idle < 1_000) {
            idle = port.write(lot, 0, lot.length) == 0 ? idle + 1 : 0;
        }
        port.close();
        end.complete(null);
        served.get(10, TimeUnit.SECONDS);
    }

    /** Found in review: of a device that only talks a dead server was noticed after two hours. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void a_server_that_vanished_is_looked_for_soon() throws Exception {
        CompletableFuture<Void> end = new CompletableFuture<>();
        CompletableFuture<Void> served = serve((in, out) -> end.join());
        Transport port = open("tcp");
        String to = String.format(":%04X", server.getLocalPort());
        String row = Stream.of("/proc/net/tcp", "/proc/net/tcp6")
                .flatMap(NetworkPortsTest::lines)
                .filter(line -> line.strip().split(" +")[2].endsWith(to))
                .findFirst()
                .orElseThrow();
        // Timer 2 is that of keep-alive; the kernel tells hundredths of a second.
        String timer = row.strip().split(" +")[5];
        port.close();
        end.complete(null);
        served.get(10, TimeUnit.SECONDS);

        assertTrue(timer.startsWith("02:"), row);
        assertTrue(Integer.parseInt(timer.substring(3), 16) <= 100 * TcpPipe.KEEP_ALIVE_IDLE_S, row);
    }

    private static Stream<String> lines(String file) {
        try {
            return Files.readString(Path.of(file)).lines();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void other_ports_are_left_to_the_local_opener() {
        assertEquals(
                "local /dev/ttyS0",
                assertThrows(PortException.class, () -> opener.open("/dev/ttyS0", LINE))
                        .sentence());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tcp://10.0.0.7:4001",
                "rfc2217://barn.example:2217",
                "tcp://[fe80::1%eth0]:7",
                "tcp://[::1]:65535"
            })
    void an_address_reads_back(String text) {
        PortAddress address = PortAddress.parse(text);
        assertEquals(text, address.text());
        assertEquals(address, PortAddress.parse(address.text()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tcp://",
                "tcp://host",
                "tcp://host:0",
                "tcp://host:65536",
                "rfc2217://::1:7",
                "tcp://a b:7",
                "tcp:///x:7"
            })
    void a_wrong_address_is_refused_with_the_right_form(String text) {
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> PortAddress.parse(text));
        assertTrue(refused.getMessage().contains("rfc2217://HOST:PORT"), refused.getMessage());
    }
}
