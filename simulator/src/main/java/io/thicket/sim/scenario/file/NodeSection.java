package io.thicket.sim.scenario.file;

import io.thicket.agent.config.SectionReader;
import io.thicket.sim.kernel.Seeds;
import io.thicket.sim.scenario.file.NetworkImport.Format;
import io.thicket.sim.scenario.ns3.Waypoints;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** {@code [nodes]}: how many, where, which roles; from a layout or from a file of others. */
final class NodeSection {
    private static final int USUAL_COUNT = 25;
    private static final double USUAL_SPACING_M = 200;
    private static final double USUAL_DEGREE = 10;
    private static final double MAX_METRES = 1e7;

    /** Where nodes are. */
    enum Layout {
        LINE,
        GRID,
        RING,
        UNIFORM,
        EXPLICIT,
        FILE
    }

    private record Direction(int from, int to) {}

    private final SectionReader reader;
    private final RadioPlan radio;
    private final Seeds seeds;
    private final Overrides overrides;

    /** Whether the nodes are others than those that somebody wanted to write. */
    private boolean guessed;

    private NodeSection(SectionReader reader, RadioPlan radio, Seeds seeds, Overrides overrides) {
        this.reader = reader;
        this.radio = radio;
        this.seeds = seeds;
        this.overrides = overrides;
    }

    static NodePlan read(SectionReader reader, RadioPlan radio, Seeds seeds, Overrides overrides) {
        return new NodeSection(reader, radio, seeds, overrides).read();
    }

    private NodePlan read() {
        Layout layout = reader.choice("layout", Layout.GRID);
        Imported network =
                switch (layout) {
                    case FILE -> imported();
                    case EXPLICIT -> placed(explicit());
                    case LINE, GRID, RING, UNIFORM -> placed(laidOut(layout));
                };
        if (reader.isMisread("layout")) {
            // A count is of any layout that has one.
            guessed |= !reader.has("count");
        }
        refuseOthers(layout);
        if (overrides.nodes().isPresent() && (layout == Layout.FILE || layout == Layout.EXPLICIT)) {
            reader.warning(
                    "layout",
                    "--nodes " + overrides.nodes().getAsInt() + " changes nothing: layout "
                            + layout.name().toLowerCase(Locale.ROOT) + " has the nodes that it lists",
                    "");
        }
        List<String> names = names(network.names());
        NodeNames finder = new NodeNames(names, guessed);
        Waypoints positions =
                new Waypoints(network.paths() == null ? Layouts.ring(names.size(), USUAL_SPACING_M) : network.paths());
        List<Integer> gateways = gateways(finder, network.gateways(), positions);
        if (layout == Layout.FILE) {
            noteUsualGateway(names, network);
        }
        Set<Integer> relays = relays(finder, network.relays(), new HashSet<>(gateways));
        if (network.paths() == null && !network.links().isEmpty()) {
            refuseLinksAlone();
        }
        List<LinkRow> links = links(finder, network.links());
        // Nobody misses a gateway where those that somebody wanted to write could not be read.
        List<Integer> stood = gateways.isEmpty() && !isWithoutGateways() ? List.of(0) : gateways;
        return new NodePlan(layout.name().toLowerCase(Locale.ROOT), names, positions, stood, relays, links, guessed);
    }

    private static Imported placed(List<List<Waypoints.Point>> paths) {
        List<String> names =
                IntStream.range(0, paths.size()).mapToObj(i -> "n" + i).toList();
        return new Imported(names, paths, List.of(), List.of(), List.of());
    }

    private List<List<Waypoints.Point>> laidOut(Layout layout) {
        Optional<Integer> written = reader.integer("count", 1, Scenario.MAX_NODES);
        guessed = reader.has("count") && written.isEmpty();
        int count = Math.min(overrides.nodes().orElse(written.orElse(USUAL_COUNT)), Scenario.MAX_NODES);
        double spacing = reader.decimal("spacing", 0.01, MAX_METRES).orElse(USUAL_SPACING_M);
        double degree = reader.decimal("degree", 0.1, 1_000).orElse(USUAL_DEGREE);
        Optional<Integer> columns = reader.integer("columns", 1, Scenario.MAX_NODES);
        return switch (layout) {
            case LINE -> Layouts.grid(count, count, spacing);
            case GRID -> Layouts.grid(count, columns.orElse((int) StrictMath.ceil(StrictMath.sqrt(count))), spacing);
            case RING -> Layouts.ring(count, spacing);
            case UNIFORM -> Layouts.uniform(count, degree, reach(), seeds);
            case EXPLICIT, FILE -> throw new AssertionError(layout);
        };
    }

    /** What a wanted degree is counted with: the distance that a frame can be read at without shadowing. */
    private double reach() {
        return radio.reachM();
    }

