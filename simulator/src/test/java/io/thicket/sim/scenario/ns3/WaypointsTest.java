package io.thicket.sim.scenario.ns3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.sim.scenario.ns3.Waypoints.Point;
import java.util.List;
import org.junit.jupiter.api.Test;

class WaypointsTest {
    private static final List<Point> STANDS = List.of(new Point(0, 7, 8));
    private static final List<Point> GOES = List.of(new Point(0, 0, 100), new Point(10, 20, 100), new Point(30, 20, 0));

    @Test
    void each_goes_from_point_to_point_and_stays_at_the_last_one() {
        Waypoints places = new Waypoints(List.of(STANDS, GOES, STANDS));

        assertEquals(3, places.nodes());
        assertFalse(places.isStatic());
        assertEquals(10, places.x(1, 5_000_000));
        assertEquals(100, places.y(1, 5_000_000));
        assertEquals(20, places.x(1, 20_000_000));
        assertEquals(50, places.y(1, 20_000_000));
        assertEquals(0, places.y(1, 40_000_000));
        for (int standing : new int[] {0, 2}) {
            assertEquals(7, places.x(standing, 40_000_000));
            assertEquals(8, places.y(standing, 0));
        }
        assertEquals(List.of(STANDS, GOES, STANDS), List.of(places.path(0), places.path(1), places.path(2)));
    }

    @Test
    void where_each_has_one_point_nobody_moves() {
        assertTrue(new Waypoints(List.of(STANDS, STANDS)).isStatic());
        assertThrows(IllegalArgumentException.class, () -> new Waypoints(List.of(STANDS, List.of())));
    }
}
