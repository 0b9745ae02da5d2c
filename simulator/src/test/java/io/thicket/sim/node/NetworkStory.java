package io.thicket.sim.node;

import io.thicket.sim.fault.Fault;
import io.thicket.sim.fault.FaultScript;
import io.thicket.sim.kernel.Seeds;
import io.thicket.sim.medium.Path;
import io.thicket.sim.scenario.Topology;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The first whole network: 20 nodes at random places, a third of all datagrams lost, doubled or late ones besides, a
 * reading every 30 s from each node, two relays that lose power, and a broker that is away for a while.
 */
final class NetworkStory {
    static final int NODES = 20;
    static final double LOSS = 0.30;

    /** Readings end here; then the network has {@link #GRACE_MS} to deliver the rest. */
    static final long HOUR_MS = 3_600_000;

    static final long GRACE_MS = 600_000;

    private static final double RADIUS = 0.28;

    private NetworkStory() {}

    /** The network, ready to run, with its faults scheduled. */
    static SimNetwork network(long seed, long readingsUntilMs) {
        Seeds seeds = new Seeds(seed);
        Topology topology = Topology.randomGeometric(NODES, RADIUS, seeds.generator("topology"));
        Path path = Path.GOOD.withLoss(LOSS).withDuplication(0.01).withReordering(0.02, 200_000);
        SimNetwork network = new SimNetwork(
                seeds, topology, SimSettings.usual(readingsUntilMs).withPath(path));
        network.broker().setAnswerLoss(0.05);
        int[] hops = topology.hopsFrom(0);
        network.inject(FaultScript.NONE
                .at(20 * 60_000, new Fault.Crash(relay(topology, hops, 0)))
                .at(21 * 60_000, new Fault.Reboot(relay(topology, hops, 0)))
                .at(35 * 60_000, new Fault.Crash(relay(topology, hops, 1)))
                .at(40 * 60_000, new Fault.Reboot(relay(topology, hops, 1))));
        network.simulation()
                .schedule(0, 50 * 60_000_000L, () -> network.broker().setUp(false));
        network.simulation()
                .schedule(0, 52 * 60_000_000L, () -> network.broker().setUp(true));
        for (int minute = 2; minute < 60; minute++) {
            int to = 1 + minute % (NODES - 1);
            int messageId = minute;
            network.simulation()
                    .schedule(0, minute * 60_000_000L + 7_000_000, () -> askForSensor(network, to, messageId));
        }
        network.powerUp();
        return network;
    }

    /** The gateway asks a node for its sensor by CoAP; that node's Californium answers in virtual time. */
    private static void askForSensor(SimNetwork network, int to, int messageId) {
        network.node(0).node().ifPresent(gateway -> gateway.sendCoap(network.idOf(to), getSensor(messageId)));
    }

    /** RFC 7252 section 3: CON GET /sensors/air with a token of two bytes. */
    static byte[] getSensor(int messageId) {
        return ByteBuffer.allocate(2 + 2 + 2 + 8 + 4)
                .put((byte) 0x42)
                .put((byte) 0x01)
                .putShort((short) messageId)
                .putShort((short) ~messageId)
                .put((byte) (11 << 4 | 7))
                .put("sensors".getBytes(StandardCharsets.US_ASCII))
                .put((byte) 3)
                .put("air".getBytes(StandardCharsets.US_ASCII))
                .array();
    }

    /** The {@code nth} node next to the gateway that has others behind it. */
    private static int relay(Topology topology, int[] hops, int nth) {
        int found = 0;
        for (int node = 1; node < topology.nodes(); node++) {
            boolean carries = false;
            for (int neighbor : topology.neighbors(node)) {
                carries |= hops[neighbor] == 2;
            }
            if (hops[node] == 1 && carries && found++ == nth) {
                return node;
            }
        }
        throw new IllegalArgumentException("fewer than " + (nth + 1) + " relays next to the gateway");
    }

    /** Runs the story for {@code args[1]} ms and prints the hash of its trace; {@code args[0]} is the seed. */
    public static void main(String[] args) {
        long endMs = Long.parseLong(args[1]);
        SimNetwork network = network(Long.parseLong(args[0]), endMs);
        network.simulation().runUntil((endMs + GRACE_MS) * 1000);
        System.out.println("hash " + network.trace().hash());
    }
}
