package io.thicket.sim.scenario.file;

import io.thicket.agent.config.SectionReader;
import io.thicket.sim.kernel.Seeds;
import io.thicket.sim.scenario.ns3.Waypoints;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** {@code [mobility]}: who moves, and how. */
final class MobilitySection {
    /** What a node has done before the run begins, so that it begins in the middle of things. */
    private static final double BEFORE_S = 1_000;

    private static final int MAX_POINTS = 100_000;

    /** How nodes move. */
    enum Model {
        RANDOM_WAYPOINT,
        TRACE
    }

    private MobilitySection() {}

    static NodePlan read(SectionReader reader, NodePlan still, Seeds seeds, long durationMs) {
        Model model = reader.choice("model", Model.RANDOM_WAYPOINT);
        List<List<Waypoints.Point>> paths = new ArrayList<>();
        for (int i = 0; i < still.count(); i++) {
            paths.add(still.positions().path(i));
        }
        switch (model) {
            case RANDOM_WAYPOINT -> wander(reader, still, seeds, durationMs, paths);
            case TRACE -> trace(reader, still, paths);
        }
        return new NodePlan(
                still.origin(), still.names(), new Waypoints(paths), still.gateways(), still.relays(), still.links());
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
        double[] box = box(still.positions());
        double width = reader.decimal("width", 1, 1e7).orElse(Math.max(1, box[2] - box[0]));
        double height = reader.decimal("height", 1, 1e7).orElse(Math.max(1, box[3] - box[1]));
        NodeNames names = new NodeNames(still.names());
        Optional<List<Integer>> chosen = names.nodes(reader, "nodes");
        for (int node = 0; node < still.count(); node++) {
            boolean moves = chosen.isPresent()
                    ? chosen.get().contains(node)
                    : !still.gateways().contains(node);
            if (moves) {
                RandomGenerator random = seeds.generator("mobility", node);
                paths.set(node, walk(random, box, width, height, slowest, fastest, pauseS, durationMs / 1e3));
            }
        }
    }

    private static List<Waypoints.Point> walk(
            RandomGenerator random,
            double[] box,
            double width,
            double height,
            double slowest,
            double fastest,
            double pauseS,
            double durationS) {
        List<Waypoints.Point> path = new ArrayList<>();
        double x = box[0] + random.nextDouble() * width;
        double y = box[1] + random.nextDouble() * height;
        double atS = -BEFORE_S;
        Waypoints.Point last = new Waypoints.Point(atS, x, y);
        while (last.atS() < durationS && path.size() < MAX_POINTS) {
            double toX = box[0] + random.nextDouble() * width;
            double toY = box[1] + random.nextDouble() * height;
            double speed = slowest + random.nextDouble() * (fastest - slowest);
            Waypoints.Point left = new Waypoints.Point(last.atS() + pauseS, last.x(), last.y());
            double distance =
                    StrictMath.sqrt((toX - left.x()) * (toX - left.x()) + (toY - left.y()) * (toY - left.y()));
            Waypoints.Point there = new Waypoints.Point(left.atS() + Math.max(distance / speed, 1e-3), toX, toY);
            keep(path, last, left);
            keep(path, left, there);
            last = there;
        }
        return path;
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
            reader.missing("file", "\"movement.ns_movements\", in the form of setdest");
            return;
        }
        try {
            Imported imported = NetworkImport.read(NetworkImport.Format.SETDEST, file.get());
            NodeNames names = new NodeNames(still.names());
            List<List<Waypoints.Point>> its = imported.paths() == null ? List.of() : imported.paths();
            for (int i = 0; i < its.size(); i++) {
                int index = i;
                // Node i of the trace is "n<i>" there, whatever the scenario calls its own node i.
                names.one(reader, "file", Long.valueOf(imported.names().get(i).substring(1)))
                        .ifPresent(node -> paths.set(node, its.get(index)));
            }
        } catch (ImportException e) {
            reader.error("file", "file " + file.get().getFileName() + ": " + e.getMessage(), "");
        }
    }

    private static double[] box(Waypoints places) {
        double[] box = {Double.MAX_VALUE, Double.MAX_VALUE, -Double.MAX_VALUE, -Double.MAX_VALUE};
        for (int i = 0; i < places.nodes(); i++) {
            box[0] = Math.min(box[0], places.x(i, 0));
            box[1] = Math.min(box[1], places.y(i, 0));
            box[2] = Math.max(box[2], places.x(i, 0));
            box[3] = Math.max(box[3], places.y(i, 0));
        }
        return box;
    }
}
