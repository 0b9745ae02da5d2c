package io.thicket.sim.scenario.file;

import io.thicket.agent.config.DidYouMean;
import io.thicket.agent.config.SectionReader;
import io.thicket.sim.kernel.Seeds;
import io.thicket.sim.scenario.file.FaultPlan.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** {@code [[fault]]}. */
final class FaultSection {
    private static final Duration LONGEST = Duration.ofDays(7);
    private static final List<String> MISBEHAVIOURS = List.of("grey_hole", "black_hole", "metric_liar", "flooder");

    /** Changes of one link. */
    private static final int MAX_FLAPS = 100_000;

    private final NodePlan plan;
    private final NodeNames names;
    private final RoutingPlan routing;
    private final Seeds seeds;
    private final long durationMs;
    private int drawn;

    FaultSection(NodePlan plan, RoutingPlan routing, Seeds seeds, long durationMs) {
        this.plan = plan;
        this.names = new NodeNames(plan.names());
        this.routing = routing;
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
            return Optional.empty();
        }
        Kind kind = Kind.valueOf(written.toUpperCase(Locale.ROOT));
        long atMs = kind == Kind.INSIDER ? 0 : at(reader);
        long untilMs = kind == Kind.INSIDER ? FaultPlan.NEVER : until(reader, atMs);
        FaultPlan fault =
                switch (kind) {
                    case CRASH -> plain(kind, atMs, untilMs, struck(reader));
                    case PARTITION -> partition(reader, atMs, untilMs);
                    case LOSS -> loss(reader, atMs, untilMs);
                    case FLAP -> flap(reader, atMs, untilMs);
                    case BROKER -> plain(kind, atMs, untilMs, brokers(reader));
                    case INSIDER -> insider(reader);
                };
        // A run that was cut short ends before some of its faults.
        return atMs >= durationMs ? Optional.empty() : Optional.of(fault);
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

    private static FaultPlan plain(Kind kind, long atMs, long untilMs, List<Integer> nodes) {
        return new FaultPlan(kind, atMs, untilMs, nodes, 0, 0, 0, false, "");
    }

    /** The nodes listed, or a share of those that are no gateways. */
    private List<Integer> struck(SectionReader reader) {
        Optional<List<Integer>> listed = names.nodes(reader, "nodes");
        Optional<Double> share = reader.decimal("share", 0, 1);
        if (listed.isPresent() == share.isPresent()) {
            reader.error("kind", "needs either nodes or a share of them", "write nodes = [3], or share = 0.3");
            return List.of();
        }
        return listed.orElseGet(() -> draw(share.orElse(0.0)));
    }

    private List<Integer> draw(double share) {
        RandomGenerator random = seeds.generator("fault", drawn++);
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
            reader.error("kind", "a router alone has no broker", "write code = \"agent\" in [routing]");
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
        if (!reader.has("nodes")) {
            reader.missing("nodes", "[7]");
        }
        List<Integer> nodes = names.nodes(reader, "nodes").orElse(List.of());
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
