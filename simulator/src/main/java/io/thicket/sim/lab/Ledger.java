package io.thicket.sim.lab;

import java.util.ArrayList;
import java.util.List;

/** Every packet that a source made, and what became of it. */
final class Ledger {
    /** No way existed, or nothing arrived yet. */
    static final int NONE = -1;

    /** One reading or packet. */
    static final class Packet {
        final int source;
        final int destination;
        final long createdUs;
        /** Hops of the shortest way at the time of sending, {@link #NONE} without one. */
        final int shortest;

        long deliveredUs = NONE;
        int hops = NONE;
        int copies;
        boolean sourceDied;

        Packet(int source, int destination, long createdUs, int shortest) {
            this.source = source;
            this.destination = destination;
            this.createdUs = createdUs;
            this.shortest = shortest;
        }

        boolean isDelivered() {
            return deliveredUs >= 0;
        }

        double latencyMs() {
            return (deliveredUs - createdUs) / 1_000.0;
        }
    }

    private final List<List<Packet>> bySource = new ArrayList<>();
    private final List<Packet> all = new ArrayList<>();
    private long unknown;

    Ledger(int nodes) {
        for (int i = 0; i < nodes; i++) {
            bySource.add(new ArrayList<>());
        }
    }

    /** The sequence number of the new packet at its source, from 1. */
    long created(Packet packet) {
        List<Packet> its = bySource.get(packet.source);
        its.add(packet);
        all.add(packet);
        return its.size();
    }

    void delivered(long nowUs, int source, long seq, int hops) {
        if (source < 0
                || source >= bySource.size()
                || seq < 1
                || seq > bySource.get(source).size()) {
            unknown++;
            return;
        }
        Packet packet = bySource.get(source).get((int) (seq - 1));
        packet.copies++;
        if (!packet.isDelivered()) {
            packet.deliveredUs = nowUs;
            packet.hops = hops;
        }
    }

    void died(int source) {
        for (Packet packet : bySource.get(source)) {
            packet.sourceDied = true;
        }
    }

    /** In the order in which they were made. */
    List<Packet> packets() {
        return all;
    }

    /** Deliveries of what nobody sent. */
    long unknown() {
        return unknown;
    }
}
