package io.thicket.gateway.mqtt;

import static io.thicket.gateway.Fixtures.GATEWAY;
import static io.thicket.gateway.Fixtures.N17;
import static io.thicket.gateway.Fixtures.N18;
import static io.thicket.gateway.Fixtures.TOPICS;
import static io.thicket.gateway.Fixtures.batch;
import static io.thicket.gateway.Fixtures.wall;
import static io.thicket.gateway.mqtt.TestHost.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.gateway.GatewayConfig;
import io.thicket.gateway.bridge.BridgeSettings;
import io.thicket.routing.MessageId;
import io.thicket.routing.SettleStatus;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The uplink against an embedded broker, and against things that are no MQTT 5 broker. */
class MqttUplinkTest {
    private final TestHost host = new TestHost();

    private MqttUplink uplink(String broker) {
        return started(GatewayConfig.of(broker).mqttSettings("site1", "gw1"));
    }

    private MqttUplink started(MqttSettings settings) {
        MqttUplink uplink = new MqttUplink(settings, BridgeSettings.DEFAULT, TOPICS, GATEWAY, wall(), new Random(1));
        host.call(() -> {
            uplink.start(host);
            return true;
        });
        return uplink;
    }

    private String statusLine(MqttUplink uplink) {
        return host.call(uplink::statusLine);
    }

    private void closeWithin3s(MqttUplink uplink) {
        long begin = System.nanoTime();
        host.call(() -> {
            uplink.close();
            return true;
        });
        assertTrue(System.nanoTime() - begin < 3_000_000_000L, "close took longer than 3 s");
        host.close();
    }

