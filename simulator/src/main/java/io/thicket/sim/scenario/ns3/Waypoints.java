package io.thicket.sim.scenario.ns3;

import io.thicket.sim.medium.wifi.Positions;
import java.util.List;

/** Nodes that go in straight lines from point to point and stay at the last one. */
public final class Waypoints implements Positions {
    /** A place at a time. Seconds and metres. */
    public record Point(double atS, double x, double y) {}

    private final double[][] times;
    private final double[][] xs;
    private final double[][] ys;
    private final boolean isStatic;

    /** One list for each node, each with growing times, the first one at 0. */
    public Waypoints(List<List<Point>> paths) {
        times = new double[paths.size()][];
        xs = new double[paths.size()][];
        ys = new double[paths.size()][];
        boolean anybodyMoves = false;
        for (int node = 0; node < paths.size(); node++) {
            List<Point> path = paths.get(node);
            if (path.isEmpty()) {
                throw new IllegalArgumentException("node " + node + " is nowhere");
            }
            times[node] = path.stream().mapToDouble(Point::atS).toArray();
            xs[node] = path.stream().mapToDouble(Point::x).toArray();
            ys[node] = path.stream().mapToDouble(Point::y).toArray();
            anybodyMoves |= path.size() > 1;
        }
        isStatic = !anybodyMoves;
    }

    @Override
    public int nodes() {
        return times.length;
    }

    @Override
    public double x(int node, long atUs) {
        return at(node, xs[node], atUs / 1e6);
    }

    @Override
    public double y(int node, long atUs) {
        return at(node, ys[node], atUs / 1e6);
    }

    @Override
    public boolean isStatic() {
        return isStatic;
    }

    /** The points of a node. */
    public List<Point> path(int node) {
        Point[] points = new Point[times[node].length];
        for (int i = 0; i < points.length; i++) {
            points[i] = new Point(times[node][i], xs[node][i], ys[node][i]);
        }
        return List.of(points);
    }

    private double at(int node, double[] values, double s) {
        double[] when = times[node];
        int low = 0;
        int high = when.length - 1;
        if (s >= when[high]) {
            return values[high];
        }
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (when[middle] <= s) {
                low = middle;
            } else {
                high = middle;
            }
        }
        double share = (s - when[low]) / (when[high] - when[low]);
        return values[low] + share * (values[high] - values[low]);
    }
}
