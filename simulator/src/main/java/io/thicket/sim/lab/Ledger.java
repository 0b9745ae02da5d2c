package io.thicket.sim.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

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

        List<Measured> values = List.of();
        long deliveredUs = NONE;
        int hops = NONE;
        int copies;
        boolean sourceDied;
        /** Its source was told that the broker has it, and forgot it. */
        boolean settled;

        Packet(int source, int destination, long createdUs, int shortest) {
            this.source = source;
            this.destination = destination;
            this.createdUs = createdUs;
            this.shortest = shortest;
        }

        boolean isDelivered() {
            return deliveredUs >= 0;
        }

        /** It was settled although nobody published it. */
        boolean isLostSilently() {
            return settled && !isDelivered();
        }

        double latencyMs() {
            return (deliveredUs - createdUs) / 1_000.0;
        }
    }

    /**
     * The readings of one boot of a source that follow each other as its packets do: nearly always all of them. Chained, the newest
     * first.
     */
    private static final class Run {
        final long epoch;
        final long firstSeq;
        final long firstNumber;
        long lastSeq;
        final @Nullable Run older;

        Run(long epoch, long firstSeq, long lastSeq, long firstNumber, @Nullable Run older) {
            this.epoch = epoch;
            this.firstSeq = firstSeq;
            this.lastSeq = lastSeq;
            this.firstNumber = firstNumber;
            this.older = older;
        }

        long numberOf(long seq) {
            return firstNumber + seq - firstSeq;
        }
    }

    private final @Nullable Run[] runs;
    private final List<List<Packet>> bySource = new ArrayList<>();
    private final List<Packet> all = new ArrayList<>();
    private final ToIntFunction<String> names;
    private long unknown;
    private long foreign;

    /** {@code names} gives the node of a name, -1 for one of others. */
    Ledger(int nodes, ToIntFunction<String> names) {
        this.names = names;
        this.runs = new @Nullable Run[nodes];
        for (int i = 0; i < nodes; i++) {
            bySource.add(new ArrayList<>(0));
        }
    }

    /** The node of a name, -1 for one of others. */
    int sourceOf(String name) {
        return names.applyAsInt(name);
    }

    /** A reading of a node that is not the simulation's arrived. */
    void deliveredForeign() {
        foreign++;
    }

    /** Readings of nodes that are not the simulation's. */
    long foreign() {
        return foreign;
    }

    /** The sequence number of the new packet at its source, from 1. */
    long created(Packet packet) {
        List<Packet> its = bySource.get(packet.source);
        its.add(packet);
        all.add(packet);
        return its.size();
    }

    /** The packet that {@link #created} gave that number. */
    Packet packet(int source, long number) {
        return bySource.get(source).get((int) (number - 1));
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

    /** The reading that a boot of a node numbers {@code seq} is packet {@code number} of that node. */
    void numbered(int source, long epoch, long seq, long number) {
        Run newest = runs[source];
        if (newest != null && newest.epoch == epoch && newest.lastSeq + 1 == seq && newest.numberOf(seq) == number) {
            newest.lastSeq = seq;
        } else {
            runs[source] = new Run(epoch, seq, seq, number, newest);
        }
    }

    /** A node was told that the broker has the reading. */
    void settled(int source, long epoch, long seq) {
        long number = numberOf(source, epoch, seq);
        if (number > 0) {
            packet(source, number).settled = true;
        }
    }

    /** The packet of a reading, 0 if nobody made it. */
    long numberOf(int source, long epoch, long seq) {
        for (Run run = source < 0 || source >= runs.length ? null : runs[source]; run != null; run = run.older) {
            if (run.epoch == epoch && run.firstSeq <= seq && seq <= run.lastSeq) {
                return run.numberOf(seq);
            }
        }
        return 0;
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
