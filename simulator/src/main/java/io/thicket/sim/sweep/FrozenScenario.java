package io.thicket.sim.sweep;

import io.thicket.agent.config.ConfigException;
import io.thicket.agent.config.TomlTree;
import io.thicket.agent.config.Units;
import io.thicket.sim.kernel.Seeds;
import io.thicket.sim.scenario.file.FaultPlan;
import io.thicket.sim.scenario.file.LinkRow;
import io.thicket.sim.scenario.file.NodePlan;
import io.thicket.sim.scenario.file.Overrides;
import io.thicket.sim.scenario.file.Scenario;
import io.thicket.sim.scenario.file.ScenarioReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A scenario's file with what was drawn or left to defaults written down, so that a part can be taken out and the rest stays what
 * it was: places, names, the end, when traffic stops, whom faults strike. The run is the same, bit for bit. What it does not know
 * of a file, it leaves as it is.
 */
final class FrozenScenario {
    /** Where a file names nodes. */
    private static final List<String> NODE_KEYS = List.of("nodes", "between", "from", "to", "relays", "gateways");

    /** What nodes live on and measure. */
    static final List<String> WORLD = List.of("energy", "sensor");

    private static final List<String> LAYOUT_KEYS =
            List.of("count", "spacing", "columns", "degree", "gateway_count", "file", "format");

    private FrozenScenario() {}

    /**
     * The tree of {@code text} with everything in it.
     *
     * @param file where its relative paths count from
     * @param scenario what was made of the text and the command line
     */
    static Map<String, Object> of(String text, Path file, Scenario scenario) throws ConfigException {
        Map<String, Object> tree = TomlTree.parse(text, file.toString());
        NodePlan places = scenario.nodes();
        if (tree.containsKey("mobility")) {
            // Where nodes walk follows from where they would stand.
            Map<String, Object> still = TomlTree.parse(text, file.toString());
            still.remove("mobility");
            section(still, "scenario").put("seed", new Seeds(scenario.seed()).toString());
            places = ScenarioReader.readMade(TomlTree.text(still), file.toString(), file, Overrides.NONE)
                    .nodes();
        }
        NodePlan plan = scenario.nodes();
        List.of("sweep", "bridge", "bridge_link", "bridge_bus", "bridge_sensor").forEach(tree::remove);
        Map<String, Object> head = section(tree, "scenario");
        head.put("seed", new Seeds(scenario.seed()).toString());
        head.put("duration", ms(scenario.durationMs()));
        head.put("warm_up", ms(scenario.warmUpMs()));
        head.put("power_up", ms(scenario.powerUpMs()));
        head.put("invariants", scenario.invariants());
        nodes(section(tree, "nodes"), places);
        for (Map<String, Object> traffic : entries(tree, "traffic")) {
            traffic.computeIfAbsent("stop", none -> ms(Math.max(0, scenario.durationMs() - Scenario.DRAIN_MS)));
            named(traffic, plan.names());
        }
        for (String world : WORLD) {
            entries(tree, world).forEach(entry -> named(entry, plan.names()));
        }
        faults(tree, scenario);
        if (tree.get("mobility") instanceof Map<?, ?>) {
            named(section(tree, "mobility"), plan.names());
        }
        return tree;
    }

    private static void nodes(Map<String, Object> nodes, NodePlan plan) {
        LAYOUT_KEYS.forEach(nodes::remove);
        nodes.put("layout", "explicit");
        List<Object> positions = new ArrayList<>();
        for (int i = 0; i < plan.count(); i++) {
            positions.add(List.of(plan.positions().x(i, 0), plan.positions().y(i, 0)));
        }
        nodes.put("positions", positions);
        nodes.put("names", new ArrayList<Object>(plan.names()));
        nodes.put("gateways", names(plan.gateways(), plan.names()));
        nodes.put("relays", names(plan.relays().stream().sorted().toList(), plan.names()));
        if (!plan.links().isEmpty()) {
            nodes.put("links", links(plan));
        }
    }

