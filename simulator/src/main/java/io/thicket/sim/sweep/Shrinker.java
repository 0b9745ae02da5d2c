package io.thicket.sim.sweep;

import io.thicket.agent.config.ConfigException;
import io.thicket.agent.config.TomlTree;
import io.thicket.agent.config.Units;
import io.thicket.sim.run.Plural;
import io.thicket.sim.run.StartPieces;
import io.thicket.sim.scenario.file.Overrides;
import io.thicket.sim.scenario.file.Scenario;
import io.thicket.sim.scenario.file.ScenarioReader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Takes out of a scenario that fails whatever it fails without: checks, time, faults, traffic, movement, losses, nodes. The same
 * file and bound give the same result.
 */
public final class Shrinker {
    /** How the end is looked for. */
    private static final long STEP_MS = 1_000;

    /** So many networks that have lost ways are looked at for each run that is allowed: a look is cheap, but of a thousand nodes no more than that. */
    private static final int REFUSED_PER_RUN = 20;

    private static final List<String> FAULT_NODES = List.of("nodes");

    /**
     * What a smaller scenario is and what it took.
     *
     * @param bounded more runs might make it smaller
     * @param stopped the same, since it was told to end
     */
    public record Result(String text, int runs, boolean bounded, boolean stopped) {}

    private final Path file;
    private final long seed;
    private final ShrinkGoal goal;
    private final Worker worker;
    private final int maxRuns;
    private final Consumer<String> listener;
    private final BooleanSupplier stopped;
    private final Map<String, Boolean> known = new HashMap<>();

    /** Of the nodes that have to keep their ways; empty if none has. */
    private final Map<String, Integer> pieces;

    private String best;
    private double failedAtS = Double.NaN;
    private int runs;

    /** Networks that were not run, since they had lost ways. */
    private long refused;

    private Shrinker(
            Path file,
            String text,
            Scenario scenario,
            ShrinkGoal goal,
            Worker worker,
            int maxRuns,
            Consumer<String> listener,
            BooleanSupplier stopped) {
        this.file = file;
        this.best = text;
        this.seed = scenario.seed();
        this.goal = goal;
        this.pieces = goal.needsWays() ? StartPieces.of(scenario) : Map.of();
        this.worker = worker;
        this.maxRuns = maxRuns;
        this.listener = listener;
        this.stopped = stopped;
    }

    /**
     * Shrinks.
     *
     * @param file where relative paths of {@code text} count from
     * @param text of the scenario, with everything that the command line changes
     * @param scenario the same, resolved
     * @param goal the failure of its run that is kept
     * @param maxRuns after that, the smallest one so far is the result
     * @param listener told what is left whenever it got smaller
     * @param stopped whether it should end now, with the smallest one so far; asked after each run, of which that under way does not count
     */
    public static Result shrink(
            Path file,
            String text,
            Scenario scenario,
            ShrinkGoal goal,
            Worker worker,
            int maxRuns,
            Consumer<String> listener,
            BooleanSupplier stopped)
            throws ConfigException {
        Map<String, Object> tree = FrozenScenario.of(text, file, scenario);
        Shrinker shrinker = new Shrinker(file, TomlTree.text(tree), scenario, goal, worker, maxRuns, listener, stopped);
        shrinker.run();
        return new Result(
                shrinker.best, shrinker.runs, !stopped.getAsBoolean() && shrinker.isOver(), stopped.getAsBoolean());
    }

    private void run() throws ConfigException {
        if (!fails(best) && !stopped.getAsBoolean()) {
            throw new IllegalStateException("written down in full, the scenario does not fail any more");
        }
        String before;
        do {
            before = best;
            entries("check");
            endAtFailure();
            entries("fault");
            entries("traffic");
            for (String world : FrozenScenario.WORLD) {
                entries(world);
            }
            dropAll();
            nodes();
            struck();
            // Last: in a short time there is little to choose from.
            time();
        } while (!before.equals(best) && !isOver());
    }

    private Map<String, Object> tree() throws ConfigException {
        return TomlTree.parse(best, "made");
    }

    private boolean fails(String text) {
        Boolean before = known.get(text);
        if (before != null) {
            return before;
        }
        if (isOver()) {
            return false;
        }
        if (!keepsWays(text)) {
            refused++;
            return false;
        }
        RunOutcome outcome = worker.run(new RunJob(runs + 1, text, "shrunk", file, seed, OptionalLong.empty()));
        if (stopped.getAsBoolean()) {
            return false; // it may have been ended itself
        }
        runs++;
        boolean its = goal.isMetBy(outcome);
        if (its) {
            failedAtS = outcome.members().get("violation") instanceof String
                            && outcome.members().get("simulatedSeconds") instanceof Double seconds
                    ? seconds
                    : Double.NaN;
        }
        known.put(text, its);
        return its;
    }

    /** Nothing more is tried. */
    private boolean isOver() {
        return runs >= maxRuns || refused >= (long) REFUSED_PER_RUN * maxRuns || stopped.getAsBoolean();
    }

    /** Whether nodes that are left, and had a way to each other at the start, have one still. */
    private boolean keepsWays(String text) {
        if (pieces.isEmpty()) {
            return true;
        }
        Map<Integer, Integer> now = new HashMap<>();
        try {
            Overrides its = new Overrides(OptionalLong.of(seed), OptionalLong.empty(), OptionalInt.empty(), "");
            Scenario scenario = ScenarioReader.readMade(text, "shrunk", file, its);
            return StartPieces.of(scenario).entrySet().stream().allMatch(node -> {
                Integer before = pieces.get(node.getKey());
                Integer first = before == null ? null : now.putIfAbsent(before, node.getValue());
                return first == null || first.equals(node.getValue());
            });
        } catch (ConfigException e) {
            return true; // the run says that it is no scenario
        }
    }

