package io.thicket.sim.check;

import io.thicket.routing.NodeId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The oracle's book of readings. Each carries a serial number that its sensor drew (per node, from 1, going on over
 * reboots), so what reaches the broker can be compared with what was offered without trusting the code in between.
 */
public final class ReadingLedger {
    /** A reading's identity as the project has it. */
    public record ReadingId(NodeId node, long epoch, long seq) {}

    /**
     * An offered reading.
     *
     * @param node number of its node
     * @param serial the sensor's number
     * @param boot how often the node had been started then, from 1
     * @param offeredAtMs when, in simulation time
     */
    public record Offered(int node, long serial, int boot, long offeredAtMs) {}

    /** A reading at the broker. */
    public record Published(ReadingId id, int node, long serial, int hops, long atMs) {}

    private final Map<Integer, TreeMap<Long, Offered>> offered = new TreeMap<>();
    private final Map<Integer, TreeMap<Long, Published>> bySerial = new TreeMap<>();
    private final Map<ReadingId, Published> byId = new LinkedHashMap<>();
    private final Map<List<Long>, Long> perEpoch = new HashMap<>();
    private final List<String> problems = new ArrayList<>();
    private int maxHops;

    /** A sensor made a reading. */
    public void offered(int node, long serial, int boot, long nowMs) {
        offered.computeIfAbsent(node, key -> new TreeMap<>()).put(serial, new Offered(node, serial, boot, nowMs));
    }

    /** A broker took a reading. Repeats and contradictions become {@link #problems}. */
    public void published(Published reading) {
        Published sameId = byId.putIfAbsent(reading.id(), reading);
        if (sameId != null) {
            problems.add(
                    sameId.serial() == reading.serial()
                            ? reading.id() + " was published twice, at " + sameId.atMs() + " and " + reading.atMs()
                                    + " ms"
                            : reading.id() + " names two readings: " + sameId.serial() + " and " + reading.serial());
            return;
        }
        Published sameSerial =
                bySerial.computeIfAbsent(reading.node(), key -> new TreeMap<>()).putIfAbsent(reading.serial(), reading);
        if (sameSerial != null) {
            problems.add("reading " + reading.serial() + " of node " + reading.node() + " was published as "
                    + sameSerial.id() + " and as " + reading.id());
        }
        if (!offered.getOrDefault(reading.node(), new TreeMap<>()).containsKey(reading.serial())) {
            problems.add(
                    "reading " + reading.serial() + " of node " + reading.node() + " was published but never made");
        }
        perEpoch.merge(List.of((long) reading.node(), reading.id().epoch()), 1L, Long::sum);
        maxHops = Math.max(maxHops, reading.hops());
    }

    /** Whether this reading is at the broker. */
    public boolean isPublished(ReadingId id) {
        return byId.containsKey(id);
    }

    /** What went wrong at the broker, oldest first. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    /** The first problem, null if there is none. */
    public @Nullable String firstProblem() {
        return problems.isEmpty() ? null : problems.get(0);
    }

    public int offeredCount() {
        return offered.values().stream().mapToInt(Map::size).sum();
    }

    /** How many readings of {@code node} its sensors made during its boot number {@code boot}. */
    public long offeredCount(int node, int boot) {
        return offered.getOrDefault(node, new TreeMap<>()).values().stream()
                .filter(reading -> reading.boot() == boot)
                .count();
    }

    public int publishedCount() {
        return byId.size();
    }

    /** How many readings of (node, epoch) are at the broker. */
    public long publishedCount(int node, long epoch) {
        return perEpoch.getOrDefault(List.of((long) node, epoch), 0L);
    }

    /** The most hops that a published reading came over. */
    public int maxHops() {
        return maxHops;
    }

    /** Readings that were offered before {@code beforeMs} and are not at the broker, in order of node and serial. */
    public List<Offered> missing(long beforeMs) {
        List<Offered> missing = new ArrayList<>();
        offered.forEach((node, readings) -> {
            Map<Long, Published> arrived = bySerial.getOrDefault(node, new TreeMap<>());
            for (Offered reading : readings.values()) {
                if (reading.offeredAtMs() < beforeMs && !arrived.containsKey(reading.serial())) {
                    missing.add(reading);
                }
            }
        });
        return missing;
    }

    /** Milliseconds from sensor to broker of every published reading, ascending. */
    public long[] latenciesMs() {
        return bySerial.values().stream()
                .flatMap(readings -> readings.values().stream())
                .filter(reading -> offered.containsKey(reading.node()))
                .mapToLong(reading -> {
                    Offered made = offered.getOrDefault(reading.node(), new TreeMap<>())
                            .get(reading.serial());
                    return made == null ? 0 : reading.atMs() - made.offeredAtMs();
                })
                .sorted()
                .toArray();
    }
}
