package io.thicket.sim.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.agent.cli.ExitCode;
import io.thicket.agent.cli.Failure;
import io.thicket.agent.config.ConfigException;
import io.thicket.agent.config.ConfigReader;
import io.thicket.agent.config.DriverLookup;
import io.thicket.agent.config.NetworkKeyFile;
import io.thicket.agent.senml.JsonReader;
import io.thicket.drivers.catalogue.DriverCatalogue;
import io.thicket.sim.lab.Carried;
import io.thicket.sim.lab.FrameClass;
import io.thicket.sim.lab.LabObserver;
import io.thicket.sim.recording.RunFileReader;
import io.thicket.sim.run.RunRecording;
import io.thicket.sim.run.RunSummary;
import io.thicket.sim.run.ScenarioRun;
import io.thicket.sim.scenario.file.Overrides;
import io.thicket.sim.scenario.file.Scenario;
import io.thicket.sim.scenario.file.ScenarioReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A bridged run on loopback; brokers, agents and devices are met in the system test. */
final class BridgeTest {
    private static final String LINE = """
            [scenario]
            name = "line"
            duration = "5min"
            [nodes]
            layout = "line"
            count = 3
            names = ["office", "yard", "barn"]
            [routing]
            hello_min = "500ms"
            [[traffic]]
            interval = "1s"
            start = "1s"
            [[sensor]]
            name = "temperature"
            unit = "Cel"
            value = 21.5
            """;

    @TempDir
    private Path directory;

    private static Scenario scenario(String text) throws ConfigException {
        return ScenarioReader.parse(text, "test.toml", Path.of("."), Overrides.NONE);
    }

    private static Failure refused(String text) {
        return assertThrows(Failure.class, () -> Bridge.open(scenario(text)));
    }

    /** As a real agent's socket sees it: HELLOs come, and what is sent back is shown, even if it is nothing that the node can open. */
    @Test
    @Timeout(60)
    void what_crosses_a_link_to_real_agents_is_recorded() throws Exception {
        Path path = directory.resolve("crossed.run");
        try (DatagramSocket agent = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            int port = freePorts();
            Scenario scenario = scenario(LINE + "[bridge]\ncoap = []\n[[bridge_link]]\nnode = 2\nlisten = \"127.0.0.1:"
                    + port + "\"\npeers = [\"127.0.0.1:" + agent.getLocalPort() + "\"]\n");
            try (Bridge bridge = Bridge.open(scenario)) {
                ScenarioRun run = new ScenarioRun(scenario, bridge);
                CompletableFuture<Void> met = CompletableFuture.runAsync(() -> echoOnce(agent, port));
                try (RunRecording recording = new RunRecording(scenario, run, "test", path)) {
                    run.lab().observe(new EndOfCrossing(bridge)); // after the recording, which has the frame by then
                    run.run(recording.with((simulatedUs, events) -> true));
                    recording.end(run);
                }
                met.get(5, TimeUnit.SECONDS);
            }
        }

        String events = "";
        try (RunFileReader reader = RunFileReader.open(path)) {
            for (int i = 0; i < reader.blocks().size(); i++) {
                events += reader.block(i);
            }
            assertTrue(reader.header().contains("\"outside\":[{\"n\":2,\"listen\":\"127.0.0.1:"), reader.header());
        }
        assertTrue(events.contains("\"k\":\"out\",\"n\":2,\"to\":-1,\"c\":\"HELLO\""), events);
        assertTrue(events.contains("\"k\":\"in\",\"n\":2,\"to\":-1,\"c\":\"OTHER\""), events);
    }

