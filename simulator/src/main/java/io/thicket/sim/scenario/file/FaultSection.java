package io.thicket.sim.scenario.file;

import io.thicket.agent.config.DidYouMean;
import io.thicket.agent.config.SectionReader;
import io.thicket.agent.config.Units;
import io.thicket.sim.kernel.Seeds;
import io.thicket.sim.scenario.file.FaultPlan.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/** {@code [[fault]]}. */
final class FaultSection {
    private static final Duration LONGEST = Duration.ofDays(7);
    private static final List<String> MISBEHAVIOURS = List.of("grey_hole", "black_hole", "metric_liar", "flooder");

    /** Keys of every kind but {@code insider}. */
    private static final List<String> TIMES = List.of("at", "for", "every");

    private static final List<String> STORAGE = List.of("kept", "torn", "lost");
    private static final List<String> SENSOR_MODES = List.of("silent", "stuck");

    /** Clocks worse than that are broken in other ways; a model may count on it. */
    private static final double MAX_PPM = 50_000;

    private static final Duration MAX_JUMP = Duration.ofDays(3650);

    /** Faults of one {@code every}. */
    private static final int MAX_REPEATED = 1_000;

    /** On the air; more than any radio here sends. */
    private static final int LARGEST_FRAME = 4_096;

    /** Changes of one link. */
    private static final int MAX_FLAPS = 100_000;

    private final NodePlan plan;
    private final NodeNames names;
    private final RoutingPlan routing;
    private final SensorSection sensors;
    private final TrafficSection traffic;
    private final Seeds seeds;
    private final long durationMs;
    private final List<FaultPlan> repeated = new ArrayList<>();
    private final Set<Integer> drifting = new HashSet<>();
    private final Set<Integer> insiders = new HashSet<>();
    private int drawn;
    private int recurring;

    /** The {@code sensors} and the {@code traffic} are those of the whole file. */
    FaultSection(
            NodePlan plan,
            RoutingPlan routing,
            SensorSection sensors,
            TrafficSection traffic,
            Seeds seeds,
            long durationMs) {
        this.plan = plan;
        this.names = NodeNames.of(plan);
        this.routing = routing;
        this.sensors = sensors;
        this.traffic = traffic;
        this.seeds = seeds;
        this.durationMs = durationMs;
    }

    Optional<FaultPlan> read(SectionReader reader) {
        List<String> kinds = Arrays.stream(Kind.values())
                .map(kind -> kind.name().toLowerCase(Locale.ROOT))
                .toList();
        String written = reader.requiredText("kind", "\"crash\", or one of " + String.join(", ", kinds));
        if (!kinds.contains(written)) {
            if (!written.isEmpty()) {
                reader.error(
                        "kind",
                        "kind '" + written + "' is not one of " + String.join(", ", kinds),
                        DidYouMean.hint(written, kinds));
            }
            reader.acceptUnknownKeys();
            return Optional.empty();
        }
        Kind kind = Kind.valueOf(written.toUpperCase(Locale.ROOT));
        long atMs = kind == Kind.INSIDER ? 0 : at(reader);
        long untilMs = kind == Kind.INSIDER ? FaultPlan.NEVER : until(reader, atMs);
        FaultPlan fault =
                switch (kind) {
                    case CRASH -> crash(reader, atMs, untilMs);
                    case PARTITION -> partition(reader, atMs, untilMs);
                    case LOSS -> loss(reader, atMs, untilMs);
                    case FLAP -> flap(reader, atMs, untilMs);
                    case BROKER -> plain(kind, atMs, untilMs, brokers(reader));
                    case INSIDER -> insider(reader);
                    case DUPLICATE, REORDER, CORRUPT -> driver(reader, kind, atMs, untilMs);
                    case NARROW -> narrow(reader, atMs, untilMs);
                    case CLOCK_DRIFT -> drift(reader, atMs, untilMs);
                    case CLOCK_JUMP -> jump(reader, atMs, untilMs);
                    case SENSOR -> sensor(reader, atMs, untilMs);
                    case DISK_FULL -> ofWholeNodes(reader, plain(kind, atMs, untilMs, listed(reader)));
                };
        if (kind != Kind.INSIDER) {
            repeat(reader, fault);
        }
        recurring += reader.has("every") ? 1 : 0;
        if (atMs >= durationMs) {
            noteAfterTheEnd(reader, atMs);
            return Optional.empty();
        }
        noteNobody(reader, fault);
        return Optional.of(fault);
    }

