package io.thicket.sim.lab;

import io.thicket.routing.DropReason;
import io.thicket.sim.medium.wifi.WifiCounters;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What came of a run of a scenario. Packets are those made after the warm-up by nodes that are no insiders; frames, drops,
 * repeats and what origins gave up are counted from then on; a run that ends before it has counted nothing. Latencies are ms,
 * ascending.
 *
 * @param possible packets for which there was a way in time
 * @param hopsMean of the delivered packets for which there was a way when they were made, as is {@code shortestMean}
 * @param hopsMax of all delivered packets, {@link #NONE} if there are none
 * @param loops that were closed by a change of routes, over the whole run
 * @param silentLosses readings of the whole run that were settled although the broker never had them, {@link #NONE} if origins keep nothing
 * @param drops messages that routers gave up, by reason; some of them are sent again by their origins
 * @param warmUpPackets those made before: nothing counts them, but a fault may strike in the warm-up, and its recovery is theirs
 */
public record RunFigures(
        long offered,
        long delivered,
        long possible,
        List<Double> latenciesMs,
        double hopsMean,
        int hopsMax,
        double shortestMean,
        long controlFrames,
        long controlBytes,
        long dataFrames,
        long dataBytes,
        long ackFrames,
        long frames,
        double airtimeSeconds,
        double controlPerNodeMinute,
        Map<DropReason, Long> drops,
        long loops,
        long duplicates,
        long silentLosses,
        long repeats,
        long givenUp,
        long events,
        String traceHash,
        List<PacketRecord> packets,
        List<PacketRecord> warmUpPackets) {
    /** No such time or count. */
    public static final int NONE = Ledger.NONE;

    /**
     * One packet.
     *
     * @param number among all of the run, from 0: that of a recording's page
     * @param deliveredUs {@link #NONE} if it was not
     * @param hops {@link #NONE} if it was not delivered
     * @param shortest hops of the shortest way when it was made, {@link #NONE} without one
     * @param possible whether there was a way in time
     * @param values of a reading, if its scenario has sensors
     * @param outcome what became of it
     */
    public record PacketRecord(
            int number,
            int from,
            int to,
            long createdUs,
            long deliveredUs,
            int hops,
            int shortest,
            int copies,
            boolean possible,
            boolean sourceDied,
            List<Measured> values,
            Outcome outcome) {
        public PacketRecord {
            values = List.copyOf(values);
        }

        public boolean isDelivered() {
            return deliveredUs >= 0;
        }

        public double latencyMs() {
            return (deliveredUs - createdUs) / 1_000.0;
        }
    }

    /** What one recovery looks like: first packets of sources that had a way, and how long those that arrived took, ms, ascending. */
    public record Recovery(int sources, int delivered, List<Double> latenciesMs) {}

    public RunFigures {
        latenciesMs = List.copyOf(latenciesMs);
        packets = List.copyOf(packets);
        warmUpPackets = List.copyOf(warmUpPackets);
    }

    /** The figures so far. */
    public static RunFigures of(Lab lab) {
        List<PacketRecord> packets = records(lab, lab.reportedPackets());
        List<PacketRecord> arrived =
                packets.stream().filter(PacketRecord::isDelivered).toList();
        // Ways taken and shortest ways are held against each other: of packets that have both.
        List<PacketRecord> comparable =
                arrived.stream().filter(packet -> packet.shortest() >= 0).toList();
        RunCounts counts = lab.counts();
        WifiCounters to = counts.air();
        WifiCounters from = counts.isCounting() ? counts.airBefore() : to;
        FrameTally tally = counts.isCounting() ? counts.tally() : new FrameTally();
        Map<DropReason, Long> drops = new EnumMap<>(DropReason.class);
        if (counts.isCounting()) {
            drops.putAll(counts.drops());
        }
        double minutes =
                counts.isCounting() ? Math.max(counts.seconds(lab.simulation().nowUs()), 1e-6) / 60 : Double.NaN;
        return new RunFigures(
                packets.size(),
                arrived.size(),
                packets.stream().filter(PacketRecord::possible).count(),
                arrived.stream().map(PacketRecord::latencyMs).sorted().toList(),
                Statistics.mean(
                        comparable.stream().mapToDouble(PacketRecord::hops).toArray()),
                arrived.stream().mapToInt(PacketRecord::hops).max().orElse(NONE),
                Statistics.mean(
                        comparable.stream().mapToDouble(PacketRecord::shortest).toArray()),
                tally.control(),
                tally.controlBytes(),
                tally.frames(FrameClass.DATA),
                tally.bytes(FrameClass.DATA),
                tally.frames(FrameClass.HOP_ACK) + tally.frames(FrameClass.E2E_ACK),
                tally.all(),
                (to.airtimeUs() - from.airtimeUs()) / 1e6,
                tally.control() / minutes / lab.scenario().nodes(),
                drops,
                lab.scrutiny().loops(),
                packets.stream()
                        .mapToLong(packet -> Math.max(0, packet.copies() - 1))
                        .sum(),
                lab.keepsReadings() ? silentLosses(lab) : NONE,
                counts.isCounting() ? lab.machines().repeats() : 0,
                counts.isCounting() ? lab.machines().givenUp() : 0,
                lab.simulation().executedEvents(),
                lab.traceHash(),
                packets,
                records(lab, lab.warmUpPackets()));
    }

    private static long silentLosses(Lab lab) {
        return Stream.concat(lab.warmUpPackets().stream(), lab.reportedPackets().stream())
                .filter(Ledger.Packet::isLostSilently)
                .count();
    }

    private static List<PacketRecord> records(Lab lab, List<Ledger.Packet> packets) {
        List<PacketRecord> records = new ArrayList<>();
        packets.forEach(packet -> records.add(record(lab, packet)));
        return records;
    }

    private static PacketRecord record(Lab lab, Ledger.Packet packet) {
        boolean possible = packet.isDelivered() || lab.departures().hadWayInTime(packet);
        return new PacketRecord(
                packet.index(),
                packet.source(),
                packet.destination(),
                packet.createdUs(),
                packet.deliveredUs(),
                packet.hops(),
                packet.shortest(),
                packet.copies(),
                possible,
                packet.sourceDied(),
                packet.values(),
                lab.runTrace().fates().of(packet, possible, lab.simulation().nowUs()));
    }

    public double pdr() {
        return offered == 0 ? Double.NaN : (double) delivered / offered;
    }

    /** Share of the packets for which there was a way in time. */
    public double pdrBound() {
        return offered == 0 ? Double.NaN : (double) possible / offered;
    }

    /** How many packets were delivered at that age or younger. */
    public long deliveredWithin(long ms) {
        return latenciesMs.stream().filter(each -> each <= ms).count();
    }

    /** A percentile of the latencies, NaN if nothing was delivered. */
    public double latencyMs(double percent) {
        return percentile(latenciesMs, percent);
    }

    /** The smallest of the ascending values that this many percent do not exceed. */
    public static double percentile(List<Double> ascending, double percent) {
        return Statistics.percentile(
                ascending.stream().mapToDouble(Double::doubleValue).toArray(), percent);
    }

    /** Whether a packet was made after that time, in the warm-up or later. */
    public boolean hasPacketsAfter(long atUs) {
        return Stream.concat(warmUpPackets.stream(), packets.stream()).anyMatch(packet -> packet.createdUs >= atUs);
    }

    /**
     * Of each source: its first packet after that time, in the warm-up or later, for which there was a way in time. If that packet
     * was lost as its source went down, the source is left out: nobody knows how long it would have taken, and what the next boot
     * makes comes too late to tell.
     */
    public Recovery recoveryAfter(long atUs) {
        Map<Integer, PacketRecord> first = new TreeMap<>();
        Stream.concat(warmUpPackets.stream(), packets.stream())
                .filter(packet -> packet.createdUs >= atUs && packet.possible)
                .forEach(packet -> first.putIfAbsent(packet.from, packet));
        first.values().removeIf(packet -> packet.sourceDied && !packet.isDelivered());
        List<Double> latencies = first.values().stream()
                .filter(PacketRecord::isDelivered)
                .map(PacketRecord::latencyMs)
                .sorted()
                .toList();
        return new Recovery(first.size(), latencies.size(), latencies);
    }
}
