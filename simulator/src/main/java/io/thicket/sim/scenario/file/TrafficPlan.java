package io.thicket.sim.scenario.file;

import java.util.List;

/**
 * One {@code [[traffic]]} with its packets.
 *
 * @param kind as written
 * @param senders the nodes that it is of, also those whose first packet would come after the end
 * @param intervalMs from packet to packet, or from burst to burst, on average where it is drawn; of a table 0
 * @param packets ascending by time
 */
public record TrafficPlan(Kind kind, List<Integer> senders, long intervalMs, List<Packet> packets) {
    /** How packets follow each other. */
    public enum Kind {
        PERIODIC,
        POISSON,
        BURST,
        CSV
    }

    /**
     * A packet, or a reading.
     *
     * @param to a node, or {@link #ANY_GATEWAY}
     * @param bytes of its message
     */
    public record Packet(long atUs, int from, int to, int bytes) {}

    /** The destination of readings. */
    public static final int ANY_GATEWAY = -1;

    public TrafficPlan {
        senders = List.copyOf(senders);
        packets = PacketColumns.of(packets);
    }
}