    /** A list of victims may be empty by a sweep, or a share of few nodes be none; whoever looks at what came of it has to know. */
    private void noteNobody(SectionReader reader, FaultPlan fault) {
        if (fault.kind() == Kind.PARTITION && fault.nodes().size() == plan.count()) {
            reader.warning("nodes", "nodes: all are on one side, so that the partition cuts nobody off", "");
        }
        if (fault.isOfLinks() && fault.kind() != Kind.FLAP && fault.amount() == 0) {
            String key = fault.kind() == Kind.LOSS ? "loss" : "share";
            reader.warning(key, key + " = 0: the fault does nothing", "");
        }
        if (fault.strikesNobody()) {
            String key = reader.has("nodes") ? "nodes" : "share";
            reader.warning(key, key + ": the fault strikes no node", "");
        }
    }

    /** A fault may be of a longer run, or the run cut short; whoever looks at what came of it has to know. */
    private void noteAfterTheEnd(SectionReader reader, long atMs) {
        reader.warning(
                "at",
                "at = " + Units.text(Duration.ofMillis(atMs)) + " is not before the end of the run, "
                        + Units.text(Duration.ofMillis(durationMs)) + ": nothing happens",
                "");
    }

    private long at(SectionReader reader) {
        if (!reader.has("at")) {
            reader.missing("at", "\"5min\"");
        }
        return reader.duration("at", Duration.ofMinutes(5), Duration.ZERO, LONGEST)
                .toMillis();
    }

    private static long until(SectionReader reader, long atMs) {
        return reader.has("for")
                ? atMs
                        + reader.duration("for", Duration.ofMinutes(1), Duration.ofMillis(1), LONGEST)
                                .toMillis()
                : FaultPlan.NEVER;
    }

    /** Faults of {@code every}, beyond the first of each. */
    List<FaultPlan> repeated() {
        return repeated;
    }

    /** The same again and again, at exponential intervals; a share of nodes is drawn anew each time. */
    private void repeat(SectionReader reader, FaultPlan first) {
        if (!reader.has("every")) {
            return;
        }
        double meanMs = reader.duration("every", Duration.ofMinutes(10), Duration.ofMillis(100), LONGEST)
                .toMillis();
        if (first.untilMs() == FaultPlan.NEVER) {
            reader.error("every", "every is of faults that end", "write for = \"1min\"");
            return;
        }
        long lastsMs = first.untilMs() - first.atMs();
        RandomGenerator random = seeds.generator("fault-times", recurring);
        double atMs = first.untilMs();
        // The share of all other kinds is one of frames.
        boolean ofNodes = first.kind() == Kind.CRASH || first.kind() == Kind.SENSOR;
        int count = 0;
        while (true) {
            atMs += -meanMs * StrictMath.log1p(-random.nextDouble());
            if (atMs >= durationMs) {
                return;
            }
            if (++count > MAX_REPEATED) {
                reader.error("every", "is more than " + MAX_REPEATED + " times", "write a longer time");
                return;
            }
            List<Integer> nodes = ofNodes && reader.has("share")
                    ? drawAgain(reader.decimal("share", 0, 1).orElse(0.0), count)
                    : first.nodes();
            repeated.add(first.again((long) atMs, nodes));
            atMs += lastsMs;
        }
    }

