package io.thicket.sim.medium;

import io.thicket.sim.kernel.Seeds;
import io.thicket.sim.kernel.Simulation;
import io.thicket.sim.scenario.Topology;
import io.thicket.sim.trace.Trace;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The air: carries datagrams between nodes along directed paths, each of which loses, doubles and delays with a random
 * generator of its own. What is in the air when its sender dies still arrives; who listens is asked on arrival, so a
 * rebooted node hears what was meant for its former self.
 */
public final class Medium {
    /** Longest datagram in bytes. */
    public static final int MAX_DATAGRAM_BYTES = 1500;

    private final Simulation simulation;
    private final Trace trace;
    private final int nodes;
    private final @Nullable Path[] paths;
    private final boolean[] blocked;
    private final RandomGenerator[] randoms;
    private final @Nullable Receiver[] receivers;
    private final CRC32 checksum = new CRC32();
    private long sent;
    private long delivered;
    private long lost;
    private long doubled;

    /** An empty air for {@code nodes} nodes: nobody hears anybody yet. */
    public Medium(Simulation simulation, Seeds seeds, Trace trace, int nodes) {
        this.simulation = simulation;
        this.trace = trace;
        this.nodes = nodes;
        this.paths = new @Nullable Path[nodes * nodes];
        this.blocked = new boolean[nodes * nodes];
        this.randoms = new RandomGenerator[nodes * nodes];
        this.receivers = new @Nullable Receiver[nodes];
        for (int i = 0; i < randoms.length; i++) {
            randoms[i] = seeds.generator("medium", i);
        }
    }

    /** Lays {@code path} along every edge of {@code topology}, both ways. */
    public void connect(Topology topology, Path path) {
        for (Topology.Edge edge : topology.edges()) {
            connect(edge.a(), edge.b(), path);
            connect(edge.b(), edge.a(), path);
        }
    }

    /** From now on {@code to} hears {@code from} like this. */
    public void connect(int from, int to, Path path) {
        paths[index(from, to)] = path;
    }

    /** From now on {@code to} does not hear {@code from} at all. */
    public void disconnect(int from, int to) {
        paths[index(from, to)] = null;
    }

    /** The path, null if {@code to} never hears {@code from}. */
    public @Nullable Path path(int from, int to) {
        return paths[index(from, to)];
    }

    /** Lets nothing through in this direction until {@link #unblock}; the path is remembered. */
    public void block(int from, int to) {
        blocked[index(from, to)] = true;
    }

    public void unblock(int from, int to) {
        blocked[index(from, to)] = false;
    }

    public int nodes() {
        return nodes;
    }

    /** Who takes what arrives at {@code node}; replaces an earlier receiver. */
    public void listen(int node, Receiver receiver) {
        receivers[node] = receiver;
    }

    /** Nobody takes what arrives at {@code node}, if it was {@code receiver} who did. */
    public void silence(int node, Receiver receiver) {
        if (receivers[node] == receiver) {
            receivers[node] = null;
        }
    }

    /** Everybody who hears {@code from} may get it. */
    public void broadcast(int from, byte[] datagram) {
        trace(from, "tx all", datagram);
        for (int to = 0; to < nodes; to++) {
            if (to != from && paths[index(from, to)] != null) {
                carry(from, to, datagram);
            }
        }
    }

    /** Only {@code to} may get it, if it hears {@code from}. */
    public void unicast(int from, int to, byte[] datagram) {
        trace(from, "tx n" + to, datagram);
        if (to >= 0 && to < nodes && to != from) {
            carry(from, to, datagram);
        }
    }

    /** Copies put on a path, those that arrived, those that vanished, and those that a path doubled. */
    public Counts counts() {
        return new Counts(sent, delivered, lost, doubled);
    }

    private void carry(int from, int to, byte[] datagram) {
        if (datagram.length > MAX_DATAGRAM_BYTES) {
            throw new IllegalArgumentException("a datagram of " + datagram.length + " bytes");
        }
        int index = index(from, to);
        Path path = paths[index];
        RandomGenerator random = randoms[index];
        sent++;
        if (path == null || blocked[index] || random.nextDouble() < path.loss()) {
            lost++;
            return;
        }
        arriveLater(from, to, path, random, datagram);
        if (path.duplication() > 0 && random.nextDouble() < path.duplication()) {
            doubled++;
            arriveLater(from, to, path, random, datagram);
        }
    }

    private void arriveLater(int from, int to, Path path, RandomGenerator random, byte[] datagram) {
        long delayUs = path.delayUs();
        if (path.jitterUs() > 0) {
            delayUs += random.nextLong(path.jitterUs() + 1);
        }
        if (path.lateness() > 0 && path.lateUs() > 0 && random.nextDouble() < path.lateness()) {
            delayUs += random.nextLong(path.lateUs() + 1);
        }
        simulation.schedule(to, simulation.nowUs() + delayUs, () -> arrive(from, to, datagram));
    }

    private void arrive(int from, int to, byte[] datagram) {
        Receiver receiver = receivers[to];
        if (receiver == null || blocked[index(from, to)]) {
            lost++;
            return;
        }
        delivered++;
        trace(to, "rx n" + from, datagram);
        receiver.onDatagram(from, datagram);
    }

    private void trace(int node, String what, byte[] datagram) {
        checksum.reset();
        checksum.update(datagram);
        trace.add(
                simulation.nowUs(),
                node,
                what + " " + datagram.length + " " + HexFormat.of().toHexDigits((int) checksum.getValue()));
    }

    private int index(int from, int to) {
        return from * nodes + to;
    }

    /** Takes datagrams. */
    @FunctionalInterface
    public interface Receiver {
        /** A datagram of {@code from} arrived; the array must not be changed. */
        void onDatagram(int from, byte[] datagram);
    }

    /** What the air did. */
    public record Counts(long sent, long delivered, long lost, long doubled) {}
}
