package io.thicket.agent.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.agent.config.ConfigException;
import io.thicket.agent.config.ConfigReader;
import io.thicket.agent.config.DriverLookup;
import io.thicket.agent.config.LoadedConfig;
import io.thicket.agent.config.NetworkKeyFile;
import io.thicket.agent.config.NodeConfig;
import io.thicket.agent.port.WallClock;
import io.thicket.drivers.catalogue.DriverCatalogue;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {
    private static final long NOW_MS = 1_790_000_000_000L;

    @TempDir
    private Path root;

    private int port;

    @BeforeEach
    void make_key_and_choose_port() throws IOException {
        NetworkKeyFile.create(root.resolve("key.toml"), Optional.of("garden"), new Random(1), LocalDate.of(2026, 1, 2));
        try (DatagramSocket free = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            port = free.getLocalPort();
        }
    }

    @Test
    void a_node_that_can_start_has_no_errors() throws ConfigException {
        List<Finding> findings = examine("");

        assertEquals(List.of(), of(findings, Severity.ERROR));
        assertTrue(findings.contains(Finding.ok("coap", "127.0.0.1:" + port + " is free")), findings.toString());
        assertTrue(findings.contains(Finding.ok(
                "key file",
                root.resolve("key.toml") + " is the key of network garden; any of its nodes may be a gateway")));
    }

    @Test
    void a_port_that_something_else_has_is_an_error() throws IOException, ConfigException {
        try (DatagramSocket other = new DatagramSocket(new InetSocketAddress("127.0.0.1", port))) {
            assertTrue(other.isBound());

            List<Finding> errors = of(examine(""), Severity.ERROR);

            assertEquals(1, errors.size(), errors.toString());
            assertEquals(
                    "127.0.0.1:" + port + " is taken by another program",
                    errors.get(0).what());
            assertTrue(errors.get(0).cure().contains("sport = :" + port), errors.toString());
        }
    }

    @Test
    void a_key_file_that_others_can_read_is_an_error() throws IOException, ConfigException {
        Files.setPosixFilePermissions(root.resolve("key.toml"), PosixFilePermissions.fromString("rw-r--r--"));

        List<Finding> errors = of(examine(""), Severity.ERROR);

        assertEquals(1, errors.size(), errors.toString());
        assertEquals("chmod 600 " + root.resolve("key.toml"), errors.get(0).cure());
    }

    @Test
    void a_data_directory_that_is_a_file_is_an_error() throws IOException, ConfigException {
        Files.writeString(root.resolve("data"), "");

        List<Finding> errors = of(examine(""), Severity.ERROR);

        assertEquals("data directory", errors.get(0).area());
    }

    @Test
    void a_missing_serial_port_is_an_error_with_what_there_is() throws IOException, ConfigException {
        Files.createDirectories(root.resolve("dev/serial/by-id"));
        Files.writeString(root.resolve("dev/serial/by-id/usb-other"), "");

        List<Finding> errors = of(examine("""
                [[sensor]]
                name = "dust"
                driver = "plantower.pms5003"
                port = "/dev/thicket-has-no-such-port"
                """), Severity.ERROR).stream()
                .filter(error -> error.area().equals("sensor dust"))
                .toList();

        assertEquals(1, errors.size());
        assertTrue(errors.get(0).cure().contains("usb-other"), errors.toString());
    }

    @Test
    void a_peer_without_address_is_an_error() throws ConfigException {
        List<Finding> errors = of(examine("""
                [[link]]
                type = "peers"
                name = "tunnel"
                listen = "127.0.0.1:%d"
                peers = ["nobody.invalid:5690"]
                """.formatted(port)), Severity.ERROR);

        assertEquals("link tunnel", errors.get(0).area());
        assertTrue(errors.get(0).what().contains("nobody.invalid"), errors.toString());
    }

    @Test
    void checks_of_other_packages_come_last() throws ConfigException {
        Finding mine = Finding.info("broker", "it is fine", "");

        List<Finding> findings = doctor(List.of(loaded -> List.of(mine))).examine(config(""));

        assertEquals(mine, findings.get(findings.size() - 1));
    }

    @Test
    void the_clock_is_judged_by_the_system_and_by_the_configuration() {
        assertEquals(
                Severity.OK,
                ClockCheck.look(clock(NOW_MS, true), NodeConfig.Clock.SYSTEM).severity());
        assertEquals(
                Severity.WARNING,
                ClockCheck.look(clock(NOW_MS, false), NodeConfig.Clock.SYSTEM).severity());
        assertEquals(
                Severity.OK,
                ClockCheck.look(clock(NOW_MS, false), NodeConfig.Clock.TRUSTED).severity());
        assertEquals(
                Severity.ERROR,
                ClockCheck.look(clock(0, true), NodeConfig.Clock.TRUSTED).severity());
    }

    @Test
    void a_bad_finding_has_a_cure() {
        assertThrows(IllegalArgumentException.class, () -> Finding.error("clock", "it stands still", ""));
        assertEquals(
                Finding.error("clock", "it stands still", "wind it up"),
                Finding.of("clock", Severity.ERROR, "it stands still; wind it up", "buy another"));
        assertEquals(
                "buy another",
                Finding.of("clock", Severity.ERROR, "it stands still", "buy another")
                        .cure());
    }

    @Test
    void addresses_are_shortened() throws IOException {
        assertEquals("fe80::1", Addresses.text(InetAddress.getByName("fe80::1")));
        assertEquals("::1", Addresses.text(InetAddress.getByName("::1")));
        assertEquals("2001:db8::", Addresses.text(InetAddress.getByName("2001:db8::")));
        assertEquals("192.0.2.1", Addresses.text(InetAddress.getByName("192.0.2.1")));
    }

    private List<Finding> examine(String more) throws ConfigException {
        return doctor(List.of()).examine(config(more));
    }

    private Doctor doctor(List<DoctorCheck> more) {
        Machine machine = new Machine(root.resolve("proc"), root.resolve("sys"), root.resolve("dev"));
        return new Doctor(machine, clock(NOW_MS, true), 0, more);
    }

    private LoadedConfig config(String more) throws ConfigException {
        String text = """
                [node]
                name = "hut"
                data_dir = "data"

                [network]
                key_file = "key.toml"

                [coap]
                listen = ["127.0.0.1:%d"]

                %s
                """.formatted(port, more.isEmpty() || !more.contains("[[link]]") ? PEERS + more : more);
        return new ConfigReader(DriverLookup.of(DriverCatalogue.all()), List.of()).read(text, "node.toml", root);
    }

    private static final String PEERS = """
            [[link]]
            type = "peers"
            name = "loop"
            listen = "127.0.0.1:5701"
            peers = ["127.0.0.1:5702"]

            """;

    private static WallClock clock(long nowMs, boolean synchronised) {
        return new WallClock() {
            @Override
            public long nowMs() {
                return nowMs;
            }

            @Override
            public boolean isSynchronised() {
                return synchronised;
            }
        };
    }

    private static List<Finding> of(List<Finding> findings, Severity severity) {
        return findings.stream()
                .filter(finding -> finding.severity() == severity)
                .toList();
    }

    @Test
    void alarms_of_the_running_node_are_findings_and_a_clone_has_its_cure() {
        Map<String, Object> clone =
                Map.of("kind", "cloned-identity", "node", "00000000000000aa", "detail", "two machines use this key");
        Map<String, Object> name = Map.of("kind", "duplicate-name", "node", "00000000000000bb", "detail", "two hut");

        List<Finding> findings = OwnAgent.alarmsIn(Map.of("alarms", List.of(clone, name)));

        assertEquals(2, findings.size());
        assertEquals(Severity.WARNING, findings.get(0).severity());
        assertTrue(findings.get(0).what().contains("cloned-identity 00000000000000aa"), findings::toString);
        assertTrue(findings.get(0).cure().contains("delete identity.key and epoch"), findings::toString);
        assertTrue(findings.get(1).cure().contains("thicket status"), findings::toString);
    }
}