    /** Sends the first datagram back. */
    private static void echoOnce(DatagramSocket agent, int port) {
        try {
            DatagramPacket packet = new DatagramPacket(new byte[1_500], 1_500);
            agent.receive(packet);
            packet.setPort(port);
            agent.send(packet);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Ends the run when a frame came in. */
    private record EndOfCrossing(Bridge bridge) implements LabObserver {
        @Override
        public void crossed(long nowUs, int node, boolean came, FrameClass its, int bytes, List<Carried> messages) {
            if (came) {
                bridge.stop();
            }
        }
    }

    @Test
    @Timeout(60)
    void a_coap_client_reads_a_simulated_sensor_here_and_through_the_mesh() throws Exception {
        int port = freePorts();
        Scenario scenario = scenario(LINE + "[bridge]\ncoap = [0, 2]\ncoap_port = " + port + "\n");
        try (Bridge bridge = Bridge.open(scenario)) {
            ScenarioRun run = new ScenarioRun(scenario, bridge);
            bridge.attach(run.lab());
            CompletableFuture<String> answers = CompletableFuture.supplyAsync(() -> asked(port, bridge));
            run.run((simulatedUs, events) -> true);
            String both = answers.get(30, TimeUnit.SECONDS);

            assertTrue(both.contains("\"n\":\"temperature\",\"u\":\"Cel\",\"v\":21.5"), both);
            RunSummary summary = RunSummary.of(scenario, run, "test", 1, 1, 0);
            assertEquals("", summary.violation());
            Map<?, ?> json = (Map<?, ?>) JsonReader.parse(summary.json().getBytes(StandardCharsets.UTF_8), 1 << 20);
            assertNull(json.get("traceHash"));
            assertTrue(json.get("bridge") instanceof Map<?, ?>, summary.json());
            assertTrue(
                    String.join("\n", summary.lines()).contains("a bridged run does not repeat"),
                    () -> String.join("\n", summary.lines()));
        }
        try (DatagramSocket free = new DatagramSocket(port + 2, InetAddress.getLoopbackAddress())) {
            assertTrue(free.isBound(), "the port is free again");
        }
    }

    /** The barn's sensor, read at the barn itself and at the office, two hops away; then the run is over. */
    private static String asked(int port, Bridge bridge) {
        try {
            String direct = untilContent(port + 2, option(11, "sensors"), option(0, "t"));
            String far = untilContent(port, option(35, "coap://barn/sensors/t"));
            return direct.contains("21.5") ? far : "directly: " + direct;
        } catch (IOException e) {
            return e.toString();
        } finally {
            bridge.stop();
        }
    }

    /** Asks until it is answered 2.05: at first there are no readings and no routes. */
    private static String untilContent(int port, byte[]... options) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.setSoTimeout(200);
            long untilNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            for (int i = 0; System.nanoTime() < untilNs; i++) {
                byte[] request = get(i, options);
                socket.send(new DatagramPacket(request, request.length, InetAddress.getLoopbackAddress(), port));
                try {
                    // Other answers than content come, too; then nothing does for a while, and it is asked again.
                    while (System.nanoTime() < untilNs) {
                        DatagramPacket answer = new DatagramPacket(new byte[1_500], 1_500);
                        socket.receive(answer);
                        if (answer.getData()[1] == 0x45) {
                            return new String(answer.getData(), 0, answer.getLength(), StandardCharsets.UTF_8);
                        }
                    }
                } catch (SocketTimeoutException e) {
                    // Asked again.
                }
            }
        }
        return "no answer";
    }

    /** RFC 7252 section 3: a confirmable GET without a token. */
    private static byte[] get(int messageId, byte[]... options) {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(new byte[] {0x40, 0x01, 0x13, (byte) messageId});
        for (byte[] option : options) {
            request.writeBytes(option);
        }
        return request.toByteArray();
    }

    private static byte[] option(int delta, String value) {
        byte[] text = value.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream option = new ByteArrayOutputStream();
        option.write((delta < 13 ? delta : 13) << 4 | (text.length < 13 ? text.length : 13));
        if (delta >= 13) {
            option.write(delta - 13);
        }
        if (text.length >= 13) {
            option.write(text.length - 13);
        }
        option.writeBytes(text);
        return option.toByteArray();
    }

    private static int freePorts() throws IOException {
        for (int port = 21_000 + (int) (System.nanoTime() % 20_000); ; port += 7) {
            try (DatagramSocket one = new DatagramSocket(port, InetAddress.getLoopbackAddress());
                    DatagramSocket two = new DatagramSocket(port + 2, InetAddress.getLoopbackAddress())) {
                assertTrue(one.isBound() && two.isBound());
                return port;
            } catch (IOException e) {
                if (port > 60_000) {
                    throw e;
                }
            }
        }
    }