    /** Both directions of a pair in one row. */
    private static List<Object> links(NodePlan plan) {
        Map<List<Integer>, double[]> pairs =
                new TreeMap<>(java.util.Comparator.<List<Integer>>comparingInt(pair -> pair.get(0))
                        .thenComparing(pair -> pair.get(1)));
        for (LinkRow row : plan.links()) {
            boolean up = row.from() < row.to();
            List<Integer> pair = up ? List.of(row.from(), row.to()) : List.of(row.to(), row.from());
            pairs.computeIfAbsent(pair, none -> new double[2])[up ? 0 : 1] = row.delivery();
        }
        List<Object> rows = new ArrayList<>();
        pairs.forEach((pair, both) ->
                rows.add(List.of(plan.names().get(pair.get(0)), plan.names().get(pair.get(1)), both[0], both[1])));
        return rows;
    }

    private static void faults(Map<String, Object> tree, Scenario scenario) {
        List<String> names = scenario.nodes().names();
        List<Map<String, Object>> entries = entries(tree, "fault");
        entries.forEach(fault -> named(fault, names));
        // A clock drifts once, so that its repetitions cannot be entries of their own; then times and shares stay to be
        // drawn.
        boolean listed = scenario.faults().size() <= ScenarioReader.MAX_ENTRIES
                && entries.stream()
                        .noneMatch(fault -> fault.containsKey("every") && "clock_drift".equals(fault.get("kind")));
        if (listed) {
            // Where something stays to be drawn, even what never happens must stay: draws go by the order in the file.
            entries.removeIf(fault ->
                    fault.get("at") instanceof String at && Units.duration(at).toMillis() >= scenario.durationMs());
            List<FaultPlan> firsts = scenario.faults().subList(0, entries.size());
            List<Map<String, Object>> again = new ArrayList<>();
            // What comes again stands after all others, as it does in the scenario.
            for (FaultPlan its :
                    scenario.faults().subList(entries.size(), scenario.faults().size())) {
                for (int i = 0; i < firsts.size(); i++) {
                    if (entries.get(i).containsKey("every") && isAgain(its, firsts.get(i), entries.get(i))) {
                        Map<String, Object> fault = new LinkedHashMap<>(entries.get(i));
                        fault.put("at", ms(its.atMs()));
                        struck(fault, its, names);
                        again.add(fault);
                        break;
                    }
                }
            }
            for (int i = 0; i < firsts.size(); i++) {
                struck(entries.get(i), firsts.get(i), names);
            }
            entries.addAll(again);
        }
        put(tree, "fault", entries);
    }

    /** Whether {@code its} may be a repetition of {@code first}. If it is one of several, those do the same. */
    private static boolean isAgain(FaultPlan its, FaultPlan first, Map<String, Object> entry) {
        List<Integer> nodes = isDrawn(entry) ? its.nodes() : first.nodes();
        return its.equals(first.again(its.atMs(), nodes));
    }

    /** Shares of other kinds are of frames. */
    private static boolean isDrawn(Map<String, Object> fault) {
        return fault.containsKey("share") && ("crash".equals(fault.get("kind")) || "sensor".equals(fault.get("kind")));
    }

    private static void struck(Map<String, Object> fault, FaultPlan its, List<String> names) {
        fault.remove("every");
        if (isDrawn(fault)) {
            fault.remove("share");
            fault.put("nodes", names(its.nodes(), names));
        }
    }

    /** Nodes by their names: numbers change when nodes go. */
    private static void named(Map<String, Object> table, List<String> names) {
        for (String key : NODE_KEYS) {
            @Nullable Object value = table.get(key);
            if (value instanceof Long number) {
                table.put(key, names.get(number.intValue()));
            } else if (value instanceof List<?> list) {
                List<Object> its = new ArrayList<>();
                list.forEach(each -> its.add(each instanceof Long number ? names.get(number.intValue()) : each));
                table.put(key, its);
            }
        }
    }

