package io.thicket.agent.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.thicket.agent.config.NetworkKeyFile;
import io.thicket.agent.identity.Ed25519Verifier;
import io.thicket.routing.record.Replay;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@link AgentMain} as a process of its own, with a class path that has no picocli in it: the daemon works without. */
class DaemonTest {
    private static final long START_MS = 60_000;
    private static final long STOP_MS = 5_000;

    @TempDir
    private Path directory;

    private final List<Process> processes = new ArrayList<>();
    private int coapPort;

    @BeforeEach
    void makeKeyAndChoosePort() throws IOException {
        NetworkKeyFile.create(
                directory.resolve("network.key"), Optional.of("test"), new Random(7), LocalDate.of(2026, 1, 2));
        try (DatagramSocket free = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            coapPort = free.getLocalPort();
        }
    }

    @AfterEach
    void endProcesses() {
        processes.forEach(Process::destroyForcibly);
    }

    @Test
    void sigterm_ends_the_agent_within_five_seconds_and_exit_code_0() throws Exception {
        Process agent = start("--config", config("").toString());
        await(agent, "node started");

        long startedNs = System.nanoTime();
        agent.destroy();
        assertTrue(agent.waitFor(2 * STOP_MS, TimeUnit.MILLISECONDS), "it still runs");

        assertTrue(System.nanoTime() - startedNs < TimeUnit.MILLISECONDS.toNanos(STOP_MS), "it took longer than 5 s");
        assertEquals(0, agent.exitValue(), output());
        assertNoStackTrace();
    }

    @Test
    void help_needs_no_picocli() throws Exception {
        assertEquals(0, run("--help"));
        assertTrue(output().startsWith("Usage: thicket agent --config FILE"), output());
    }

    @Test
    void wrong_arguments_exit_with_2() throws Exception {
        assertEquals(2, run("--confg", "x"));
        assertNoStackTrace();
    }

    @Test
    void broken_configuration_exits_with_78_and_names_each_line() throws Exception {
        Path file = Files.writeString(directory.resolve("broken.toml"), "[node]\nnam = \"hut\"\nrelay = 3\n");

        assertEquals(78, run("--config", file.toString()));

        assertTrue(output().contains("broken.toml:2:"), output());
        assertTrue(output().contains("broken.toml:3:"), output());
        assertNoStackTrace();
    }

    @Test
    void missing_configuration_exits_with_78_and_one_sentence() throws Exception {
        assertEquals(78, run("--config", directory.resolve("none.toml").toString()));

        assertTrue(output().contains("none.toml: there is no such file"), output());
        assertNoStackTrace();
    }

    @Test
    void data_directory_that_cannot_be_made_exits_with_73() throws Exception {
        Files.writeString(directory.resolve("data"), "a file, no directory");

        assertEquals(73, run("--config", config("").toString()));

        assertOneSentenceNaming("data");
    }

    @Test
    void key_file_that_others_can_read_exits_with_77() throws Exception {
        Files.setPosixFilePermissions(directory.resolve("network.key"), PosixFilePermissions.fromString("rw-r--r--"));

        assertEquals(77, run("--config", config("").toString()));

        assertTrue(output().contains("chmod 600"), output());
        assertNoStackTrace();
    }

    @Test
    void missing_key_file_names_the_command_that_makes_one() throws Exception {
        Files.delete(directory.resolve("network.key"));

        assertEquals(77, run("--config", config("").toString()));

        assertTrue(output().contains("thicket network new"), output());
        assertNoStackTrace();
    }

    @Test
    void taken_coap_port_exits_with_69() throws Exception {
        try (DatagramSocket other = new DatagramSocket(new InetSocketAddress("127.0.0.1", coapPort))) {
            assertTrue(other.isBound());

            assertEquals(69, run("--config", config("").toString()));
        }

        assertTrue(output().contains("127.0.0.1:" + coapPort), output());
        assertNoStackTrace();
    }

    @Test
    void second_agent_on_one_data_directory_exits_with_73() throws Exception {
        Process first = start("--config", config("").toString());
        await(first, "node started");

        assertEquals(73, run("--config", config("").toString()));

        assertTrue(output().contains("another thicket is running"), output());
        assertNoStackTrace();
    }

