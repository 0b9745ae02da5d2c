package io.thicket.sim.scenario.file;

import io.thicket.sim.kernel.Seeds;
import io.thicket.sim.scenario.ns3.Waypoints;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/** Where nodes stand. */
final class Layouts {
    private Layouts() {}

    /** Row after row. */
    static List<List<Waypoints.Point>> grid(int count, int columns, double spacingM) {
        List<List<Waypoints.Point>> paths = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            paths.add(at(i % columns * spacingM, Math.floorDiv(i, columns) * spacingM));
        }
        return paths;
    }

    /** On a circle, neighbours {@code spacingM} apart. */
    static List<List<Waypoints.Point>> ring(int count, double spacingM) {
        double step = 2 * StrictMath.PI / count;
        double radius = count < 2 ? 0 : spacingM / 2 / StrictMath.sin(step / 2);
        List<List<Waypoints.Point>> paths = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            paths.add(at(radius * StrictMath.cos(i * step), radius * StrictMath.sin(i * step)));
        }
        return paths;
    }

    /**
     * Uniform in a square of the size that gives this many neighbours within {@code reachM} away from its edges. Numbered along rows that are
     * {@code reachM} high, as a grid is: who hear each other have near numbers, are found on the map and lie near each other in memory.
     */
    static List<List<Waypoints.Point>> uniform(int count, double degree, double reachM, Seeds seeds) {
        double sideM = StrictMath.sqrt(count * StrictMath.PI * reachM * reachM / degree);
        RandomGenerator random = seeds.generator("topology");
        List<Waypoints.Point> points = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double x = random.nextDouble() * sideM;
            double y = random.nextDouble() * sideM;
            points.add(new Waypoints.Point(0, x, y));
        }
        points.sort(Comparator.comparingDouble((Waypoints.Point point) -> StrictMath.floor(point.y() / reachM))
                .thenComparingDouble(Waypoints.Point::x));
        List<List<Waypoints.Point>> paths = new ArrayList<>();
        points.forEach(point -> paths.add(List.of(point)));
        return paths;
    }

    /** Nodes far from each other: the one nearest to the middle, then again and again the one farthest from those chosen. */
    static List<Integer> spread(Waypoints places, int count) {
        int nodes = places.nodes();
        double meanX = 0;
        double meanY = 0;
        for (int i = 0; i < nodes; i++) {
            meanX += places.x(i, 0) / nodes;
            meanY += places.y(i, 0) / nodes;
        }
        List<Integer> chosen = new ArrayList<>();
        double[] nearest = new double[nodes];
        Arrays.fill(nearest, Double.MAX_VALUE);
        int next = 0;
        double least = Double.MAX_VALUE;
        for (int i = 0; i < nodes; i++) {
            double squared = squared(places.x(i, 0) - meanX, places.y(i, 0) - meanY);
            if (squared < least) {
                least = squared;
                next = i;
            }
        }
        boolean[] isChosen = new boolean[nodes];
        while (chosen.size() < count) {
            chosen.add(next);
            isChosen[next] = true;
            int farthest = 0;
            for (int i = 0; i < nodes; i++) {
                double squared = squared(places.x(i, 0) - places.x(next, 0), places.y(i, 0) - places.y(next, 0));
                nearest[i] = isChosen[i] ? -1 : Math.min(nearest[i], squared);
                farthest = nearest[i] > nearest[farthest] ? i : farthest;
            }
            next = farthest;
        }
        chosen.sort(null);
        return chosen;
    }

    private static double squared(double dx, double dy) {
        return dx * dx + dy * dy;
    }

    private static List<Waypoints.Point> at(double x, double y) {
        return List.of(new Waypoints.Point(0, x, y));
    }
}
