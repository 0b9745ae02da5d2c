package io.thicket.sim.lab;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Every packet that a source made, and what became of it. */
final class Ledger {
    /** No way existed, or nothing arrived yet. */
    static final int NONE = -1;

    /** One reading or packet: a row of a page, seen as an object while somebody looks at it. */
    static final class Packet {
        private final PacketPage page;
        private final int row;
        private final int index;

        private Packet(PacketPage page, int row, int index) {
            this.page = page;
            this.row = row;
            this.index = index;
        }

        /** Among all of the run, from 0. */
        int index() {
            return index;
        }

        /** The last that happened to it; {@link Fates} knows what the number means. */
        int note() {
            return (int) page.note.get(row);
        }

        void setNote(int note) {
            page.note.set(row, note);
        }

        int source() {
            return (int) page.source.get(row);
        }

        int destination() {
            return (int) page.destination.get(row);
        }

        long createdUs() {
            return page.createdUs.get(row);
        }

        /** Hops of the shortest way at the time of sending, {@link #NONE} without one. */
        int shortest() {
            return (int) page.shortest.get(row);
        }

        List<Measured> values() {
            return page.values(row);
        }

        /** {@link #NONE} before. */
        long deliveredUs() {
            return isDelivered() ? createdUs() + page.latencyUs.get(row) : NONE;
        }

        int hops() {
            return (int) page.hops.get(row);
        }

        int copies() {
            return (int) page.copies.get(row);
        }

        boolean sourceDied() {
            return page.sourceDied[row];
        }

        boolean isDelivered() {
            return page.latencyUs.get(row) != NONE;
        }

        /** It was settled although nobody published it. */
        boolean isLostSilently() {
            return page.settled[row] && !isDelivered();
        }

        double latencyMs() {
            return (deliveredUs() - createdUs()) / 1_000.0;
        }

        /** Its source was told that the broker has it, and forgot it. */
        void settle() {
            page.settled[row] = true;
        }

        private void bereave() {
            page.sourceDied[row] = true;
        }

        private void deliver(long nowUs, int itsHops) {
            page.copies.set(row, copies() + 1);
            if (!isDelivered()) {
                page.latencyUs.set(row, nowUs - createdUs());
                page.hops.set(row, itsHops);
            }
        }
    }

    /**
     * The readings of one boot of a source that follow each other as its packets do: nearly always all of them. Chained, the newest
     * first.
     */
    private static final class Run {
        final long epoch;
        final long firstSeq;
        final int firstNumber;
        int count = 1;
        final @Nullable Run older;

        /** One of one reading. */
        Run(long epoch, long firstSeq, int firstNumber, @Nullable Run older) {
            this.epoch = epoch;
            this.firstSeq = firstSeq;
            this.firstNumber = firstNumber;
            this.older = older;
        }

        long numberOf(long seq) {
            return firstNumber + seq - firstSeq;
        }

        boolean hasSeq(long seq) {
            return firstSeq <= seq && seq < endSeq();
        }

        /** That of the reading that would follow. */
        long endSeq() {
            return firstSeq + count;
        }
    }

    private static final int[] NO_ROWS = {};

    private final @Nullable Run[] runs;
    private final List<PacketPage> pages = new ArrayList<>();
    private int size;

    /** Of each source which packets of all are its own, with some room. */
    private final int[][] bySource;

    /** Of each source how many packets it made. */
    private final int[] made;

    private final ToIntFunction<String> names;
    private long unknown;
    private long foreign;

    /** {@code names} gives the node of a name, -1 for one of others. */
    Ledger(int nodes, ToIntFunction<String> names) {
        this.names = names;
        this.runs = new @Nullable Run[nodes];
        this.bySource = new int[nodes][];
        Arrays.fill(bySource, NO_ROWS);
        this.made = new int[nodes];
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

    /**
     * A source made a packet: its sequence number there, from 1.
     *
     * @param shortest hops of the shortest way just then, {@link #NONE} without one
     */
    long created(int source, int destination, long createdUs, int shortest, List<Measured> values) {
        if (size == pages.size() * PacketPage.ROWS) {
            pages.add(new PacketPage(createdUs, source));
        }
        PacketPage page = pages.get(pages.size() - 1);
        int row = size % PacketPage.ROWS;
        page.source.set(row, source);
        page.destination.set(row, destination);
        page.createdUs.set(row, createdUs);
        page.shortest.set(row, shortest);
        page.setValues(row, values);
        int[] its = bySource[source];
        if (made[source] == its.length) {
            its = Arrays.copyOf(its, its.length + its.length / 4 + 2);
            bySource[source] = its;
        }
        its[made[source]] = size++;
        return ++made[source];
    }

    /** Whether {@link #created} gave that number. */
    boolean has(int source, long number) {
        return source >= 0 && source < made.length && number >= 1 && number <= made[source];
    }

    /** The packet that {@link #created} gave that number. */
    Packet packet(int source, long number) {
        return packet(bySource[source][Objects.checkIndex((int) (number - 1), made[source])]);
    }

    private Packet packet(int index) {
        return new Packet(pages.get(index / PacketPage.ROWS), index % PacketPage.ROWS, index);
    }

    void delivered(long nowUs, int source, long number, int hops) {
        if (!has(source, number)) {
            unknown++;
        } else {
            packet(source, number).deliver(nowUs, hops);
        }
    }

    /** The reading that a boot of a node numbers {@code seq} is packet {@code number} of that node. */
    void numbered(int source, long epoch, long seq, long number) {
        Run newest = runs[source];
        if (newest != null && newest.epoch == epoch && newest.endSeq() == seq && newest.numberOf(seq) == number) {
            newest.count++;
        } else {
            runs[source] = new Run(epoch, seq, Math.toIntExact(number), newest);
        }
    }

    /** A node was told that the broker has the reading. */
    void settled(int source, long epoch, long seq) {
        long number = numberOf(source, epoch, seq);
        if (number > 0) {
            packet(source, number).settle();
        }
    }

    /** The packet of a reading, 0 if nobody made it. */
    long numberOf(int source, long epoch, long seq) {
        for (Run run = source < 0 || source >= runs.length ? null : runs[source]; run != null; run = run.older) {
            if (run.epoch == epoch && run.hasSeq(seq)) {
                return run.numberOf(seq);
            }
        }
        return 0;
    }

    void died(int source) {
        for (long number = 1; number <= made[source]; number++) {
            packet(source, number).bereave();
        }
    }

    /** In the order in which they were made. */
    List<Packet> packets() {
        return new AbstractList<>() {
            @Override
            public Packet get(int index) {
                return packet(Objects.checkIndex(index, size));
            }

            @Override
            public int size() {
                return size;
            }
        };
    }

    /** Deliveries of what nobody sent. */
    long unknown() {
        return unknown;
    }
}
