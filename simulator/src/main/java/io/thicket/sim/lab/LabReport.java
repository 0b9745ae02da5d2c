package io.thicket.sim.lab;

import io.thicket.routing.DropReason;
import io.thicket.sim.medium.wifi.WifiCounters;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The figures of one run. Packets are those made after the warm-up by sources that are no insiders; frames are counted from
 * then to the end.
 *
 * @param pdr share delivered at any time; {@code pdr2s} and {@code pdr30s} within that age
 * @param lowerBound95 of {@code pdr30s}
 * @param boundNow share that had a way on the 250 m graph when it was sent; {@code bound30s} within the next 30 s
 * @param lostOfLiving packets not delivered though their source lives and a way exists within 30 s
 * @param hopsMean of what was delivered; {@code shortestMean} of the same packets
 * @param frames handed to the MAC, by what they were for
 */
public record LabReport(
        String scenario,
        String protocol,
        String radio,
        long seed,
        int nodes,
        double seconds,
        long sent,
        long delivered,
        double pdr,
        double pdr2s,
        double pdr30s,
        double lowerBound95,
        double boundNow,
        double bound30s,
        long lostOfLiving,
        long duplicates,
        double latencyP50Ms,
        double latencyP95Ms,
        double latencyP99Ms,
        double latencyMaxMs,
        double hopsMean,
        double shortestMean,
        double controlPerDelivered,
        double framesPerDelivered,
        double airFramesPerDelivered,
        double bytesPerDelivered,
        double airtimeMsPerDelivered,
        double controlPerNodeMinute,
        double mostControlPerMinute,
        Map<FrameClass, Long> frames,
        Map<DropReason, Long> drops,
        long macRetryLimit,
        long macExpired,
        long macQueueFull,
        long macRetransmissions,
        long receptionsDestroyed,
        long routeChanges,
        long originRepeats,
        long originGivenUp,
        long alarms,
        Recovery recovery,
        double firstDeliveredIn60s,
        int floods,
        double floodTransmissionsMean,
        double floodReachMean,
        long events,
        double wallS,
        String hash) {

    /**
     * After a failure: time from generation to gateway of each survivor's first packet.
     *
     * @param survivors that sent something afterwards; {@code delivered} of them got the first one through
     * @param affectedMs the times of those whose own next hop died
     */
    public record Recovery(
            int survivors, int delivered, double p50Ms, double p95Ms, double maxMs, List<Double> affectedMs) {
        static final Recovery NONE = new Recovery(0, 0, Double.NaN, Double.NaN, Double.NaN, List.of());

        public Recovery {
            affectedMs = List.copyOf(affectedMs);
        }

        int affected() {
            return affectedMs.size();
        }

        double affectedP50Ms() {
            return Statistics.median(affectedMs);
        }
    }

    /** The report of what happened so far, which took so long on the clock on the wall. */
    static LabReport of(Lab lab, long wallNs) {
        LabScenario scenario = lab.scenario();
        List<Ledger.Packet> packets = lab.reportedPackets();
        PacketCounts its = new PacketCounts(lab, packets);
        RunCounts counts = lab.counts();
        double seconds = counts.seconds(lab.simulation().nowUs());
        WifiCounters from = counts.airBefore();
        WifiCounters to = counts.air();
        long delivered = its.delivered.size();
        double per = Math.max(1, delivered);
        double[] latencies = its.delivered.stream()
                .mapToDouble(Ledger.Packet::latencyMs)
                .sorted()
                .toArray();
        double minutes = seconds / 60;
        return new LabReport(
                scenario.name(),
                lab.protocolName(),
                scenario.radio().name(),
                lab.seeds().root(),
                scenario.nodes(),
                seconds,
                packets.size(),
                delivered,
                share(delivered, packets.size()),
                share(its.within(2_000), packets.size()),
                share(its.within(30_000), packets.size()),
                Statistics.lowerBound95(its.within(30_000), packets.size()),
                share(its.boundNow, packets.size()),
                share(its.bound30s, packets.size()),
                its.lostOfLiving,
                its.duplicates,
                Statistics.percentile(latencies, 50),
                Statistics.percentile(latencies, 95),
                Statistics.percentile(latencies, 99),
                Statistics.percentile(latencies, 100),
                Statistics.mean(
                        its.delivered.stream().mapToDouble(Ledger.Packet::hops).toArray()),
                Statistics.mean(its.delivered.stream()
                        .filter(p -> p.shortest() >= 0)
                        .mapToDouble(Ledger.Packet::shortest)
                        .toArray()),
                counts.tally().control() / per,
                counts.tally().all() / per,
                (to.framesSent() + to.acksSent() - from.framesSent() - from.acksSent()) / per,
                (to.frameBytes() - from.frameBytes()) / per,
                (to.airtimeUs() - from.airtimeUs()) / 1_000.0 / per,
                counts.tally().control() / minutes / scenario.nodes(),
                counts.mostControl(lab.insiders()) / minutes,
                counts.tally().byClass(),
                new EnumMap<>(withAll(counts.drops())),
                to.retryLimit() - from.retryLimit(),
                to.expired() - from.expired(),
                to.queueFull() - from.queueFull(),
                to.retransmissions() - from.retransmissions(),
                to.receptionsDestroyed() - from.receptionsDestroyed(),
                counts.routeChanges(),
                lab.machines().repeats(),
                lab.machines().givenUp(),
                counts.alarms(),
                recovery(lab),
                firstIn60s(lab),
                lab.floods().count(),
                lab.floods().meanTransmissions(),
                lab.floods().meanReach(),
                lab.simulation().executedEvents(),
                wallNs / 1e9,
                lab.traceHash());
    }

    private static Map<DropReason, Long> withAll(Map<DropReason, Long> some) {
        Map<DropReason, Long> all = new EnumMap<>(DropReason.class);
        all.putAll(some);
        return all;
    }

    private static double share(long part, long whole) {
        return whole == 0 ? Double.NaN : (double) part / whole;
    }

    private static Recovery recovery(Lab lab) {
        if (lab.scenario().failures().isEmpty()) {
            return Recovery.NONE;
        }
        double killUs = lab.scenario().failures().get(0).atS() * 1e6;
        Map<Integer, Ledger.Packet> first = new TreeMap<>();
        for (Ledger.Packet packet : lab.ledger().packets()) {
            if (packet.createdUs() >= killUs && !packet.sourceDied() && packet.shortest() >= 0) {
                first.putIfAbsent(packet.source(), packet);
            }
        }
        double[] latencies = first.values().stream()
                .filter(Ledger.Packet::isDelivered)
                .mapToDouble(Ledger.Packet::latencyMs)
                .sorted()
                .toArray();
        List<Double> affected = first.values().stream()
                .filter(packet -> packet.isDelivered() && lab.bereaved().includes(packet.source()))
                .map(Ledger.Packet::latencyMs)
                .toList();
        return new Recovery(
                first.size(),
                latencies.length,
                Statistics.percentile(latencies, 50),
                Statistics.percentile(latencies, 95),
                Statistics.percentile(latencies, 100),
                affected);
    }

    /** Share of the sources that had delivered something 60 s after the first power-up. */
    private static double firstIn60s(Lab lab) {
        Map<Integer, Boolean> done = new TreeMap<>();
        for (Ledger.Packet packet : lab.ledger().packets()) {
            boolean early = packet.isDelivered() && packet.deliveredUs() <= 60_000_000;
            done.merge(packet.source(), early, Boolean::logicalOr);
        }
        return share(done.values().stream().filter(each -> each).count(), done.size());
    }

    /** What is counted packet by packet. */
    private static final class PacketCounts {
        final List<Ledger.Packet> delivered = new ArrayList<>();
        long boundNow;
        long bound30s;
        long lostOfLiving;
        long duplicates;

        PacketCounts(Lab lab, List<Ledger.Packet> packets) {
            for (Ledger.Packet packet : packets) {
                boolean way = packet.shortest() >= 0;
                boolean wayLater = lab.departures().hadWayInTime(packet);
                boundNow += way ? 1 : 0;
                bound30s += wayLater ? 1 : 0;
                duplicates += Math.max(0, packet.copies() - 1);
                if (packet.isDelivered()) {
                    delivered.add(packet);
                } else if (wayLater && !packet.sourceDied()) {
                    lostOfLiving++;
                }
            }
        }

        long within(double ms) {
            return delivered.stream().filter(packet -> packet.latencyMs() <= ms).count();
        }
    }
}
