package io.thicket.sim.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.agent.coap.CoapQuery;
import io.thicket.sim.run.PacketCsv;
import io.thicket.sim.run.RunSummary;
import io.thicket.sim.run.ScenarioRun;
import io.thicket.sim.scenario.file.Overrides;
import io.thicket.sim.scenario.file.Scenario;
import io.thicket.sim.scenario.file.ScenarioReader;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Devices of this machine that simulated nodes read, and tell what somebody outside wants. */
final class BridgedDevicesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final String LINE = """
            [scenario]
            name = "line"
            duration = "5min"
            warm_up = "0s"
            [nodes]
            layout = "line"
            count = 3
            names = ["office", "yard", "barn"]
            [routing]
            hello_min = "500ms"
            [[sensor]]
            name = "temperature"
            """;

    /** Somebody outside who asks a node of a run that goes on. */
    private interface Visit {
        String of(CoapQuery office) throws IOException, InterruptedException;
    }

    /** Of the run that was visited. */
    private String packets = "";

    private String visited(String bridge, Visit visit) throws Exception {
        int port = freePort();
        Scenario scenario = ScenarioReader.parse(
                LINE + bridge.formatted("coap = [0]\ncoap_port = " + port), "test.toml", Path.of("."), Overrides.NONE);
        try (Bridge bridged = Bridge.open(scenario)) {
            ScenarioRun run = new ScenarioRun(scenario, bridged);
            bridged.attach(run.lab());
            CompletableFuture<String> said = CompletableFuture.supplyAsync(() -> {
                try (CoapQuery office = new CoapQuery(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
                    return visit.of(office);
                } catch (IOException | InterruptedException e) {
                    return e.toString();
                } finally {
                    bridged.stop();
                }
            });
            run.run((simulatedUs, events) -> true);
            RunSummary summary = RunSummary.of(scenario, run, "test", 1, 1, 0);
            assertEquals("", summary.violation());
            packets = PacketCsv.of(summary);
            return said.get(60, TimeUnit.SECONDS);
        }
    }

    private static int freePort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Asks the barn, two hops away, until the answer is as wanted: at first there are no routes and no readings. */
    private static String barn(CoapQuery office, String path, Predicate<CoapQuery.Answer> wanted)
            throws IOException, InterruptedException {
        String last = "";
        for (int i = 0; i < 100; i++) {
            try {
                CoapQuery.Answer answer = office.getFrom("barn", path, CoapQuery.ANY_FORMAT, PATIENCE);
                if (wanted.test(answer)) {
                    return answer.text();
                }
                last = answer.code() + " " + answer.text();
            } catch (CoapQuery.NoAnswerException e) {
                last = e.toString(); // at first nobody answers there
            }
            TimeUnit.MILLISECONDS.sleep(200); // asked again, for at most 20 s and the test's time limit
        }
        throw new IOException("not so in time: " + last);
    }

    private static String told(CoapQuery office, String path) throws IOException, InterruptedException {
        CoapQuery.Answer answer = office.tell(path, "barn", null, PATIENCE);
        return answer.code() + " " + answer.text();
    }

    @Test
    @Timeout(90)
    void a_command_from_outside_goes_over_the_simulated_mesh_and_is_confirmed() throws Exception {
        try (TcpDevice device = TcpDevice.mhz19()) {
            String said = visited("""
                    [bridge]
                    commands = ["local", "mesh"]
                    %%s
                    [[bridge_sensor]]
                    node = "barn"
                    name = "co2"
                    driver = "winsen.mhz19b"
                    port = "%s"
                    settle = "0s"
                    allow_commands = ["abc_off"]
                    """.formatted(device.port()), office -> {
                barn(office, "/sensors/co2", CoapQuery.Answer::isSuccess);
                return told(office, "/sensors/co2/commands/abc_off") + "\n"
                        + told(office, "/sensors/co2/commands/abc_on");
            });

            assertTrue(said.startsWith("2.04 ") && said.contains("\"end\":\"confirmed\""), said);
            assertTrue(said.contains("\n4.03 ") && said.contains("allow_commands = [\"abc_on\"]"), said);
            List<String> commands = device.requests.stream()
                    .filter(request -> request[2] != (byte) 0x86)
                    .map(HexFormat.of()::formatHex)
                    .toList();
            assertEquals(List.of("ff0179000000000086"), commands);
        }
    }

    @Test
    @Timeout(90)
    void nobody_may_tell_anything_unless_the_scenario_says_so() throws Exception {
        try (TcpDevice device = TcpDevice.mhz19()) {
            String said = visited("""
                    [bridge]
                    commands = ["local"]
                    %%s
                    [[bridge_sensor]]
                    node = "barn"
                    name = "co2"
                    driver = "winsen.mhz19b"
                    port = "%s"
                    settle = "0s"
                    allow_commands = ["abc_off"]
                    """.formatted(device.port()), office -> {
                barn(office, "/sensors/co2", CoapQuery.Answer::isSuccess);
                return told(office, "/sensors/co2/commands/abc_off");
            });

            assertTrue(said.startsWith("4.03 ") && said.contains("commands = [\"mesh\"]"), said);
            assertTrue(
                    device.requests.stream().allMatch(request -> request[2] == (byte) 0x86),
                    "the device heard something in spite of it");
        }
    }

    @Test
    @Timeout(90)
    void several_devices_of_a_node_share_one_line() throws Exception {
        try (TcpDevice line = TcpDevice.meters(0, 2301, 2318)) {
            String said = visited(
                    """
                    [bridge]
                    %%s
                    [[bridge_bus]]
                    node = "barn"
                    name = "meters"
                    port = "%s"
                    [[bridge_sensor]]
                    node = "barn"
                    name = "pump"
                    driver = "pzem.016"
                    bus = "meters"
                    interval = "1s"
                    [[bridge_sensor]]
                    node = "barn"
                    name = "light"
                    driver = "pzem.016"
                    bus = "meters"
                    unit = 2
                    interval = "1s"
                    """.formatted(line.port()),
                    office -> barn(office, "/sensors/pump", CoapQuery.Answer::isSuccess)
                            + barn(office, "/sensors/light", CoapQuery.Answer::isSuccess));

            assertTrue(said.contains("\"v\":230.1") && said.contains("\"v\":231.8"), said);
            List<String> values =
                    packets.lines().filter(row -> row.contains("voltage=")).toList();
            assertTrue(values.stream().anyMatch(row -> row.contains("voltage=230.1 V;")), packets);
            assertTrue(values.stream().anyMatch(row -> row.contains("voltage=231.8 V;")), packets);
            assertTrue(values.stream().allMatch(row -> row.contains(",barn,gateway,")), packets);
        }
    }
}
