package io.thicket.agent.link;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two processes in two network namespaces, joined by a virtual cable. Needs root and iproute2; skipped without. */
@Timeout(60)
class UdpLinkNamespaceTest {
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(20);

    @TempDir
    private Path logs;

    private final String suffix = Long.toString(ProcessHandle.current().pid(), 36);
    private final String left = "thicket-l" + suffix;
    private final String right = "thicket-r" + suffix;
    private final List<Process> peers = new ArrayList<>();

    @BeforeEach
    void lay_the_cable() throws Exception {
        assumeTrue(run("ip", "netns", "add", left) == 0, "no right to make network namespaces (root, iproute2)");
        assumeTrue(run("ip", "netns", "add", right) == 0);
        assumeTrue(
                run(
                                "ip", "link", "add", "mesh0", "netns", left, "type", "veth", "peer", "name", "mesh1",
                                "netns", right)
                        == 0,
                "no virtual cables here");
        // A JVM that finds no IPv6 address at all when it starts (not even ::1) does without IPv6 until it ends.
        run("ip", "-n", left, "link", "set", "lo", "up");
        run("ip", "-n", right, "link", "set", "lo", "up");
    }

    @AfterEach
    void take_everything_away() throws Exception {
        for (Process peer : peers) {
            peer.getOutputStream().close();
            if (!peer.waitFor(5, TimeUnit.SECONDS)) {
                peer.destroyForcibly();
            }
        }
        run("ip", "netns", "del", left);
        run("ip", "netns", "del", right);
    }

    @Test
    void tentative_address_is_waited_for_and_frames_and_replies_pass_over_ipv6() throws Exception {
        startPeer(left, "mesh0");
        startPeer(right, "mesh1");
        awaitLine("mesh0", line -> line.contains("problem 'interface mesh0 is down or has no address'"));

        assertTrue(run("ip", "-n", left, "link", "set", "mesh0", "up") == 0);
        assertTrue(run("ip", "-n", right, "link", "set", "mesh1", "up") == 0);

        awaitLine("mesh0", line -> line.contains("frame from=fe80") && line.contains("exchange=-1 text=hello"));
        awaitLine("mesh0", line -> line.contains("frame from=fe80") && line.contains("exchange=40000"));
        awaitLine("mesh1", line -> line.contains("reply from=fe80") && line.contains("exchange=40000"));
    }

    @Test
    void ipv4_is_used_where_ipv6_is_off() throws Exception {
        String[][] ends = {{left, "mesh0", "10.9.0.1/24"}, {right, "mesh1", "10.9.0.2/24"}};
        for (String[] end : ends) {
            String off = "echo 1 > /proc/sys/net/ipv6/conf/all/disable_ipv6";
            assertTrue(run("ip", "netns", "exec", end[0], "sh", "-c", off) == 0);
            assertTrue(run("ip", "-n", end[0], "link", "set", end[1], "up") == 0);
            assertTrue(run("ip", "-n", end[0], "addr", "add", end[2], "dev", end[1]) == 0);
        }

        startPeer(left, "mesh0");
        startPeer(right, "mesh1");

        awaitLine("mesh0", line -> line.contains("frame from=0a090002") && line.contains("exchange=-1"));
        awaitLine("mesh1", line -> line.contains("reply from=0a090001") && line.contains("exchange=40000"));
    }

    private void startPeer(String namespace, String interfaceName) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        peers.add(new ProcessBuilder(
                        "ip",
                        "netns",
                        "exec",
                        namespace,
                        java,
                        "-ea",
                        "-Xmx32m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        UdpLinkPeer.class.getName(),
                        interfaceName,
                        "AUTO")
                .redirectErrorStream(true)
                .redirectOutput(log(interfaceName))
                .start());
    }

    private File log(String interfaceName) {
        return logs.resolve(interfaceName).toFile();
    }

    private void awaitLine(String interfaceName, Predicate<String> line) throws IOException {
        long startNs = System.nanoTime();
        String text;
        do {
            LockSupport.parkNanos(20_000_000);
            text = Files.readString(log(interfaceName).toPath(), StandardCharsets.UTF_8);
            if (text.lines().anyMatch(line)) {
                return;
            }
        } while (System.nanoTime() - startNs < PATIENCE_NS);
        fail("not seen on " + interfaceName + ":\n" + text);
    }

    private static int run(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            return -1; // No such program.
        }
    }
}
