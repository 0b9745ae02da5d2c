package io.thicket.sim.scenario.file;

import io.thicket.agent.config.SectionReader;
import io.thicket.agent.config.Units;
import io.thicket.sim.kernel.Seeds;
import io.thicket.sim.scenario.file.TrafficPlan.Kind;
import io.thicket.sim.scenario.file.TrafficPlan.Packet;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** {@code [[traffic]]}: who sends what when; all packets are planned before the run. */
final class TrafficSection {
    private static final Duration LONGEST = Duration.ofDays(7);
    /** Stands for whichever gateway a node chooses. */
    private static final String ANY = "gateway";

    private static final String NO_GATEWAY = "goes to a gateway, but there is none";
    private static final String AMBIGUOUS = "'gateway' is any gateway, and a node is called so, too";

    private static final int USUAL_BYTES = 64;
    private static final int MIN_BYTES = 12;
    private static final int MAX_BYTES = 900;

    /** Which nodes send how often. */
    private record Rhythm(List<Integer> senders, long intervalMs) {
        static final Rhythm NONE = new Rhythm(List.of(), 0);
    }

    private final NodePlan plan;
    private final NodeNames names;
    private final Seeds seeds;
    private final long durationMs;
    private final List<Integer> sensors;
    private final BitSet senders = new BitSet();
    private int entry;
    private int planned;

    TrafficSection(NodePlan plan, Seeds seeds, long durationMs) {
        this.plan = plan;
        this.names = NodeNames.of(plan);
        this.sensors =
                IntStream.range(0, plan.count()).filter(plan::isSensor).boxed().toList();
        this.seeds = seeds;
        this.durationMs = durationMs;
    }

    Optional<TrafficPlan> read(SectionReader reader) {
        Kind kind = reader.choice("kind", Kind.PERIODIC);
        if (reader.isMisread("kind")) {
            reader.acceptUnknownKeys();
        }
        List<Packet> packets = new ArrayList<>();
        int its = entry++;
        Rhythm rhythm = kind == Kind.CSV ? table(reader, packets) : drawn(reader, kind, its, packets);
        planned += packets.size();
        packets.forEach(packet -> senders.set(packet.from()));
        packets.sort(Comparator.comparingLong(Packet::atUs).thenComparingInt(Packet::from));
        return Optional.of(new TrafficPlan(kind, rhythm.senders(), rhythm.intervalMs(), packets));
    }

    /** Whether the node sends anything, of the entries read so far. */
    boolean sends(int node) {
        return senders.get(node);
    }

    boolean sendsAnything() {
        return !senders.isEmpty();
    }