    private FaultPlan crash(SectionReader reader, long atMs, long untilMs) {
        String storage = choice(reader, "storage", STORAGE, "kept");
        FaultPlan fault = new FaultPlan(Kind.CRASH, atMs, untilMs, struck(reader), 0, 0, 0, false, storage);
        if (STORAGE.contains(storage) && !storage.equals("kept")) {
            WholeNodes.require(reader, "storage", "storage " + storage + " ", routing);
        }
        return fault;
    }

    private FaultPlan driver(SectionReader reader, Kind kind, long atMs, long untilMs) {
        if (!reader.has("share")) {
            reader.missing("share", "0.05");
        }
        double share = reader.decimal("share", 0, 1).orElse(0.0);
        List<Integer> ends = reader.has("between") ? names.pair(reader, "between") : List.of();
        long delayMs = kind == Kind.REORDER
                ? reader.duration("delay", Duration.ofMillis(100), Duration.ofMillis(1), Duration.ofMinutes(1))
                        .toMillis()
                : 0;
        FaultPlan fault = new FaultPlan(kind, atMs, untilMs, ends, share, delayMs, 0, false, "");
        return kind == Kind.CORRUPT ? ofWholeNodes(reader, fault) : fault;
    }

    private FaultPlan narrow(SectionReader reader, long atMs, long untilMs) {
        if (!reader.has("bytes")) {
            reader.missing("bytes", "300");
        }
        int bytes = reader.integer("bytes", 1, LARGEST_FRAME).orElse(LARGEST_FRAME);
        List<Integer> ends = reader.has("between") ? names.pair(reader, "between") : List.of();
        Optional<Integer> to = names.node(reader, "to");
        if (to.isPresent() && !ends.contains(to.get())) {
            reader.error("to", "to is none of the two in between", "write between = [3, 4] and to = 4");
        } else if (to.isPresent()) {
            ends = List.of(ends.get(1 - ends.indexOf(to.get())), to.get());
        }
        return new FaultPlan(Kind.NARROW, atMs, untilMs, ends, bytes, 0, 0, to.isPresent(), "");
    }

    private FaultPlan drift(SectionReader reader, long atMs, long untilMs) {
        if (!reader.has("ppm")) {
            reader.missing("ppm", "100, or -100 for a slow clock");
        }
        double ppm = reader.decimal("ppm", -MAX_PPM, MAX_PPM).orElse(0.0);
        FaultPlan fault = new FaultPlan(Kind.CLOCK_DRIFT, atMs, untilMs, listed(reader), ppm, 0, 0, false, "");
        for (int node : fault.nodes()) {
            if (!drifting.add(node)) {
                reader.error("nodes", "the clock of " + plan.names().get(node) + " drifts already", "");
            }
        }
        return ofWholeNodes(reader, fault);
    }

    private FaultPlan jump(SectionReader reader, long atMs, long untilMs) {
        boolean back = reader.has("back");
        if (back == reader.has("by")) {
            reader.error(
                    "kind",
                    "needs either by or back",
                    "write by = \"1h\", or back = \"1h\" for a clock that goes back");
        }
        long byMs = reader.duration(back ? "back" : "by", Duration.ofHours(1), Duration.ofMillis(1), MAX_JUMP)
                .toMillis();
        return ofWholeNodes(
                reader,
                new FaultPlan(Kind.CLOCK_JUMP, atMs, untilMs, listed(reader), 0, back ? -byMs : byMs, 0, false, ""));
    }