    /** Takes what is smaller and still fails. */
    private boolean accept(UnaryOperator<Map<String, Object>> change) {
        try {
            String text = TomlTree.text(change.apply(tree()));
            if (text.equals(best) || !fails(text)) {
                return false;
            }
            best = text;
            listener.accept(size());
            return true;
        } catch (ConfigException e) {
            throw new AssertionError("a text that was written can be read", e);
        }
    }

    /** A smaller part of a list that still fails takes its place. */
    private <T> void minimize(List<T> items, BiFunction<Map<String, Object>, List<T>, Map<String, Object>> with) {
        List<T> rest = DeltaDebugging.minimize(items, some -> {
            try {
                return !isOver() && fails(TomlTree.text(with.apply(tree(), some)));
            } catch (ConfigException e) {
                throw new AssertionError("a text that was written can be read", e);
            }
        });
        if (rest.size() < items.size()) {
            accept(tree -> with.apply(tree, rest));
        }
    }

    private void entries(String name) throws ConfigException {
        minimize(FrozenScenario.entries(tree(), name), (tree, some) -> {
            FrozenScenario.put(tree, name, some);
            return tree;
        });
    }

    /** A run that a broken invariant ended needs no more time. */
    private void endAtFailure() {
        if (Double.isFinite(failedAtS)) {
            accept(tree -> ending(tree, (long) Math.ceil(failedAtS) * STEP_MS));
        }
    }

    /** The earliest end, to the second, by halves. */
    private void time() throws ConfigException {
        long high = durationMs();
        long low = 0;
        while (high - low > STEP_MS) {
            long middle = (low + high) / 2 / STEP_MS * STEP_MS;
            if (middle > low && accept(tree -> ending(tree, middle))) {
                high = middle;
            } else {
                low = Math.max(middle, low + STEP_MS);
            }
        }
    }

    private long durationMs() throws ConfigException {
        Object duration = FrozenScenario.section(tree(), "scenario").get("duration");
        return Units.duration(String.valueOf(duration)).toMillis();
    }

    private static Map<String, Object> ending(Map<String, Object> tree, long ms) {
        Map<String, Object> head = FrozenScenario.section(tree, "scenario");
        head.put("duration", FrozenScenario.ms(ms));
        long warmUpMs = Units.duration(String.valueOf(head.get("warm_up"))).toMillis();
        if (warmUpMs >= ms) {
            head.put("warm_up", FrozenScenario.ms(0));
        }
        return tree;
    }

    private void dropAll() {
        accept(tree -> without(tree, "mobility"));
        for (String key :
                List.of("loss", "datagram_loss", "shadowing", "shadowing_width", "asymmetry", "node_offset")) {
            accept(tree -> {
                Map<String, Object> radio = FrozenScenario.section(tree, "radio");
                if (key.equals("shadowing") || key.equals("asymmetry")) {
                    radio.computeIfPresent(key, (name, value) -> 0.0);
                } else if (key.equals("node_offset")) {
                    radio.remove("node_offset");
                    radio.remove("node_offset_width");
                } else if (key.equals("shadowing_width")) {
                    radio.remove("shadowing_width");
                    radio.remove("shadowing_alike");
                } else {
                    radio.remove(key);
                }
                return tree;
            });
        }
    }

    private static Map<String, Object> without(Map<String, Object> tree, String section) {
        tree.remove(section);
        return tree;
    }

    private void nodes() throws ConfigException {
        Map<String, Object> now = tree();
        if (!FrozenScenario.canLoseNodes(now)) {
            return;
        }
        List<String> names = FrozenScenario.list(FrozenScenario.section(now, "nodes"), "names").stream()
                .map(String::valueOf)
                .toList();
        minimize(names, (tree, some) -> {
            Set<String> gone = new LinkedHashSet<>(names);
            some.forEach(gone::remove);
            FrozenScenario.removeNodes(tree, gone);
            return tree;
        });
    }

    /** Fewer victims of each fault. */
    private void struck() throws ConfigException {
        int count = FrozenScenario.entries(tree(), "fault").size();
        for (int i = 0; i < count; i++) {
            int index = i;
            for (String key : FAULT_NODES) {
                List<Object> victims = FrozenScenario.list(
                        FrozenScenario.entries(tree(), "fault").get(index), key);
                if (victims.size() > 1) {
                    minimize(victims, (tree, some) -> {
                        FrozenScenario.entries(tree, "fault").get(index).put(key, some);
                        return tree;
                    });
                }
            }
        }
    }

    /** What is left, in words. */
    private String size() throws ConfigException {
        return size(tree()) + ", " + Plural.of(runs, "run");
    }

    /** How large a scenario is, in words. */
    public static String size(String text) throws ConfigException {
        return size(TomlTree.parse(text, "made"));
    }

    private static String size(Map<String, Object> tree) {
        Set<Object> names = new HashSet<>(FrozenScenario.list(FrozenScenario.section(tree, "nodes"), "names"));
        return Plural.of(names.size(), "node") + ", "
                + Plural.of(FrozenScenario.entries(tree, "fault").size(), "fault") + ", "
                + Plural.of(FrozenScenario.entries(tree, "traffic").size(), "kind") + " of traffic, "
                + FrozenScenario.section(tree, "scenario").get("duration");
    }
}