    /** The same without some nodes, wherever they are named; entries that spoke of them only are gone. */
    static void removeNodes(Map<String, Object> tree, java.util.Set<String> gone) {
        Map<String, Object> nodes = section(tree, "nodes");
        List<Object> names = list(nodes, "names");
        List<Object> positions = list(nodes, "positions");
        List<Object> keptNames = new ArrayList<>();
        List<Object> keptPositions = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            if (!gone.contains(String.valueOf(names.get(i)))) {
                keptNames.add(names.get(i));
                keptPositions.add(positions.get(i));
            }
        }
        nodes.put("names", keptNames);
        nodes.put("positions", keptPositions);
        strip(nodes, gone);
        if (nodes.get("links") instanceof List<?> links) {
            List<Object> kept = new ArrayList<>(links);
            kept.removeIf(row -> row instanceof List<?> cells
                    && (gone.contains(String.valueOf(cells.get(0))) || gone.contains(String.valueOf(cells.get(1)))));
            nodes.put("links", kept);
        }
        for (String name : List.of("traffic", "fault", "energy", "sensor")) {
            List<Map<String, Object>> entries = entries(tree, name);
            entries.removeIf(entry -> !strip(entry, gone));
            put(tree, name, entries);
        }
        if (tree.get("mobility") instanceof Map<?, ?>) {
            strip(section(tree, "mobility"), gone);
        }
    }

    /** False if what is left of the table means nothing. */
    private static boolean strip(Map<String, Object> table, java.util.Set<String> gone) {
        boolean whole = true;
        for (String key : NODE_KEYS) {
            @Nullable Object value = table.get(key);
            if (value instanceof List<?> list) {
                List<Object> kept = new ArrayList<>(list);
                kept.removeIf(name -> gone.contains(String.valueOf(name)));
                table.put(key, kept);
                whole &= !kept.isEmpty() && !(key.equals("between") && kept.size() < 2);
            } else if (value instanceof String name && gone.contains(name)) {
                whole = false;
            }
        }
        return whole;
    }

    /** Whether nodes can be taken out: files that name them by number are none of ours. */
    static boolean canLoseNodes(Map<String, Object> tree) {
        boolean traced = tree.get("mobility") instanceof Map<?, ?> mobility && mobility.containsKey("file");
        return !traced
                && List.of("traffic", "sensor").stream()
                        .flatMap(name -> entries(tree, name).stream())
                        .noneMatch(each -> each.containsKey("file"));
    }

    private static List<Object> names(List<Integer> numbers, List<String> names) {
        return new ArrayList<>(numbers.stream().map(names::get).toList());
    }

    @SuppressWarnings("unchecked") // the tables of a TomlTree
    static Map<String, Object> section(Map<String, Object> tree, String name) {
        return (Map<String, Object>) tree.computeIfAbsent(name, none -> new LinkedHashMap<String, Object>());
    }

    /** A list of its own of the tables {@code [[name]]}. */
    @SuppressWarnings("unchecked") // the tables of a TomlTree
    static List<Map<String, Object>> entries(Map<String, Object> tree, String name) {
        List<Map<String, Object>> entries = new ArrayList<>();
        if (tree.get(name) instanceof List<?> list) {
            list.forEach(each -> entries.add((Map<String, Object>) each));
        }
        return entries;
    }

    /** Sets the tables {@code [[name]]}; none is no section. */
    static void put(Map<String, Object> tree, String name, List<Map<String, Object>> entries) {
        if (entries.isEmpty()) {
            tree.remove(name);
        } else {
            tree.put(name, entries);
        }
    }

    @SuppressWarnings("unchecked") // the lists of a TomlTree
    static List<Object> list(Map<String, Object> table, String name) {
        return table.get(name) instanceof List<?> list ? (List<Object>) list : List.of();
    }

    static String ms(long ms) {
        return Units.text(Duration.ofMillis(ms));
    }
}