    @Test
    void readings_reach_a_subscriber_and_are_settled() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start();
                Subscriber subscriber = new Subscriber(broker.url(), "thicket/v1/#")) {
            MqttUplink uplink = uplink(broker.url());
            await("connection", 15, () -> statusLine(uplink).startsWith("connected"));
            host.post(() -> uplink.accept(batch(N17, "n17", 1, host.nowMs(), 1, 50)));

            await("settlement", 10, () -> host.settled.get(new MessageId(N17, 3, 1)) == SettleStatus.BROKER_ACKED);
            await("data", 10, () -> subscriber.on("n17/data").size() == 50);
            Subscriber.Message first = subscriber.on("n17/data").get(0);
            assertEquals("n17/3/1", first.properties().get("id"));
            assertEquals("2", first.properties().get("hops"));
            assertEquals("application/senml+json", first.contentType());
            await("state", 5, () -> !subscriber.on("n17/state").isEmpty());
            assertTrue(host.call(uplink::state).uplink());

            closeWithin3s(uplink);
            await("offline", 5, () -> subscriber.on("gw1/status").stream()
                    .anyMatch(m -> m.payload().equals("offline")));
            assertEquals("online", subscriber.on("gw1/status").get(0).payload());
        }
    }

    @Test
    void it_waits_for_a_broker_that_starts_later() throws Exception {
        int port = EmbeddedBroker.freePort();
        MqttUplink uplink = uplink("mqtt://127.0.0.1:" + port);
        host.post(() -> uplink.accept(batch(N17, "n17", 1, host.nowMs(), 1, 3)));
        await("a sentence", 10, () -> statusLine(uplink).contains("no broker answers"));
        assertFalse(host.call(uplink::state).uplink());

        try (EmbeddedBroker broker = EmbeddedBroker.start(port)) {
            await("settlement", 30, () -> host.settled.containsKey(new MessageId(N17, 3, 1)));
            assertTrue(host.call(uplink::state).uplink());
            closeWithin3s(uplink);
        }
    }

    @Test
    void a_broker_of_mqtt_3_1_1_is_named_as_such() throws Exception {
        // CONNACK of 3.1.1 with return code 1: unacceptable protocol version.
        try (ServerSocket broker = answering(new byte[] {0x20, 2, 0, 1})) {
            MqttUplink uplink = uplink("mqtt://127.0.0.1:" + broker.getLocalPort());
            await("a sentence", 30, () -> statusLine(uplink).contains("speaks only MQTT 3.1.1"));
            closeWithin3s(uplink);
        }
    }

    @Test
    void a_broker_that_hangs_up_at_login_may_be_of_3_1_1() throws Exception {
        try (ServerSocket broker = answering(new byte[0])) {
            MqttUplink uplink = uplink("mqtt://127.0.0.1:" + broker.getLocalPort());
            await("a sentence", 30, () -> statusLine(uplink).contains("probably speaks only MQTT 3.1.1"));
            closeWithin3s(uplink);
        }
    }

    @Test
    void a_receive_maximum_that_the_client_cannot_use_is_explained() throws Exception {
        // CONNACK of MQTT 5 with Receive Maximum 65535.
        byte[] connack = {0x20, 6, 0, 0, 3, 0x21, (byte) 0xff, (byte) 0xff};
        try (ServerSocket broker = answering(connack)) {
            MqttUplink uplink = uplink("mqtt://127.0.0.1:" + broker.getLocalPort());
            await("a sentence", 30, () -> statusLine(uplink).contains("set it to 65534 or less"));
            closeWithin3s(uplink);
        }
    }

    @Test
    void a_clean_stop_says_offline_and_disconnects() throws Exception {
        try (PacketBroker broker = new PacketBroker()) {
            MqttUplink uplink = online(broker);

            closeWithin3s(uplink);

            await("the end", 10, () -> broker.packets.contains(PacketBroker.END));
            assertTrue(saidOffline(broker), broker.published::toString);
            assertEquals(PacketBroker.DISCONNECT, broker.packets.get(broker.packets.size() - 2));
        }
    }

    /** Without DISCONNECT the broker publishes the last will, MQTT 5 section 3.1.2.5. */
    @Test
    void a_gateway_without_power_says_nothing_more_and_its_connection_ends() throws Exception {
        try (PacketBroker broker = new PacketBroker()) {
            MqttUplink uplink = online(broker);

            host.call(() -> {
                uplink.abandon();
                uplink.close();
                return true;
            });

            await("the end", 10, () -> broker.packets.contains(PacketBroker.END));
            assertFalse(saidOffline(broker), broker.published::toString);
            assertFalse(broker.packets.contains(PacketBroker.DISCONNECT), broker.packets::toString);
            assertEquals(1, Collections.frequency(broker.packets, PacketBroker.CONNECT));
            host.close();
        }
    }

    /** The bridge took them for pages of the connection before, which say nothing of what the broker has now, and wrote them again. */
    @Test
    void what_the_broker_sends_before_its_answers_is_of_this_connection() throws Exception {
        String page = TOPICS.published("n17");
        try (PacketBroker broker = new PacketBroker(page, "0000000000000017 3:1-42")) {
            MqttUplink uplink = online(broker);
            await(
                    "both markers",
                    10,
                    () -> broker.published.stream()
                                    .filter(each -> each.contains("/sync"))
                                    .count()
                            == 2);
            host.post(() -> uplink.accept(batch(N18, "n18", 1, host.nowMs(), 1, 1)));
            String later = TOPICS.published("n18");
            await("a page of later", 10, () -> broker.published.stream().anyMatch(each -> each.contains(later)));

            assertEquals(Optional.of(N17), host.call(() -> uplink.nodeCalled("n17")));
            assertFalse(broker.published.stream().anyMatch(each -> each.contains(page)), broker.published::toString);
            closeWithin3s(uplink);
        }
    }

    private static boolean saidOffline(PacketBroker broker) {
        return broker.published.stream().anyMatch(each -> each.endsWith("offline"));
    }

    private MqttUplink online(PacketBroker broker) {
        MqttUplink uplink = uplink(broker.url());
        await("online", 15, () -> broker.published.stream().anyMatch(each -> each.endsWith("online")));
        return uplink;
    }

    @Test
    void a_password_file_that_others_can_read_is_not_used_and_the_owner_told(@TempDir Path directory)
            throws IOException {
        Path file = Files.writeString(directory.resolve("password"), "secret\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        MqttSettings settings = new MqttSettings(
                "mqtt://127.0.0.1:1", "ada", file, "gw1", Duration.ofSeconds(30), Duration.ofSeconds(1));
        MqttUplink uplink = started(settings);

        await("a sentence", 10, () -> statusLine(uplink)
                .contains("password_file is not used, since others than its owner can read or write " + file
                        + ": run chmod 600 " + file));
        closeWithin3s(uplink);
    }

    /** A server that reads the CONNECT, answers {@code bytes} and hangs up: at once if there are none, else after the client. */
    private static ServerSocket answering(byte[] bytes) throws IOException {
        ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(
                () -> {
                    while (!server.isClosed()) {
                        try (Socket socket = server.accept()) {
                            int read = socket.getInputStream().read(new byte[4096]);
                            socket.getOutputStream().write(bytes, 0, read > 0 ? bytes.length : 0);
                            if (bytes.length > 0) {
                                // Hanging up now could overtake the answer, so the client goes first.
                                socket.setSoTimeout(10_000);
                                socket.getInputStream().transferTo(OutputStream.nullOutputStream());
                            }
                        } catch (IOException e) {
                            // The test is over, or the client hung up first.
                        }
                    }
                },
                "fake-broker");
        thread.setDaemon(true);
        thread.start();
        return server;
    }
}
