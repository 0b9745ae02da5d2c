package io.thicket.sim.scenario.file;

import io.thicket.agent.config.SectionReader;
import io.thicket.sim.kernel.Seeds;
import io.thicket.sim.scenario.ns3.Waypoints;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** {@code [mobility]}: who moves, and how. */
final class MobilitySection {
    /** What a node has done at least before the run begins, so that it begins in the middle of things. */
    private static final double LEAST_BEFORE_S = 1_000;

    /** And so many pauses and ways, about, after which nobody can tell how it began. */
    private static final int CYCLES_BEFORE = 10;

    private static final int MAX_POINTS = 100_000;

    /** How nodes move. */
    enum Model {
        RANDOM_WAYPOINT,
        GAUSS_MARKOV,
        TRACE
    }

    private MobilitySection() {}

    static NodePlan read(SectionReader reader, NodePlan still, Seeds seeds, long durationMs) {
        Model model = reader.choice("model", Model.RANDOM_WAYPOINT);
        if (reader.isMisread("model")) {
            reader.acceptUnknownKeys();
            return still;
        }
        List<List<Waypoints.Point>> paths = new ArrayList<>();
        for (int i = 0; i < still.count(); i++) {
            paths.add(still.positions().path(i));
        }
        switch (model) {
            case RANDOM_WAYPOINT -> wander(reader, still, seeds, durationMs, paths);
            case GAUSS_MARKOV -> {
                GaussMarkov law = GaussMarkov.read(reader, durationMs);
                Area area = Area.read(reader, still.positions());
                movers(reader, still).forEach(node -> paths.set(node, law.path(seeds, node, area, durationMs / 1e3)));
            }
            case TRACE -> trace(reader, still, paths);
        }
        return new NodePlan(
                still.origin(),
                still.names(),
                new Waypoints(paths),
                still.gateways(),
                still.relays(),
                still.links(),
                still.guessed());
    }

    private static void wander(
            SectionReader reader, NodePlan still, Seeds seeds, long durationMs, List<List<Waypoints.Point>> paths) {
        double slowest = reader.decimal("speed_min", 0.01, 1_000).orElse(0.5);
        double fastest = reader.decimal("speed_max", 0.01, 1_000).orElse(2.0);
        if (slowest > fastest) {
            reader.error("speed_min", "speed_min is more than speed_max", "");
        }
        double pauseS = reader.duration("pause", Duration.ZERO, Duration.ZERO, Duration.ofDays(1))
                        .toMillis()
                / 1e3;
        Area area = Area.read(reader, still.positions());
        for (int node : movers(reader, still)) {
            RandomGenerator random = seeds.generator("mobility", node);
            List<Waypoints.Point> path = walk(random, area, slowest, fastest, pauseS, durationMs / 1e3);
            if (path.get(path.size() - 1).atS() < durationMs / 1e3) {
                reader.error(
                        "speed_max",
                        "a node turns or stops more than " + MAX_POINTS + " times in the run",
                        "write slower nodes, a larger width and height, a longer pause or a shorter run");
                return;
            }
            paths.set(node, path);
        }
    }

    private static List<Integer> movers(SectionReader reader, NodePlan still) {
        return NodeNames.of(still).nodesOr(reader, node -> !still.gateways().contains(node));
    }

    private static List<Waypoints.Point> walk(
            RandomGenerator random, Area area, double slowest, double fastest, double pauseS, double durationS) {
        List<Waypoints.Point> path = new ArrayList<>();
        double x = area.left() + random.nextDouble() * area.width();
        double y = area.bottom() + random.nextDouble() * area.height();
        Waypoints.Point last = new Waypoints.Point(-beforeS(area, slowest, fastest, pauseS), x, y);
        // All nodes begin with what is left of a pause, or they would set out together for as long as ways are shorter
        // than pauses.
        double nextPauseS = random.nextDouble() * pauseS;
        while (last.atS() < durationS && path.size() < MAX_POINTS) {
            double toX = area.left() + random.nextDouble() * area.width();
            double toY = area.bottom() + random.nextDouble() * area.height();
            double speed = slowest + random.nextDouble() * (fastest - slowest);
            Waypoints.Point left = new Waypoints.Point(last.atS() + nextPauseS, last.x(), last.y());
            double distance =
                    StrictMath.sqrt((toX - left.x()) * (toX - left.x()) + (toY - left.y()) * (toY - left.y()));
            Waypoints.Point there = new Waypoints.Point(left.atS() + Math.max(distance / speed, 1e-3), toX, toY);
            keep(path, last, left);
            keep(path, left, there);
            last = there;
            nextPauseS = pauseS;
        }
        return path;
    }

    /** A way is at most as long as the area is wide and high, and its time a mean over speeds. */
    private static double beforeS(Area area, double slowest, double fastest, double pauseS) {
        double perMetreS =
                fastest - slowest < 1e-9 ? 1 / slowest : StrictMath.log(fastest / slowest) / (fastest - slowest);
        double wayS = (area.width() + area.height()) * perMetreS;
        return Math.max(LEAST_BEFORE_S, CYCLES_BEFORE * (pauseS + wayS));
    }

    /** Adds the end of a leg that ends after the start of the run, and where the node was at the start. */
    private static void keep(List<Waypoints.Point> path, Waypoints.Point from, Waypoints.Point to) {
        if (to.atS() <= 0 || to.atS() <= from.atS()) {
            return;
        }
        if (path.isEmpty()) {
            double share = Math.max(0, -from.atS()) / (to.atS() - from.atS());
            path.add(new Waypoints.Point(
                    0, from.x() + share * (to.x() - from.x()), from.y() + share * (to.y() - from.y())));
        }
        path.add(to);
    }

    private static void trace(SectionReader reader, NodePlan still, List<List<Waypoints.Point>> paths) {
        Optional<Path> file = reader.path("file");
        if (file.isEmpty()) {
            reader.missing("file", "\"movement.ns_movements\", in the form of setdest, or \"movement.csv\"");
            return;
        }
        if (still.guessed()) {
            return;
        }
        try {
            if (String.valueOf(file.get().getFileName())
                    .toLowerCase(Locale.ROOT)
                    .endsWith(".csv")) {
                TraceCsv.read(file.get(), NodeNames.of(still), paths);
                return;
            }
            Imported imported = NetworkImport.read(NetworkImport.Format.SETDEST, file.get());
            NodeNames names = NodeNames.of(still);
            List<List<Waypoints.Point>> its = imported.paths() == null ? List.of() : imported.paths();
            for (int i = 0; i < its.size(); i++) {
                // Node i of the trace is "n<i>" there, whatever the scenario calls its own node i.
                paths.set(names.ofNumber(imported.names().get(i).substring(1)), its.get(i));
            }
        } catch (ImportException e) {
            e.tell(reader, file.get());
        }
    }
}