    @Test
    void what_a_running_agent_records_is_private_and_replays_bit_for_bit() throws Exception {
        Path log = directory.resolve("mesh.log");
        Process agent = start(
                "--config",
                config("[mesh]\nenergy = \"battery\"\n[debug]\nrecord = \"mesh.log\"\n")
                        .toString());
        await(agent, "node started");
        long startedNs = System.nanoTime();
        while (Files.size(log) < 1_500) {
            boolean late = System.nanoTime() - startedNs > TimeUnit.MILLISECONDS.toNanos(START_MS);
            assertFalse(late || agent.waitFor(50, TimeUnit.MILLISECONDS), "nothing is recorded: " + output());
        }
        agent.destroy();
        assertTrue(agent.waitFor(2 * STOP_MS, TimeUnit.MILLISECONDS), "it still runs");

        byte[] key = NetworkKeyFile.read(directory.resolve("network.key")).key();
        Replay.Outcome outcome = Replay.run(ByteBuffer.wrap(Files.readAllBytes(log)), key, new Ed25519Verifier());

        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(log)));
        assertNull(outcome.difference());
        assertEquals(Replay.End.STOPPED, outcome.end());
        assertTrue(outcome.calls() > 5 && outcome.effects() > 0, outcome::toString);
        assertNoStackTrace();
    }

    @Test
    void missing_serial_port_and_interface_do_not_end_it() throws Exception {
        Process agent = start("--config", config("""
                [[sensor]]
                name = "dust"
                driver = "plantower.pms5003"
                port = "/dev/thicket-has-no-such-port"

                [[link]]
                type = "udp"
                interface = "nonesuch0"
                """).toString());
        await(agent, "there is no interface nonesuch0");
        await(agent, "serial port /dev/thicket-has-no-such-port does not exist");

        assertTrue(agent.isAlive(), output());
        assertNoStackTrace();
    }

    private Path config(String more) throws IOException {
        return Files.writeString(directory.resolve("node.toml"), """
                [node]
                name = "hut"
                data_dir = "data"

                [network]
                key_file = "network.key"

                [coap]
                listen = ["127.0.0.1:%d"]

                [[link]]
                type = "peers"
                listen = "127.0.0.1:%d"
                peers = ["127.0.0.1:9"]

                [[sensor]]
                name = "sine"
                driver = "virtual.sine"
                %s
                """.formatted(coapPort, coapPort + 1, more));
    }

    private int run(String... args) throws IOException, InterruptedException {
        Process process = start(args);
        assertTrue(process.waitFor(START_MS, TimeUnit.MILLISECONDS), "it still runs: " + output());
        return process.exitValue();
    }

    private Process start(String... args) throws IOException {
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(":"))
                .filter(entry -> !entry.contains("picocli"))
                .collect(Collectors.joining(":"));
        assumeTrue(classPath.contains("mesh-routing"), "the class path is hidden in a jar");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-cp",
                classPath,
                AgentMain.class.getName()));
        command.addAll(List.of(args));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(outputFile().toFile())
                .start();
        processes.add(process);
        return process;
    }

    /** Of the process that was started last. */
    private Path outputFile() {
        return directory.resolve("output.txt");
    }

    private String output() throws IOException {
        return Files.readString(outputFile(), StandardCharsets.UTF_8);
    }

    private void await(Process process, String text) throws IOException, InterruptedException {
        long startedNs = System.nanoTime();
        while (!output().contains(text)) {
            boolean late = System.nanoTime() - startedNs > TimeUnit.MILLISECONDS.toNanos(START_MS);
            assertFalse(late || process.waitFor(50, TimeUnit.MILLISECONDS), "no '" + text + "' in: " + output());
        }
    }

    private void assertOneSentenceNaming(String word) throws IOException {
        assertEquals(1, output().lines().count(), output());
        assertTrue(output().startsWith("thicket agent: "), output());
        assertTrue(output().contains(word), output());
        assertNoStackTrace();
    }

    private void assertNoStackTrace() throws IOException {
        assertFalse(output().contains("\tat "), output());
        assertFalse(output().contains("Exception"), output());
    }
}
