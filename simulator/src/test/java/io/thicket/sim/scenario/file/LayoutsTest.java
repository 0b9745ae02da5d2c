package io.thicket.sim.scenario.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.sim.kernel.Seeds;
import io.thicket.sim.scenario.ns3.Waypoints;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LayoutsTest {
    private static final double REACH_M = 100;

    @Test
    void uniform_places_are_numbered_along_rows_as_high_as_a_signal_reaches() {
        List<Waypoints.Point> points = uniform(1_000, 7);

        Set<Double> rows = new HashSet<>();
        for (int i = 1; i < points.size(); i++) {
            double row = row(points.get(i));
            double before = row(points.get(i - 1));
            assertTrue(
                    row > before
                            || row == before
                                    && points.get(i).x() > points.get(i - 1).x(),
                    "place " + i);
            rows.add(row);
        }
        assertEquals(18, rows.size()); // of a square of 1772 m
    }

    @Test
    void the_numbers_say_nothing_of_where_the_places_are_drawn() {
        double sideM = StrictMath.sqrt(1_000 * StrictMath.PI * REACH_M * REACH_M / 10);
        double meanX = 0;
        double meanY = 0;
        for (Waypoints.Point point : uniform(1_000, 7)) {
            assertTrue(point.x() >= 0 && point.x() < sideM && point.y() >= 0 && point.y() < sideM);
            meanX += point.x() / 1_000;
            meanY += point.y() / 1_000;
        }
        double fiveSigmaM = 5 * sideM / StrictMath.sqrt(12 * 1_000);
        assertEquals(sideM / 2, meanX, fiveSigmaM);
        assertEquals(sideM / 2, meanY, fiveSigmaM);
    }

    private static double row(Waypoints.Point point) {
        return StrictMath.floor(point.y() / REACH_M);
    }

    private static List<Waypoints.Point> uniform(int count, long seed) {
        return Layouts.uniform(count, 10, REACH_M, new Seeds(seed)).stream()
                .map(path -> path.get(0))
                .toList();
    }
}
