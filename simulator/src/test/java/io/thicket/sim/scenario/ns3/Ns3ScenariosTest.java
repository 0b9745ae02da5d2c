package io.thicket.sim.scenario.ns3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The scenarios from their seeds: against own values always, against the trace files where they are. */
final class Ns3ScenariosTest {
    private static final double EXACT = 1e-9;

    @Test
    void the_generator_is_split_mix_64() {
        Draws random = Draws.places(0);

        // The first outputs for state 0, as published with the algorithm.
        assertEquals(0xe220a8397b1dcdafL, random.next());
        assertEquals(0x6e789e6aa1b965f4L, random.next());
    }

    @Test
    void a_grid_goes_row_after_row_from_the_corner() {
        Waypoints grid = Places.grid(9, 200);

        assertEquals(400, grid.x(5, 0));
        assertEquals(200, grid.y(5, 0));
        assertEquals(0, Places.nearest(grid, 0, 0));
        assertEquals(4, Places.nearest(grid, 200, 200));
        assertTrue(grid.isStatic());
    }

    @Test
    void readings_leave_at_their_phase_and_the_gateway_draws_one_too() {
        List<Flow> flows = Traffic.converge(100, Set.of(0), 10, 140, 64, 1);

        assertEquals(99, flows.size());
        assertEquals(1, flows.get(0).source());
        assertEquals(7.5230701583822395, flows.get(0).startS(), EXACT);
        assertEquals(14, flows.get(0).packets());
    }

    @Test
    void a_mover_is_between_its_points_on_a_straight_line() {
        Waypoints path = new Waypoints(List.of(List.of(
                new Waypoints.Point(0, 0, 0), new Waypoints.Point(10, 100, 50), new Waypoints.Point(20, 100, 0))));

        assertEquals(50, path.x(0, 5_000_000));
        assertEquals(25, path.y(0, 5_000_000));
        assertEquals(25, path.y(0, 15_000_000));
        assertEquals(0, path.y(0, 99_000_000));
    }

    /** Only where the files of the comparison are at hand: they are not part of this project. */
    @Nested
    class Traces {
        private final Path folder = Path.of(System.getProperty(
                "thicket.ns3.traces", System.getProperty("thicket.root", "..") + "/../shared/peers/ns3/traces"));

        private List<String[]> rows(String name) throws IOException {
            Path file = folder.resolve(name + ".csv.gz");
            assumeTrue(
                    Files.exists(file),
                    () -> "the traces of the ns-3 runs are not at " + folder
                            + "; name their folder with -Dthicket.ns3.traces=FOLDER");
            List<String[]> rows = new ArrayList<>();
            try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                    new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.US_ASCII))) {
                reader.readLine();
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    rows.add(line.split(",", -1));
                }
            }
            return rows;
        }

        private void assertPlaces(String name, Waypoints places) throws IOException {
            List<String[]> rows = rows(name + ".movement");
            int row = 0;
            for (int node = 0; node < places.nodes(); node++) {
                for (Waypoints.Point point : places.path(node)) {
                    String[] its = rows.get(row++);
                    assertEquals(node, Integer.parseInt(its[0]), name);
                    assertEquals(Double.parseDouble(its[1]), point.atS(), EXACT, () -> name + " " + its[0]);
                    assertEquals(Double.parseDouble(its[2]), point.x(), EXACT, () -> name + " " + its[0]);
                    assertEquals(Double.parseDouble(its[3]), point.y(), EXACT, () -> name + " " + its[0]);
                }
            }
            assertEquals(rows.size(), row);
        }

        private void assertTraffic(String name, List<Flow> flows, int gateway) throws IOException {
            List<String[]> rows = rows(name + ".traffic");
            assertEquals(rows.size(), flows.size());
            for (int i = 0; i < flows.size(); i++) {
                Flow flow = flows.get(i);
                String[] its = rows.get(i);
                assertEquals(Integer.parseInt(its[1]), flow.source());
                int destination = flow.destination() == Flow.ANY_GATEWAY ? gateway : flow.destination();
                assertEquals(Integer.parseInt(its[2]), destination);
                assertEquals(Double.parseDouble(its[3]), flow.startS(), EXACT);
                assertEquals(Double.parseDouble(its[4]), flow.stopS(), EXACT);
                assertEquals(Integer.parseInt(its[7]), flow.packets(), () -> name + " flow " + its[0]);
            }
        }

        @Test
        void the_grid_with_readings_every_10_s() throws IOException {
            assertPlaces("cc-grid4-n100-i10", Places.grid(100, 200));
            assertTraffic("cc-grid4-n100-i10", Traffic.converge(100, Set.of(0), 10, 140, 64, 1), 0);
        }

        @Test
        void the_grid_with_readings_every_60_s() throws IOException {
            assertTraffic("cc-grid4-n100-i60", Traffic.converge(100, Set.of(0), 60, 590, 64, 1), 0);
        }

        @Test
        void the_uniform_network() throws IOException {
            Waypoints places = Places.uniform(100, 1395, 1);
            int gateway = Places.nearest(places, 0, 0);

            assertPlaces("cc-uni-n100-i60", places);
            assertTraffic("cc-uni-n100-i60", Traffic.converge(100, Set.of(gateway), 60, 190, 64, 1), gateway);
        }

        @Test
        void the_kill() throws IOException {
            List<Traffic.Failure> failures = Traffic.kill(100, Set.of(0), 0.1, 70, 1);
            List<String[]> rows = rows("kill-grid4-n100-i10-s1.failures");

            assertEquals(rows.size(), failures.size());
            for (int i = 0; i < failures.size(); i++) {
                assertEquals(Integer.parseInt(rows.get(i)[1]), failures.get(i).node());
            }
            List<Flow> flows = Traffic.without(Traffic.converge(100, Set.of(0), 10, 140, 64, 1), failures);
            assertTraffic("kill-grid4-n100-i10-s1", flows, 0);
        }

        @Test
        void the_cmu_movement_of_900_s() throws IOException {
            assertPlaces("cmu900-20src-p0-s1", Places.randomWaypoint(50, 1500, 300, 20, 0, 0, 900, 1));
            assertTraffic("cmu900-20src-p0-s1", Traffic.peers(50, 20, 180, 0.25, 900, 64, 1), -1);
            assertTraffic("cmu900-10src-p0-s1", Traffic.peers(50, 10, 180, 0.25, 900, 64, 1), -1);
        }

        @Test
        void slices_of_the_cmu_movement() throws IOException {
            assertPlaces("base35-cmu20-p0-s1", Places.randomWaypoint(50, 1500, 300, 20, 0, 100, 35, 1));
            assertTraffic("base35-cmu20-p0-s1", Traffic.peers(50, 20, 5, 0.25, 35, 64, 1), -1);
            assertPlaces("base35-cmu20-p900-s1", Places.randomWaypoint(50, 1500, 300, 20, 900, 100, 35, 1));
            assertPlaces("cmu20-v20-p0-s1", Places.randomWaypoint(50, 1500, 300, 20, 0, 100, 45, 1));
            assertTraffic("cmu20-v20-p0-s1", Traffic.peers(50, 20, 5, 0.25, 45, 64, 1), -1);
        }
    }
}