    private List<List<Waypoints.Point>> explicit() {
        List<List<Waypoints.Point>> paths = new ArrayList<>();
        Object value = reader.value("positions").orElse(List.of());
        List<?> rows = value instanceof List<?> list ? list : List.of();
        guessed = rows.isEmpty() || rows.size() > Scenario.MAX_NODES;
        if (rows.isEmpty()) {
            reader.error("positions", "layout explicit has no positions", "write positions = [[0, 0], [100, 0]]");
        }
        if (rows.size() > Scenario.MAX_NODES) {
            reader.error("positions", "positions are more than " + Scenario.MAX_NODES, "");
            rows = rows.subList(0, 1);
        }
        for (int i = 0; i < rows.size(); i++) {
            Object row = rows.get(i);
            boolean pair = row instanceof List<?> list
                    && list.size() == 2
                    && list.stream().allMatch(NodeSection::isPlace);
            if (!pair) {
                reader.error(
                        "positions",
                        i,
                        "positions: " + row + " is no place of two numbers of metres",
                        "write positions = [[0, 0], [100, 0]]");
            }
            double x = pair ? ((Number) ((List<?>) row).get(0)).doubleValue() : 0;
            double y = pair ? ((Number) ((List<?>) row).get(1)).doubleValue() : 0;
            paths.add(List.of(new Waypoints.Point(0, x, y)));
        }
        return paths.isEmpty() ? Layouts.grid(1, 1, 1) : paths;
    }

    private static boolean isPlace(Object value) {
        return value instanceof Number number && Math.abs(number.doubleValue()) <= MAX_METRES;
    }

    private Imported imported() {
        Optional<Path> file = reader.path("file");
        if (file.isEmpty() && !reader.has("file")) {
            reader.missing("file", "\"network.csv\"");
        }
        if (!reader.has("format")) {
            reader.missing("format", "\"links\", or positions, netjson, meshviewer, setdest");
        }
        Format format = reader.choice("format", Format.LINKS);
        if (file.isPresent() && reader.has("format") && !reader.isMisread("format")) {
            try {
                return NetworkImport.read(format, file.get());
            } catch (ImportException e) {
                e.tell(reader, file.get());
            }
        }
        guessed = true;
        return placed(Layouts.grid(1, 1, 1));
    }

    private void refuseOthers(Layout layout) {
        boolean file = layout == Layout.FILE;
        boolean explicit = layout == Layout.EXPLICIT;
        refuse("count", file || explicit, layout);
        refuse("spacing", file || explicit || layout == Layout.UNIFORM, layout);
        refuse("degree", layout != Layout.UNIFORM, layout);
        refuse("columns", layout != Layout.GRID, layout);
        refuse("positions", !explicit, layout);
        refuse("file", !file, layout);
        refuse("format", !file, layout);
    }

    private void refuse(String key, boolean wrong, Layout layout) {
        if (reader.has(key) && wrong && !reader.isMisread("layout")) {
            reader.error(key, key + " is not of layout " + layout.name().toLowerCase(Locale.ROOT), "");
        }
    }

