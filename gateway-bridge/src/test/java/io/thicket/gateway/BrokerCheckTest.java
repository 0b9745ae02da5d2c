package io.thicket.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.agent.config.ConfigException;
import io.thicket.agent.config.ConfigReader;
import io.thicket.agent.config.DriverLookup;
import io.thicket.agent.doctor.Finding;
import io.thicket.agent.doctor.Severity;
import io.thicket.drivers.catalogue.DriverCatalogue;
import io.thicket.gateway.mqtt.EmbeddedBroker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerCheckTest {
    @TempDir
    private Path directory;

    @Test
    void a_node_without_gateway_section_has_no_broker() throws ConfigException {
        assertEquals(List.of(), look(""));
    }

    @Test
    void a_broker_that_takes_the_login_is_fine() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            assertEquals(
                    List.of(Finding.ok("broker", broker.url() + " speaks MQTT 5 and takes a login without a user")),
                    look("[gateway]\nbroker = \"" + broker.url() + "\"\n"));
        }
    }

    @Test
    void nobody_who_listens_is_an_error() throws Exception {
        Finding finding = only("mqtt://127.0.0.1:" + EmbeddedBroker.freePort(), "");

        assertTrue(finding.what().startsWith("no broker answers at mqtt://127.0.0.1:"), finding.toString());
        assertTrue(finding.cure().startsWith("is it running?"), finding.toString());
    }

    @Test
    void a_refused_login_names_the_keys_to_correct() throws Exception {
        Files.writeString(
                Files.createFile(
                        directory.resolve("password"),
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))),
                "secret");
        // MQTT 5 CONNACK with reason 0x86, bad user name or password.
        try (ServerSocket broker = answering(new byte[] {0x20, 3, 0, (byte) 0x86, 0})) {
            Finding finding = only(
                    "mqtt://127.0.0.1:" + broker.getLocalPort(), "username = \"ada\"\npassword_file = \"password\"\n");

            assertTrue(finding.what().contains("refuses user 'ada'"), finding.toString());
            assertEquals("check username and password_file in [gateway]", finding.cure());
        }
    }

    @Test
    void a_broker_of_mqtt_3_1_1_is_an_error_with_brokers_that_are_newer() throws Exception {
        try (ServerSocket broker = answering(new byte[] {0x20, 2, 0, 1})) {
            Finding finding = only("mqtt://127.0.0.1:" + broker.getLocalPort(), "");

            assertTrue(finding.what().contains("speaks only MQTT 3.1.1"), finding.toString());
            assertTrue(finding.cure().contains("mosquitto"), finding.toString());
        }
    }

    private Finding only(String url, String more) throws ConfigException {
        List<Finding> findings = look("[gateway]\nbroker = \"" + url + "\"\n" + more);
        assertEquals(1, findings.size(), findings.toString());
        assertEquals(Severity.ERROR, findings.get(0).severity());
        assertEquals("broker", findings.get(0).area());
        return findings.get(0);
    }

    private List<Finding> look(String gateway) throws ConfigException {
        String text = """
                [node]
                name = "gw"
                data_dir = "data"

                [network]
                key_file = "key.toml"

                [[link]]
                type = "udp"
                interface = "eth0"

                """ + gateway;
        return new BrokerCheck()
                .look(new ConfigReader(DriverLookup.of(DriverCatalogue.all()), List.of(GatewaySection.INSTANCE))
                        .read(text, "gateway.toml", directory));
    }

    /** Says {@code bytes} to each login and then hangs up. */
    private static ServerSocket answering(byte[] bytes) throws IOException {
        ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(() -> {
            try {
                while (true) {
                    try (Socket socket = server.accept()) {
                        if (socket.getInputStream().read(new byte[512]) > 0) {
                            socket.getOutputStream().write(bytes);
                            socket.getOutputStream().flush();
                            // Until the other side is gone.
                            while (socket.getInputStream().read() >= 0) {}
                        }
                    }
                }
            } catch (IOException e) {
                // The test has closed it.
            }
        });
        thread.setDaemon(true);
        thread.start();
        return server;
    }
}