    private Rhythm drawn(SectionReader reader, Kind kind, int its, List<Packet> packets) {
        List<Integer> from = names.nodes(reader, "from").orElse(sensors);
        int to = to(reader);
        int bytes = reader.integer("bytes", MIN_BYTES, MAX_BYTES).orElse(USUAL_BYTES);
        Duration usual = Duration.ofMinutes(1);
        long intervalMs = reader.duration("interval", usual, Duration.ofMillis(1), LONGEST)
                .toMillis();
        long startUs = 1_000
                * reader.duration("start", Duration.ZERO, Duration.ZERO, LONGEST)
                        .toMillis();
        Duration usualStop = Duration.ofMillis(Math.max(0, durationMs - Scenario.DRAIN_MS));
        long stopMs = reader.duration("stop", usualStop, Duration.ZERO, LONGEST).toMillis();
        long stopUs = 1_000 * Math.min(stopMs, Math.max(0, durationMs - 1));
        int count = reader.integer("count", 1, 10_000).orElse(10);
        long spacingUs = 1_000
                * reader.duration("spacing", Duration.ofMillis(200), Duration.ZERO, Duration.ofHours(1))
                        .toMillis();
        if (kind != Kind.BURST && !reader.isMisread("kind")) {
            for (String key : new String[] {"count", "spacing"}) {
                if (reader.has(key)) {
                    reader.error(key, key + " is of kind burst only", "");
                }
            }
        }
        Rhythm rhythm = new Rhythm(
                from.contains(to) ? from.stream().filter(node -> node != to).toList() : from, intervalMs);
        noteSilence(reader, from, to);
        if (startUs >= stopUs) {
            noteEmptySpan(reader, startUs / 1_000, stopMs);
        } else if (kind == Kind.PERIODIC && stopUs - startUs < 1_000 * intervalMs) {
            noteLongInterval(reader, intervalMs, (stopUs - startUs + 999) / 1_000);
        }
        double spanUs = Math.max(0, stopUs - startUs);
        // Of a burst only what comes before the end is sent.
        double perBurst = spacingUs == 0 ? count : Math.min(count, 1 + Math.floor(spanUs / spacingUs));
        double perNode = spanUs / 1_000.0 / intervalMs * (kind == Kind.BURST ? perBurst : 1);
        if (planned + perNode * from.size() > Scenario.MAX_PACKETS) {
            reader.error(
                    "interval",
                    "plans about " + Math.round(perNode * from.size()) + " packets where " + Scenario.MAX_PACKETS
                            + " are possible in all",
                    "write a longer interval, fewer nodes in from, or a shorter duration");
            return rhythm;
        }
        for (int node : from) {
            if (node != to) {
                RandomGenerator random = seeds.generator("traffic", (long) its << 32 | node);
                one(
                        kind,
                        random,
                        new Packet(startUs, node, to, bytes),
                        stopUs,
                        1_000 * intervalMs,
                        count,
                        spacingUs,
                        packets);
            }
        }
        return rhythm;
    }

    private static void noteSilence(SectionReader reader, List<Integer> from, int to) {
        if (from.isEmpty()) {
            String whose = reader.has("from") ? "from is empty" : "there is no sensor";
            reader.warning("from", whose + ": nothing is sent", "write from = [0]");
        } else if (from.stream().allMatch(node -> node == to)) {
            reader.warning("from", "from is nobody but to: nothing is sent, since no node sends to itself", "");
        }
    }

    /** With both written there is a mistake; else the run may be a short one, or one cut short. */
    private void noteEmptySpan(SectionReader reader, long startMs, long stopMs) {
        String start = Units.text(Duration.ofMillis(startMs));
        if (reader.has("start") && reader.has("stop") && startMs >= stopMs) {
            reader.error(
                    "start",
                    "start = " + start + " is not before stop = " + Units.text(Duration.ofMillis(stopMs)),
                    "write an earlier start or a later stop");
            return;
        }
        String key = reader.has("start") ? "start" : "stop";
        String stop = Units.text(Duration.ofMillis(Math.min(stopMs, durationMs)));
        reader.warning(
                key,
                "nothing is sent: it would start at " + start + " and stop at " + stop,
                "write stop, at most the end of the run, or a longer duration");
    }

    /** The first reading comes at a random time of the interval. */
    private static void noteLongInterval(SectionReader reader, long intervalMs, long spanMs) {
        reader.warning(
                reader.has("interval") ? "interval" : "stop",
                "interval = " + Units.text(Duration.ofMillis(intervalMs)) + " is longer than the "
                        + Units.text(Duration.ofMillis(spanMs))
                        + " in which it sends: some nodes send nothing, the others once",
                "write a shorter interval, or a longer duration");
    }

    private static void one(
            Kind kind,
            RandomGenerator random,
            Packet first,
            long stopUs,
            long intervalUs,
            int count,
            long spacingUs,
            List<Packet> packets) {
        long atUs = first.atUs() + gap(kind, random, intervalUs, true);
        while (atUs < stopUs) {
            for (int i = 0; i < (kind == Kind.BURST ? count : 1); i++) {
                long its = atUs + i * spacingUs;
                if (its < stopUs) {
                    packets.add(new Packet(its, first.from(), first.to(), first.bytes()));
                }
            }
            atUs += gap(kind, random, intervalUs, false);
        }
    }