    private List<String> names(List<String> usual) {
        if (!reader.has("names")) {
            return usual;
        }
        List<String> names = reader.texts("names");
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            reader.requireName("names", i, name);
            if (!seen.add(name)) {
                reader.error("names", i, "names has '" + name + "' twice", "");
            }
        }
        if (guessed) {
            return usual;
        }
        guessed = names.size() != usual.size() || seen.size() != names.size();
        if (names.size() != usual.size()) {
            reader.error("names", "names are " + names.size() + " for " + usual.size() + " nodes", "");
        }
        return guessed ? usual : names;
    }

    private List<Integer> gateways(NodeNames finder, List<Integer> known, Waypoints positions) {
        Optional<List<Integer>> listed = finder.nodes(reader, "gateways");
        Optional<Integer> count = reader.integer("gateway_count", 0, MAX_GATEWAYS);
        if (listed.isPresent() && count.isPresent()) {
            reader.error("gateway_count", "gateway_count and gateways exclude each other", "leave one out");
        }
        if (listed.isPresent()) {
            if (listed.get().size() > MAX_GATEWAYS) {
                reader.error("gateways", "gateways are more than " + MAX_GATEWAYS, "");
            }
            return listed.get();
        }
        if (count.isPresent()) {
            if (count.get() > finder.count() && !guessed) {
                reader.error(
                        "gateway_count",
                        "gateway_count = " + count.get() + " is more than there are nodes, " + finder.count(),
                        "write gateway_count = " + finder.count() + " or less");
            }
            return Layouts.spread(positions, Math.min(count.get(), finder.count()));
        }
        return known.isEmpty() ? List.of(0) : known;
    }

    /** Whether the file says that there are none. */
    private boolean isWithoutGateways() {
        return reader.has("gateways")
                ? !reader.has("gateway_count")
                        && reader.value("gateways").filter(List.of()::equals).isPresent()
                : reader.has("gateway_count");
    }

    /** A gateway is no relay. What a file of others says of a node gives way to what is written here; two roles written here do not. */
    private Set<Integer> relays(NodeNames finder, List<Integer> known, Set<Integer> gateways) {
        Optional<List<Integer>> listed = finder.nodes(reader, "relays");
        for (int node : listed.orElse(List.of())) {
            if (gateways.contains(node) && reader.has("gateway_count")) {
                reader.warning("relays", "relays: " + finder.name(node) + " is a gateway by gateway_count", "");
            } else if (gateways.contains(node) && !guessed) {
                reader.error(
                        "relays",
                        "relays: " + finder.name(node) + " is a gateway, too",
                        "leave it out of relays, or write gateways = [...] without it");
            }
        }
        Set<Integer> relays = new LinkedHashSet<>(listed.orElse(known));
        relays.removeAll(gateways);
        return relays;
    }

    /** The first node of a file of others is only by chance where its network has a gateway. */
    private void noteUsualGateway(List<String> names, Imported network) {
        if (network.gateways().isEmpty() && !guessed && !reader.has("gateways") && !reader.has("gateway_count")) {
            String file = reader.path("file")
                    .map(path -> String.valueOf(path.getFileName()))
                    .orElse("");
            String first = names.get(0);
            reader.warning(
                    "gateways",
                    file + " names no gateway, so that its first node is one: " + first,
                    "write gateways = [\"" + first + "\"], or the names of others, or [] for none");
        }
    }

    /** Nodes without places would stand on a ring that nobody meant, and another network be simulated. */
    private void refuseLinksAlone() {
        if (radio.model() != RadioPlan.Model.LINKS && !radio.guessed()) {
            reader.error(
                    "file",
                    "the file has links and no places, and [radio] model "
                            + radio.model().name().toLowerCase(Locale.ROOT) + " goes by places alone",
                    "write model = \"links\" in [radio]");
        }
    }

    private static final int MAX_GATEWAYS = 1_000;

    private List<LinkRow> links(NodeNames finder, List<LinkRow> known) {
        boolean table = radio.model() == RadioPlan.Model.LINKS;
        if (!reader.has("links")) {
            if (table && known.isEmpty() && !guessed) {
                boolean file = reader.has("file");
                reader.error(
                        file ? "file" : "links",
                        file
                                ? "the file has no link that delivers anything, for [radio] model links"
                                : "has no table of links for [radio] model links",
                        "write links = [[0, 1], [1, 2, 0.8]], or layout = \"file\" with a format that has links");
            }
            return table ? known : List.of();
        }
        if (!table && !radio.guessed()) {
            reader.error("links", "links are of [radio] model links only", "");
            return List.of();
        }
        Map<Direction, Double> shares = new LinkedHashMap<>();
        Object value = reader.value("links").orElse(List.of());
        List<?> listed = value instanceof List<?> list ? list : List.of(value);
        for (int i = 0; i < listed.size(); i++) {
            link(finder, i, listed.get(i), shares);
        }
        List<LinkRow> rows = new ArrayList<>();
        shares.forEach((link, share) -> rows.add(new LinkRow(link.from(), link.to(), share)));
        return rows;
    }

    private void link(NodeNames finder, int index, Object row, Map<Direction, Double> shares) {
        if (!(row instanceof List<?> cells) || cells.size() < 2 || cells.size() > 4) {
            reader.error(
                    "links",
                    index,
                    "links: " + row + " is no link",
                    "write [from, to], [from, to, delivery] or [from, to, delivery, delivery back]");
            return;
        }
        Optional<Integer> from = finder.element(reader, "links", index, cells.get(0));
        Optional<Integer> to = finder.element(reader, "links", index, cells.get(1));
        Optional<Double> there = cells.size() > 2 ? share(index, cells.get(2)) : Optional.of(1.0);
        Optional<Double> back = cells.size() > 3 ? share(index, cells.get(3)) : there;
        if (from.isPresent() && to.isPresent() && there.isPresent() && back.isPresent()) {
            if (from.get().equals(to.get())) {
                reader.error("links", index, "links: node " + from.get() + " has a link to itself", "");
                return;
            }
            Direction one = new Direction(from.get(), to.get());
            Direction other = new Direction(to.get(), from.get());
            if (setShare(index, finder, one, there.get(), shares)) {
                setShare(index, finder, other, back.get(), shares);
            }
        }
    }

    /** One direction has one share; the same once more does no harm. */
    private boolean setShare(int index, NodeNames finder, Direction link, double share, Map<Direction, Double> shares) {
        Double before = shares.putIfAbsent(link, share);
        if (before != null && before != share) {
            reader.error(
                    "links",
                    index,
                    "links: the link from " + finder.name(link.from()) + " to " + finder.name(link.to())
                            + " is there twice, with " + before + " and with " + share,
                    "write [from, to, delivery, delivery back] once for both directions");
            return false;
        }
        return true;
    }

    private Optional<Double> share(int index, Object cell) {
        double share = cell instanceof Number number ? number.doubleValue() : Double.NaN;
        if (!(share >= 0 && share <= 1)) {
            reader.error("links", index, "links: a link delivers a share of 0 to 1, not " + cell, "");
            return Optional.empty();
        }
        return Optional.of(share);
    }
}