    private FaultPlan sensor(SectionReader reader, long atMs, long untilMs) {
        String mode = choice(reader, "mode", SENSOR_MODES, "");
        List<Integer> nodes = struck(reader);
        // Of a share some may have none; of nodes that are listed each is meant.
        Optional<Integer> constant =
                nodes.stream().filter(node -> !sensors.measures(node)).findFirst();
        boolean any = nodes.stream().anyMatch(sensors::measures);
        if (mode.equals("stuck") && constant.isPresent() && (reader.has("nodes") || !any)) {
            reader.warning(
                    "mode",
                    "mode stuck: " + names.name(constant.get())
                            + " has no [[sensor]], so that its readings are always the same anyway",
                    "write a [[sensor]], or mode = \"silent\"");
        }
        Optional<Integer> mute =
                nodes.stream().filter(node -> !traffic.sends(node)).findFirst();
        boolean anySends = nodes.stream().anyMatch(traffic::sends);
        if (traffic.sendsAnything() && mute.isPresent() && (reader.has("nodes") || !anySends)) {
            reader.warning(
                    reader.has("nodes") ? "nodes" : "share",
                    names.name(mute.get()) + " sends no readings, so that nobody sees the fault of its sensor",
                    "name a node that a [[traffic]] is from");
        }
        return new FaultPlan(Kind.SENSOR, atMs, untilMs, nodes, 0, 0, 0, false, mode);
    }

    private List<Integer> listed(SectionReader reader) {
        if (!reader.has("nodes")) {
            reader.missing("nodes", "[3]");
        }
        return names.nodes(reader, "nodes").orElse(List.of());
    }

    /** One of a few words; {@code usual} if the key is not there, which is an error if that is empty. */
    private static String choice(SectionReader reader, String key, List<String> words, String usual) {
        String example = '"' + words.get(0) + "\", or one of " + String.join(", ", words);
        String word = usual.isEmpty()
                ? reader.requiredText(key, example)
                : reader.text(key).orElse(usual);
        if (!word.isEmpty() && !words.contains(word)) {
            reader.error(
                    key,
                    key + " '" + word + "' is not one of " + String.join(", ", words),
                    DidYouMean.hint(word, words));
        }
        return word;
    }

    private FaultPlan ofWholeNodes(SectionReader reader, FaultPlan fault) {
        WholeNodes.require(reader, "kind", "kind " + fault.kind().name().toLowerCase(Locale.ROOT) + " ", routing);
        return fault;
    }

    private static FaultPlan plain(Kind kind, long atMs, long untilMs, List<Integer> nodes) {
        return new FaultPlan(kind, atMs, untilMs, nodes, 0, 0, 0, false, "");
    }

    /** The nodes listed, or a share of those that are no gateways. */
    private List<Integer> struck(SectionReader reader) {
        Optional<List<Integer>> listed = names.nodes(reader, "nodes");
        Optional<Double> share = reader.decimal("share", 0, 1);
        if (share.isEmpty() && reader.has("share") && listed.isEmpty()) {
            return List.of(); // the share is wrong, and was told
        }
        if (listed.isPresent() == share.isPresent()) {
            reader.error(
                    "kind",
                    listed.isPresent()
                            ? "has nodes and a share of them: one of the two"
                            : "needs either nodes or a share of them",
                    "write nodes = [3], or share = 0.3");
            return List.of();
        }
        return listed.orElseGet(() -> reader.has("every") ? drawAgain(share.orElse(0.0), 0) : draw(share.orElse(0.0)));
    }

    private List<Integer> draw(double share) {
        return draw(share, seeds.generator("fault", drawn++));
    }

    /** Of strike {@code number} of a fault that comes again, whose draws must not depend on how others say whom or how often they strike. */
    private List<Integer> drawAgain(double share, int number) {
        return draw(share, seeds.generator("fault-again", (long) recurring << 32 | number));
    }

