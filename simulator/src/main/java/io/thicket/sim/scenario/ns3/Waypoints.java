package io.thicket.sim.scenario.ns3;

import io.thicket.sim.medium.wifi.Positions;
import java.util.List;
import java.util.stream.IntStream;

/** Nodes that go in straight lines from point to point and stay at the last one. */
public final class Waypoints implements Positions {
    /** A place at a time. Seconds and metres. */
    public record Point(double atS, double x, double y) {}

    /** Where the points of each node begin among those of all, and, behind the last one, how many they are. */
    private final int[] firsts;

    private final double[] times;
    private final double[] xs;
    private final double[] ys;

    /** One list for each node, each with growing times, the first one at 0. */
    public Waypoints(List<List<Point>> paths) {
        firsts = new int[paths.size() + 1];
        for (int node = 0; node < paths.size(); node++) {
            if (paths.get(node).isEmpty()) {
                throw new IllegalArgumentException("node " + node + " is nowhere");
            }
            firsts[node + 1] = firsts[node] + paths.get(node).size();
        }
        times = paths.stream().flatMap(List::stream).mapToDouble(Point::atS).toArray();
        xs = paths.stream().flatMap(List::stream).mapToDouble(Point::x).toArray();
        ys = paths.stream().flatMap(List::stream).mapToDouble(Point::y).toArray();
    }

    @Override
    public int nodes() {
        return firsts.length - 1;
    }

    @Override
    public double x(int node, long atUs) {
        return at(node, xs, atUs / 1e6);
    }

    @Override
    public double y(int node, long atUs) {
        return at(node, ys, atUs / 1e6);
    }

    @Override
    public boolean isStatic() {
        return times.length == nodes(); // each has one
    }

    /** The points of a node. */
    public List<Point> path(int node) {
        return IntStream.range(firsts[node], firsts[node + 1])
                .mapToObj(place -> new Point(times[place], xs[place], ys[place]))
                .toList();
    }

    private double at(int node, double[] values, double s) {
        int low = firsts[node];
        int high = firsts[node + 1] - 1;
        if (s >= times[high]) {
            return values[high];
        }
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (times[middle] <= s) {
                low = middle;
            } else {
                high = middle;
            }
        }
        double share = (s - times[low]) / (times[high] - times[low]);
        return values[low] + share * (values[high] - values[low]);
    }
}
