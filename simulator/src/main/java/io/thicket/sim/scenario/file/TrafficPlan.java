package io.thicket.sim.scenario.file;

import java.util.List;

/**
 * One {@code [[traffic]]} with its packets.
 *
 * @param kind as written
 * @param packets ascending by time
 */
public record TrafficPlan(Kind kind, List<Packet> packets) {
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
        packets = PacketColumns.of(packets);
    }
}
