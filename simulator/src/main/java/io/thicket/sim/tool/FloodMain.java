package io.thicket.sim.tool;

import io.thicket.agent.config.ConfigException;
import io.thicket.agent.config.NetworkKeyFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Floods one node's mesh port and CoAP port, to show that it stays whole: half of the datagrams are random bytes, half are
 * nearly right. The nearly right ones for the mesh are sealed with the network's key by an accepted neighbour, and mutated
 * inside, cut short or repeated. The system test runs it beside real agents:
 *
 * <pre>
 * java -cp 'simulator/target/dist/lib/*' io.thicket.sim.tool.FloodMain --mesh '[fe80::1%eth0]:5690' --coap 10.0.0.1:5683 \
 *      --key network.toml --count 1000000 --rate 20000 --seed 1
 * </pre>
 *
 * It prints what it sent as one JSON object. Exit codes: 0 sent, 1 the node did not answer the intruder's challenge, 2 usage.
 */
public final class FloodMain {
    /** Datagrams per second at most; more only fills the socket's buffer. */
    private static final int MAX_RATE = 100_000;

    private static final int COAP_SOCKETS = 32;
    private static final int JOIN_ATTEMPTS = 10;
    private static final String USAGE =
            "wants --key FILE, --mesh HOST:PORT and/or --coap HOST:PORT, [--count N] [--rate PER_SECOND] [--seed N]";

    private final Map<String, Long> counts = new LinkedHashMap<>();
    private final RandomGenerator random;

    private FloodMain(long seed) {
        this.random = new SplittableRandom(seed);
    }

    public static void main(String[] args) throws IOException {
        System.exit(run(args));
    }

    private static int run(String[] args) throws IOException {
        Map<String, String> options = new LinkedHashMap<>();
        for (int i = 0; i + 1 < args.length; i += 2) {
            options.put(args[i], args[i + 1]);
        }
        try {
            InetSocketAddress mesh = address(options.get("--mesh"));
            InetSocketAddress coap = address(options.get("--coap"));
            String key = options.get("--key");
            long count = Long.parseLong(options.getOrDefault("--count", "1000000"));
            int rate = Integer.parseInt(options.getOrDefault("--rate", "20000"));
            long seed = Long.parseLong(options.getOrDefault("--seed", "1"));
            if (args.length % 2 != 0 || key == null || mesh == null && coap == null || rate < 1 || rate > MAX_RATE) {
                System.err.println(USAGE);
                return 2;
            }
            return new FloodMain(seed).flood(Path.of(key), mesh, coap, count, rate);
        } catch (IllegalArgumentException | ConfigException e) {
            System.err.println(e.getMessage());
            return 2;
        }
    }

    private int flood(
            Path key, @Nullable InetSocketAddress mesh, @Nullable InetSocketAddress coap, long count, int rate)
            throws IOException, ConfigException {
        List<DatagramChannel> coapSockets = new ArrayList<>();
        InetSocketAddress meshOrAny = mesh != null ? mesh : new InetSocketAddress(0);
        try (Intruder intruder = new Intruder(NetworkKeyFile.read(key), meshOrAny, random)) {
            if (mesh != null && !intruder.join(JOIN_ATTEMPTS)) {
                System.err.println("the node at " + mesh + " does not answer");
                return 1;
            }
            for (int i = 0; coap != null && i < COAP_SOCKETS; i++) {
                DatagramChannel socket = DatagramChannel.open();
                coapSockets.add(socket);
                socket.configureBlocking(false);
            }
            HostileFrames frames = new HostileFrames(random, intruder);
            HostileRequests requests = new HostileRequests(random);
            long startNs = System.nanoTime();
            for (long i = 0; i < count; i++) {
                boolean toMesh = coap == null || mesh != null && random.nextBoolean();
                boolean noise = random.nextBoolean();
                boolean sent;
                if (toMesh) {
                    sent = intruder.send(noise ? frames.noise() : frames.sealed());
                } else {
                    ByteBuffer datagram = noise ? requests.noise() : requests.request();
                    sent = coapSockets.get(random.nextInt(COAP_SOCKETS)).send(datagram, coap) > 0;
                }
                counts.merge((toMesh ? "mesh" : "coap") + (noise ? "Noise" : "Valid"), 1L, Long::sum);
                counts.merge(sent ? "sent" : "notSent", 1L, Long::sum);
                keepRate(startNs, i + 1, rate);
            }
            counts.put("ms", (System.nanoTime() - startNs) / 1_000_000);
        } finally {
            for (DatagramChannel socket : coapSockets) {
                socket.close();
            }
        }
        StringBuilder json = new StringBuilder();
        counts.forEach((name, value) -> json.append(json.isEmpty() ? "" : ",")
                .append('"')
                .append(name)
                .append("\":")
                .append(value));
        System.out.println("{" + json + "}");
        return 0;
    }

    /** Waits while {@code sent} datagrams are more than {@code rate} allows since {@code startNs}. */
    private static void keepRate(long startNs, long sent, int rate) {
        long dueNs = startNs + sent * 1_000_000_000L / rate;
        long earlyNs = dueNs - System.nanoTime();
        if (earlyNs > 1_000_000) {
            LockSupport.parkNanos(earlyNs);
        }
    }

    /** Of {@code HOST:PORT} or {@code [IPV6%INTERFACE]:PORT}; null stays null. */
    private static @Nullable InetSocketAddress address(@Nullable String text) throws IOException {
        if (text == null) {
            return null;
        }
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? text : text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        return new InetSocketAddress(InetAddress.getByName(host), Integer.parseInt(text.substring(colon + 1)));
    }
}