    @Test
    void routers_alone_cannot_be_bridged() {
        Failure failure = refused("[routing]\ncode = \"router\"\n");

        assertEquals(ExitCode.USAGE, failure.code());
        assertTrue(String.valueOf(failure.getMessage()).contains("code = \"agent\""), failure.getMessage());
    }

    @Test
    void a_real_broker_cannot_be_broken_by_the_scenario() {
        Failure failure = refused(LINE + """
                [[fault]]
                kind = "broker"
                at = "1min"
                [bridge]
                broker = "mqtt://127.0.0.1:1"
                """);

        assertTrue(String.valueOf(failure.getMessage()).contains("stop the broker itself"), failure.getMessage());
    }

    @Test
    void a_port_that_is_taken_is_named_before_anything_runs() throws IOException {
        int port = freePorts();
        try (DatagramSocket taken = new DatagramSocket(port + 2, InetAddress.getLoopbackAddress())) {
            Failure failure = refused(LINE + "[bridge]\ncoap = [2]\ncoap_port = " + port + "\n");

            assertEquals(ExitCode.UNAVAILABLE, failure.code());
            assertTrue(
                    String.valueOf(failure.getMessage()).contains("127.0.0.1:" + taken.getLocalPort()),
                    failure.getMessage());
        }
    }

    @Test
    void a_broker_that_does_not_answer_is_told_before_anything_runs() throws Exception {
        Scenario scenario = scenario(LINE + "[bridge]\ncoap = []\nbroker = \"mqtt://127.0.0.1:1\"\n");
        try (Bridge bridge = Bridge.open(scenario)) {
            ScenarioRun run = new ScenarioRun(scenario, bridge);

            Failure failure = assertThrows(Failure.class, () -> bridge.attach(run.lab()));

            assertEquals(ExitCode.UNAVAILABLE, failure.code());
        }
    }

    @Test
    void a_scenario_without_a_bridge_section_runs_as_if_there_were_none() throws ConfigException {
        String hash = hash(LINE);

        assertEquals(
                hash,
                hash(LINE + "[bridge]\nsite = \"farm\"\n[[bridge_link]]\nnode = 1\nlisten = \"127.0.0.1:1\"\n"
                        + "peers = [\"127.0.0.1:2\"]\n"));
    }

    private static String hash(String text) throws ConfigException {
        ScenarioRun run = new ScenarioRun(scenario(text));
        run.run((simulatedUs, events) -> simulatedUs < 20_000_000);
        return run.figures().traceHash();
    }

    @Test
    void real_agents_get_a_key_their_end_of_the_link_and_a_word_that_nothing_is_secret() throws Exception {
        Scenario scenario = scenario(LINE + """
                [bridge]
                site = "farm"
                [[bridge_link]]
                node = "barn"
                listen = "127.0.0.1:5900"
                peers = ["127.0.0.1:5690", "127.0.0.1:5691"]
                """);

        Map<String, String> files = JoinConfigs.of(scenario);

        assertEquals(
                Arrays.asList("network.key", "real-1.toml", "real-2.toml"),
                files.keySet().stream().toList());
        String key = files.getOrDefault("network.key", "");
        assertTrue(key.contains("NOT A SECRET") && key.contains("id = \"line\""), key);
        String second = files.getOrDefault("real-2.toml", "");
        assertTrue(second.contains("listen = \"127.0.0.1:5691\""), second);
        assertTrue(second.contains("peers = [\"127.0.0.1:5900\"]"), second);
        assertTrue(second.contains("hello_min = \"500ms\""), second);
        ConfigReader reader = new ConfigReader(DriverLookup.of(DriverCatalogue.all()), List.of());
        assertEquals(List.of(), reader.read(second, "real-2.toml", directory).warnings());
        Path keyFile = directory.resolve("network.key");
        Files.createFile(keyFile, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(keyFile, key);
        assertEquals("line", NetworkKeyFile.read(keyFile).id());
    }
}
