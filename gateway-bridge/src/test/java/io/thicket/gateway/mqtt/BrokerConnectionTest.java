package io.thicket.gateway.mqtt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.gateway.bridge.Publication;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How a connection ends, seen from a broker that reads nothing after the CONNECT. */
class BrokerConnectionTest {
    private static final int SMALL_BUFFER = 4096;
    private static final int PUBLICATIONS = 200;

    /** So much in all that no kernel takes it at once, whatever buffer it was asked for: 200 kB came whole through one. */
    private static final int PAYLOAD_BYTES = 100_000;

    private static final int FAREWELL_BYTES = 200_000;
    private static final int WAIT_S = 10;
    private static final byte[] CONNACK = {0x20, 3, 0, 0, 0};
    private static final byte[] DISCONNECT = {(byte) 0xe0, 2, 0, 0}; // normal, no property

    private ServerSocket server;
    private CompletableFuture<Socket> accepted;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket();
        server.setReceiveBufferSize(SMALL_BUFFER); // what does not fit waits in the sender's kernel
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        accepted = CompletableFuture.supplyAsync(() -> {
            try {
                Socket socket = server.accept();
                socket.setSoTimeout(WAIT_S * 1000);
                socket.getInputStream().read(new byte[SMALL_BUFFER]); // CONNECT, written in one piece
                socket.getOutputStream().write(CONNACK);
                return socket;
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private BrokerConnection open() throws ConnectFailure {
        return BrokerConnection.open(new MqttSettings(
                "mqtt://127.0.0.1:" + server.getLocalPort(),
                "",
                null,
                "gw1",
                Duration.ofSeconds(30),
                Duration.ofSeconds(1)));
    }

    /** As system test (j) met it: the rest arrived when the cable was back, and another gateway had published those readings since. */
    @Test
    void what_was_not_confirmed_does_not_go_out_after_the_connection_was_given_up() throws Exception {
        BrokerConnection connection = open();
        for (int i = 0; i < PUBLICATIONS; i++) {
            connection.publish(
                    i, new Publication("data", "x".repeat(PAYLOAD_BYTES), 1, false, 0, "text/plain", Map.of()));
        }
        Socket socket = accepted.get(WAIT_S, TimeUnit.SECONDS);
        TestHost.await("something of it", WAIT_S, () -> available(socket) >= SMALL_BUFFER / 4);
        connection.abandon();

        ByteArrayOutputStream came = new ByteArrayOutputStream();
        assertThrows(SocketException.class, () -> readAll(socket, came), "it went on to the end");
        assertTrue(came.size() < PUBLICATIONS * PAYLOAD_BYTES, came.size() + " bytes came");
    }

    @Test
    void a_farewell_still_goes_out() throws Exception {
        BrokerConnection connection = open();
        Socket socket = accepted.get(WAIT_S, TimeUnit.SECONDS);
        Publication last = new Publication("status", "x".repeat(FAREWELL_BYTES), 0, false, 0, "", Map.of());
        connection.leave(List.of(last));

        ByteArrayOutputStream came = new ByteArrayOutputStream();
        readAll(socket, came);
        byte[] all = came.toByteArray();
        assertTrue(all.length > FAREWELL_BYTES, all.length + " bytes came");
        assertArrayEquals(DISCONNECT, Arrays.copyOfRange(all, all.length - DISCONNECT.length, all.length));
    }

    private static int available(Socket socket) {
        try {
            return socket.getInputStream().available();
        } catch (IOException e) {
            return 0;
        }
    }

    private static void readAll(Socket socket, ByteArrayOutputStream into) throws IOException {
        try (socket) {
            InputStream in = socket.getInputStream();
            byte[] buffer = new byte[SMALL_BUFFER];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                into.write(buffer, 0, n);
            }
        }
    }
}