    private List<Integer> draw(double share, RandomGenerator random) {
        List<Integer> mortal = new ArrayList<>();
        for (int i = 0; i < plan.count(); i++) {
            if (!plan.gateways().contains(i)) {
                mortal.add(i);
            }
        }
        int count = (int) Math.min(mortal.size(), Math.round(share * plan.count()));
        List<Integer> chosen = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            chosen.add(mortal.remove(random.nextInt(mortal.size())));
        }
        chosen.sort(null);
        return chosen;
    }

    private FaultPlan partition(SectionReader reader, long atMs, long untilMs) {
        if (!reader.has("nodes")) {
            reader.missing("nodes", "[0, 1, 2]");
        }
        List<Integer> side = names.nodes(reader, "nodes").orElse(List.of());
        return new FaultPlan(Kind.PARTITION, atMs, untilMs, side, 0, 0, 0, reader.flag("one_way", false), "");
    }

    private FaultPlan loss(SectionReader reader, long atMs, long untilMs) {
        if (!reader.has("loss")) {
            reader.missing("loss", "0.3");
        }
        double loss = reader.decimal("loss", 0, 1).orElse(0.0);
        List<Integer> ends = reader.has("between") ? names.pair(reader, "between") : List.of();
        return new FaultPlan(Kind.LOSS, atMs, untilMs, ends, loss, 0, 0, false, "");
    }

    private FaultPlan flap(SectionReader reader, long atMs, long untilMs) {
        if (!reader.has("between")) {
            reader.missing("between", "[3, 4]");
        }
        List<Integer> ends = reader.has("between") ? names.pair(reader, "between") : List.of();
        Duration shortest = Duration.ofMillis(10);
        long downMs = reader.duration("down", Duration.ofSeconds(5), shortest, LONGEST)
                .toMillis();
        long upMs =
                reader.duration("up", Duration.ofSeconds(5), shortest, LONGEST).toMillis();
        long times = (Math.min(untilMs, durationMs) - atMs) / (downMs + upMs) * 2;
        if (times > MAX_FLAPS) {
            reader.error("down", "is " + times + " changes where " + MAX_FLAPS + " are possible", "write longer times");
        }
        return new FaultPlan(Kind.FLAP, atMs, untilMs, ends, 0, downMs, upMs, false, "");
    }

    private List<Integer> brokers(SectionReader reader) {
        if (routing.protocol() == RoutingPlan.Protocol.THICKET && routing.code() == RoutingPlan.Code.ROUTER) {
            reader.error("kind", "kind broker: a router alone has no broker", WholeNodes.advice(routing));
        }
        if (plan.gateways().isEmpty() && !plan.guessed()) {
            reader.error(
                    "kind", "kind broker: there is no gateway that could miss it", "write gateways = [0] in [nodes]");
        }
        List<Integer> nodes = names.nodes(reader, "nodes").orElse(plan.gateways());
        for (int node : nodes) {
            if (!plan.gateways().contains(node)) {
                reader.error("nodes", "nodes: " + plan.names().get(node) + " is no gateway", "");
            }
        }
        return nodes;
    }

    private FaultPlan insider(SectionReader reader) {
        for (String key : TIMES) {
            if (reader.has(key)) {
                reader.error(
                        key,
                        key + ": an insider misbehaves from the start of the run to its end",
                        "leave " + key + " out; an insider has kind, nodes and misbehaviour");
            }
        }
        if (!reader.has("nodes")) {
            reader.missing("nodes", "[7]");
        }
        List<Integer> nodes = names.nodes(reader, "nodes").orElse(List.of());
        for (int node : nodes) {
            if (!insiders.add(node)) {
                reader.error(
                        "nodes",
                        names.name(node) + " is an insider already",
                        "a node has one misbehaviour: write it once");
            }
        }
        String misbehaviour =
                reader.requiredText("misbehaviour", "\"grey_hole\", or one of " + String.join(", ", MISBEHAVIOURS));
        if (!misbehaviour.isEmpty() && !MISBEHAVIOURS.contains(misbehaviour)) {
            reader.error(
                    "misbehaviour",
                    "misbehaviour '" + misbehaviour + "' is not one of " + String.join(", ", MISBEHAVIOURS),
                    DidYouMean.hint(misbehaviour, MISBEHAVIOURS));
        }
        return new FaultPlan(Kind.INSIDER, 0, FaultPlan.NEVER, nodes, 0, 0, 0, false, misbehaviour);
    }
}
