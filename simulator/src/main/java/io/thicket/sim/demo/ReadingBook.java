package io.thicket.sim.demo;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * Two sides of one account: what the sensors made, and what the independent subscriber saw. Entered from several
 * threads, therefore synchronized. Times are ms of one monotonic clock.
 */
final class ReadingBook {
    /** A reading: the serial number is the sensor's, per node, and goes on over restarts. */
    record Made(String node, int boot, long serial, long atMs) {}

    /** A reading at the subscriber; {@code value} is for people, {@code hops} is -1 if the gateway did not say. */
    record Arrived(String node, String id, long serial, String value, long atMs, long latencyMs, int hops) {}

    private static final int NEWEST = 64;
    private static final long LONGEST_LATENCY_MS = 3_600_000;

    private final Map<String, TreeMap<Long, Made>> made = new TreeMap<>();
    private final Map<String, TreeMap<Long, Arrived>> arrived = new TreeMap<>();
    private final Map<String, Integer> timesSeen = new HashMap<>();
    private final Map<String, String> aliases = new HashMap<>();
    private final Map<String, Integer> hopsById = new HashMap<>();
    private final List<Arrived> newest = new ArrayList<>();
    private final List<String> duplicates = new ArrayList<>();
    private final Histogram latency = new Histogram(LONGEST_LATENCY_MS, 3);
    private int offeredCount;
    private int deliveredCount;
    private int maxHops;

    /** Topics may call a node by {@code alias} until its name is known to the gateway. */
    synchronized void alias(String alias, String node) {
        aliases.put(alias, node);
    }

    /** A sensor made a reading; returns its serial number. */
    synchronized long made(String node, int boot, long nowMs) {
        TreeMap<Long, Made> readings = made.computeIfAbsent(node, key -> new TreeMap<>());
        long serial = readings.isEmpty() ? 1 : readings.lastKey() + 1;
        readings.put(serial, new Made(node, boot, serial, nowMs));
        offeredCount++;
        return serial;
    }

    /** The gateway received the DATA message that carried this reading, over so many hops. */
    synchronized void carried(String id, int hops) {
        hopsById.putIfAbsent(id, hops);
        maxHops = Math.max(maxHops, hops);
    }

    /** The subscriber received a {@code data} message. */
    synchronized void arrived(String topicNode, String id, long serial, String value, long nowMs) {
        String node = aliases.getOrDefault(topicNode, topicNode);
        int times = timesSeen.merge(id, 1, Integer::sum);
        if (times > 1) {
            duplicates.add(id);
            return;
        }
        Made origin = made.getOrDefault(node, new TreeMap<>()).get(serial);
        if (origin == null) {
            return; // No sensor of this demo made it: another publisher on the user's broker.
        }
        Arrived reading =
                new Arrived(node, id, serial, value, nowMs, nowMs - origin.atMs(), hopsById.getOrDefault(id, -1));
        if (arrived.computeIfAbsent(node, key -> new TreeMap<>()).putIfAbsent(serial, reading) != null) {
            duplicates.add(id);
            return;
        }
        deliveredCount++;
        latency.recordValue(Math.min(Math.max(reading.latencyMs(), 0), LONGEST_LATENCY_MS));
        newest.add(reading);
        if (newest.size() > NEWEST) {
            newest.remove(0);
        }
    }

    /**
     * What living nodes made before {@code beforeMs} and nobody saw. A node that was killed keeps unsent readings in
     * memory only, so what it made in an earlier boot does not count.
     *
     * @param living the present boot of each node that runs
     */
    synchronized List<Made> missing(Map<String, Integer> living, long beforeMs) {
        List<Made> missing = new ArrayList<>();
        for (Map.Entry<String, TreeMap<Long, Made>> node : made.entrySet()) {
            Integer boot = living.get(node.getKey());
            Map<Long, Arrived> seen = arrived.getOrDefault(node.getKey(), new TreeMap<>());
            for (Made reading : node.getValue().values()) {
                if (boot != null
                        && reading.boot() == boot
                        && reading.atMs() < beforeMs
                        && !seen.containsKey(reading.serial())) {
                    missing.add(reading);
                }
            }
        }
        return missing;
    }

    /** The newest arrivals, newest first. */
    synchronized List<Arrived> newest(int most) {
        List<Arrived> list = new ArrayList<>();
        for (int i = newest.size() - 1; i >= 0 && list.size() < most; i--) {
            list.add(newest.get(i));
        }
        return list;
    }

    synchronized int offered() {
        return offeredCount;
    }

    synchronized int delivered() {
        return deliveredCount;
    }

    synchronized Collection<String> duplicates() {
        return List.copyOf(duplicates);
    }

    /** The most hops of any received DATA message. */
    synchronized int maxHops() {
        return maxHops;
    }

    /** The latency in ms that this share of the readings did not exceed; 0 before the first. */
    synchronized long latencyMs(double percentile) {
        return latency.getTotalCount() == 0 ? 0 : latency.getValueAtPercentile(percentile);
    }
}
