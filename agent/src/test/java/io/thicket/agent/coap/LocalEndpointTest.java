package io.thicket.agent.coap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.thicket.agent.node.EventLoop;
import io.thicket.routing.NodeId;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Real sockets on loopback with free ports: n1 has one, n2 and the gateway n9 are behind it on one loop. */
class LocalEndpointTest {
    private static final Path LIBCOAP = Path.of("/usr/bin/coap-client-notls");
    /** Datagrams of the flood; {@code -Dtest.jvmArgs="-ea -Xmx32m -Dthicket.flood=1000000"} for a long run. */
    private static final int FLOOD = Integer.getInteger("thicket.flood", 50_000);

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final EventLoop loop = new EventLoop("test-loop", Throwable::printStackTrace);
    private final Map<NodeId, CoapNode> nodes = new LinkedHashMap<>();
    private FakeNode n1;
    private FakeNode n6;
    private InetSocketAddress address;

    @BeforeEach
    void start() throws Exception {
        loop.start();
        address = onLoop(() -> {
            n1 = add(1, List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
            n1.knows(6, 1);
            n6 = add(6, List.of());
            n6.read("air", 6.5);
            FakeNode n9 = add(9, List.of());
            n9.isGateway = true;
            n9.knows(1, 1).knows(6, 1);
            for (int number = 100; number < 200; number++) {
                n9.knows(number, 4);
            }
            n1.gateway = Optional.of(n9.id);
            nodes.get(n1.id).start();
            return nodes.get(n1.id).localAddresses().get(0);
        });
    }

    private FakeNode add(int number, List<InetSocketAddress> local) {
        FakeNode host = new FakeNode(number);
        host.mesh = (from, to, message) ->
                nodes.containsKey(to) && loop.post(() -> nodes.get(to).onMeshMessage(from, message));
        CoapSettings settings = new CoapSettings("home", FakeNode.NETWORK, local);
        nodes.put(host.id, new CoapNode(host.on(settings, loop, TestNet.generator(number))));
        return host;
    }

    private <T> T onLoop(Callable<T> task) throws Exception {
        CompletableFuture<T> done = new CompletableFuture<>();
        loop.post(() -> {
            try {
                done.complete(task.call());
            } catch (Exception e) {
                done.completeExceptionally(e);
            }
        });
        return done.get(10, TimeUnit.SECONDS);
    }

    @AfterEach
    void stop() throws Exception {
        onLoop(() -> {
            nodes.values().forEach(CoapNode::close);
            return true;
        });
        loop.stop(5_000);
        assertEquals(0, loop.errors());
    }

    @Test
    void the_query_client_reads_pages_and_proxied_sensors() throws Exception {
        try (CoapQuery query = new CoapQuery(address)) {
            CoapQuery.Answer status = query.get("/status", CoapQuery.ANY_FORMAT, TIMEOUT);
            CoapQuery.Answer nodesPage = query.get("nodes", 50, TIMEOUT);
            CoapQuery.Answer air = query.getFrom("n6", "/sensors/air", 112, TIMEOUT);
            CoapQuery.Answer missing = query.get("/nothing", CoapQuery.ANY_FORMAT, TIMEOUT);

            assertTrue(status.isSuccess());
            assertTrue(status.text().startsWith("{\"name\":\"n1\""), status.text());
            assertEquals(103, nodesPage.text().split("\"label\"", -1).length - 1);
            assertEquals("2.05", air.code());
            assertEquals(112, air.contentFormat());
            assertEquals("4.04", missing.code());
            assertFalse(missing.isSuccess());
        }
    }

    @Test
    void the_query_client_says_when_nobody_answers() throws Exception {
        InetSocketAddress nobody;
        try (DatagramSocket free = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            nobody = new InetSocketAddress(InetAddress.getLoopbackAddress(), free.getLocalPort());
            try (CoapQuery query = new CoapQuery(nobody)) {
                IOException problem = assertThrows(
                        CoapQuery.NoAnswerException.class,
                        () -> query.get("/status", CoapQuery.ANY_FORMAT, Duration.ofMillis(300)));

                assertTrue(problem.getMessage().endsWith("is it running?"), problem.getMessage());
            }
        }
    }

    @Test
    void a_taken_port_is_one_clear_sentence() throws Exception {
        FakeNode other = onLoop(() -> add(7, List.of(address)));

        ExecutionException problem = assertThrows(
                ExecutionException.class,
                () -> onLoop(() -> {
                    nodes.get(other.id).start();
                    return true;
                }));

        String message = problem.getCause().getMessage();
        assertTrue(message.startsWith("cannot listen for CoAP on 127.0.0.1:" + address.getPort()), message);
    }

    @Test
    void random_datagrams_do_no_harm() throws Exception {
        RandomGenerator random = TestNet.generator(42);
        List<DatagramSocket> attackers = new ArrayList<>();
        byte[] request = {0x40, 1, 0, 0, (byte) 0xb6, 's', 't', 'a', 't', 'u', 's'};
        try {
            for (int i = 0; i < SmallConfiguration.MAX_PEERS + 44; i++) {
                attackers.add(new DatagramSocket(0, InetAddress.getLoopbackAddress()));
            }
            for (int i = 0; i < FLOOD; i++) {
                byte[] datagram;
                if ((i & 1) == 0) {
                    datagram = new byte[random.nextInt(64)];
                    random.nextBytes(datagram);
                } else {
                    datagram = request.clone();
                    datagram[2] = (byte) (i >> 9);
                    datagram[3] = (byte) (i >> 1);
                    datagram[random.nextInt(datagram.length)] ^= (byte) (1 << random.nextInt(8));
                }
                DatagramSocket attacker = attackers.get(random.nextInt(attackers.size()));
                attacker.send(new DatagramPacket(datagram, datagram.length, address));
            }
        } finally {
            attackers.forEach(DatagramSocket::close);
        }

        try (CoapQuery query = new CoapQuery(address)) {
            assertEquals(
                    "2.05", query.get("/status", CoapQuery.ANY_FORMAT, TIMEOUT).code());
        }
        assertEquals(0, loop.errors());
    }

    @Test
    void libcoap_reads_links_sensors_and_proxied_nodes() throws Exception {
        assumeTrue(Files.isExecutable(LIBCOAP), "libcoap's client is not installed (Debian: libcoap3-bin)");
        String agent = "coap://127.0.0.1:" + address.getPort();

        assertTrue(libcoap(agent + "/.well-known/core").contains("</sensors/air>"));
        assertTrue(libcoap(agent + "/nodes").contains("\"label\":\"n199\""));
        assertTrue(libcoap("-P", agent, "coap://n6/sensors/air").contains("home:n6:air"));
        assertTrue(libcoap("-P", agent, "coap://" + n6.id + "/sensors/air").contains("home:n6:air"));
        assertTrue(libcoap("-P", agent, "coap://n9/directory").contains(" n199 "));
        assertTrue(libcoap("-O", "35,coap://n6/sensors/air", agent).contains("home:n6:air"));
        assertTrue(libcoap("-P", agent, "-H", "1", "coap://n6/sensors/air").contains("5.08"));
        assertTrue(libcoap("-P", agent, "coap://nobody/status").contains("no node is known as 'nobody'"));
    }

    @Test
    void libcoap_observes_a_sensor() throws Exception {
        assumeTrue(Files.isExecutable(LIBCOAP), "libcoap's client is not installed (Debian: libcoap3-bin)");
        onLoop(() -> {
            n1.read("air", 1.25);
            return true;
        });
        Process client = new ProcessBuilder(
                        LIBCOAP.toString(), "-s", "2", "-w", "coap://127.0.0.1:" + address.getPort() + "/sensors/air")
                .redirectErrorStream(true)
                .start();
        CompletableFuture<String> output = CompletableFuture.supplyAsync(() -> read(client));
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
        double[] value = {2.25};
        while (client.isAlive() && System.nanoTime() < deadline) {
            onLoop(() -> {
                n1.read("air", value[0]);
                nodes.get(n1.id).onReading("air", n1.readings.get("air"));
                return true;
            });
            value[0] += 1;
            client.waitFor(200, TimeUnit.MILLISECONDS);
        }

        String text = output.get(10, TimeUnit.SECONDS);
        assertTrue(text.split("\"v\":", -1).length > 4, text);
    }

    private static String libcoap(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(LIBCOAP.toString(), "-B", "10"));
        command.addAll(List.of(arguments));
        return read(new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    private static String read(Process process) {
        try {
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