    /** From packet to packet; the first one of a period comes at a random time of it. */
    private static long gap(Kind kind, RandomGenerator random, long intervalUs, boolean first) {
        if (kind == Kind.PERIODIC) {
            return first ? random.nextLong(intervalUs) : intervalUs;
        }
        return Math.max(1, (long) (-intervalUs * StrictMath.log1p(-random.nextDouble())));
    }

    private int to(SectionReader reader) {
        if (!reader.has("to") || reader.value("to").filter(ANY::equals).isPresent()) {
            if (plan.gateways().isEmpty()) {
                reader.error("to", NO_GATEWAY, "write gateways = [0] in [nodes]");
            } else if (reader.has("to") && isAmbiguous()) {
                reader.error("to", AMBIGUOUS, "write its number, or call it otherwise");
            }
            return TrafficPlan.ANY_GATEWAY;
        }
        return names.node(reader, "to").orElse(0);
    }

    /** Unless the node of that name is the only gateway, which is meant either way. */
    private boolean isAmbiguous() {
        int its = plan.names().indexOf(ANY);
        return its >= 0 && !plan.gateways().equals(List.of(its));
    }

    private Rhythm table(SectionReader reader, List<Packet> packets) {
        Optional<Path> file = reader.path("file");
        if (file.isEmpty()) {
            reader.missing("file", "\"traffic.csv\" with the columns time_s,from[,to][,bytes]");
            return Rhythm.NONE;
        }
        if (names.guessed()) {
            return Rhythm.NONE;
        }
        try {
            Csv csv = Csv.parse(NetworkImport.text(NetworkImport.content(file.get())));
            csv.column("time_s");
            csv.column("from");
            csv.forEach(row -> {
                double atS = row.requiredNumber("time_s");
                if (atS < 0 || atS > LONGEST.toSeconds()) {
                    throw new ImportException("time_s = " + atS + " is not 0 to " + LONGEST.toSeconds());
                }
                long atUs = StrictMath.round(atS * 1e6);
                int bytes = row.whole("bytes", MIN_BYTES, MAX_BYTES).orElse(USUAL_BYTES);
                int from = names.ofTable(row.requiredText("from"));
                String toText = row.text("to");
                int to = toText.isEmpty() || toText.equals(ANY) ? TrafficPlan.ANY_GATEWAY : names.ofTable(toText);
                if (to == TrafficPlan.ANY_GATEWAY && plan.gateways().isEmpty()) {
                    throw new ImportException(NO_GATEWAY);
                }
                if (toText.equals(ANY) && isAmbiguous()) {
                    throw new ImportException(AMBIGUOUS);
                }
                if (from == to) {
                    throw new ImportException("node " + plan.names().get(from) + " sends to itself");
                }
                if (atUs < durationMs * 1_000) {
                    packets.add(new Packet(atUs, from, to, bytes));
                }
            });
            if (planned + packets.size() > Scenario.MAX_PACKETS) {
                throw new ImportException("more than " + Scenario.MAX_PACKETS + " packets in all");
            }
            noteRowsAfterTheEnd(reader, file.get(), csv.count() - packets.size(), csv.count());
            if (csv.count() == 0) {
                reader.warning("file", "file " + file.get().getFileName() + ": no rows, so nothing is sent", "");
            }
        } catch (ImportException e) {
            e.tell(reader, file.get());
            packets.clear();
        }
        return new Rhythm(packets.stream().map(Packet::from).distinct().toList(), 0);
    }

    /** A table may be of a longer run, or the run cut short; whoever looks at the counts has to know. */
    private void noteRowsAfterTheEnd(SectionReader reader, Path file, int late, int rows) {
        if (late > 0) {
            reader.warning(
                    "file",
                    "file " + file.getFileName() + ": " + late + " of " + rows + " rows are not sent: the run ends at "
                            + Units.text(Duration.ofMillis(durationMs)),
                    "");
        }
    }
}
