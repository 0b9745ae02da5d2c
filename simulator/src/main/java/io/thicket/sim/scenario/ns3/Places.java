package io.thicket.sim.scenario.ns3;

import java.util.ArrayList;
import java.util.List;

/** Where the nodes of a scenario are and go. */
public final class Places {
    private Places() {}

    /** The root of {@code nodes} by itself, {@code spacingM} apart; node 0 at the origin, row after row. */
    public static Waypoints grid(int nodes, double spacingM) {
        int side = (int) Math.round(StrictMath.sqrt(nodes));
        if (side * side != nodes) {
            throw new IllegalArgumentException("a grid has a square number of nodes, not " + nodes);
        }
        List<List<Waypoints.Point>> paths = new ArrayList<>();
        for (int i = 0; i < nodes; i++) {
            paths.add(List.of(new Waypoints.Point(0, i % side * spacingM, Math.floorDiv(i, side) * spacingM)));
        }
        return new Waypoints(paths);
    }

    /** Uniform points of a square. */
    public static Waypoints uniform(int nodes, double sideM, long seed) {
        Draws random = Draws.places(seed);
        List<List<Waypoints.Point>> paths = new ArrayList<>();
        for (int i = 0; i < nodes; i++) {
            double x = random.real(0, sideM);
            double y = random.real(0, sideM);
            paths.add(List.of(new Waypoints.Point(0, x, y)));
        }
        return new Waypoints(paths);
    }

    /**
     * Random waypoint: each node pauses, then goes straight to a uniform point at a speed between a hundredth of {@code maxSpeed}
     * and {@code maxSpeed} m/s, and so on. All draw from one stream, each until {@code offsetS + durationS}; the first {@code offsetS}
     * are then cut off.
     */
    public static Waypoints randomWaypoint(
            int nodes,
            double widthM,
            double heightM,
            double maxSpeed,
            double pauseS,
            double offsetS,
            double durationS,
            long seed) {
        Draws random = Draws.places(seed);
        List<List<Waypoints.Point>> paths = new ArrayList<>();
        double endS = offsetS + durationS;
        for (int i = 0; i < nodes; i++) {
            double x = random.real(0, widthM);
            double y = random.real(0, heightM);
            double atS = 0;
            List<Waypoints.Point> path = new ArrayList<>();
            path.add(new Waypoints.Point(0, x, y));
            while (atS < endS) {
                if (pauseS > 0) {
                    atS += pauseS;
                    path.add(new Waypoints.Point(atS, x, y));
                    if (atS >= endS) {
                        break;
                    }
                }
                double toX = random.real(0, widthM);
                double toY = random.real(0, heightM);
                double speed = random.real(maxSpeed / 100, maxSpeed);
                atS += StrictMath.sqrt((toX - x) * (toX - x) + (toY - y) * (toY - y)) / speed;
                x = toX;
                y = toY;
                path.add(new Waypoints.Point(atS, x, y));
            }
            paths.add(cut(path, offsetS));
        }
        return new Waypoints(paths);
    }

    private static List<Waypoints.Point> cut(List<Waypoints.Point> path, double offsetS) {
        List<Waypoints.Point> kept = new ArrayList<>();
        Waypoints.Point before = path.get(0);
        for (Waypoints.Point point : path) {
            if (point.atS() > offsetS) {
                if (kept.isEmpty()) {
                    double share = (offsetS - before.atS()) / (point.atS() - before.atS());
                    kept.add(new Waypoints.Point(
                            0,
                            before.x() + share * (point.x() - before.x()),
                            before.y() + share * (point.y() - before.y())));
                }
                kept.add(new Waypoints.Point(point.atS() - offsetS, point.x(), point.y()));
            }
            before = point;
        }
        if (kept.isEmpty()) {
            kept.add(new Waypoints.Point(0, before.x(), before.y()));
        }
        return kept;
    }

    /** The node nearest to a point at the start. */
    public static int nearest(Waypoints places, double x, double y) {
        int nearest = 0;
        double least = Double.MAX_VALUE;
        for (int i = 0; i < places.nodes(); i++) {
            double dx = places.x(i, 0) - x;
            double dy = places.y(i, 0) - y;
            double squared = dx * dx + dy * dy;
            if (squared < least) {
                least = squared;
                nearest = i;
            }
        }
        return nearest;
    }
}
