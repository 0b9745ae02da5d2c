package io.thicket.sim.scenario.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.agent.config.ConfigException;
import io.thicket.sim.scenario.ns3.Waypoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MobilityTest {
    private static final String WALKERS = """
            [scenario]
            duration = "2h"
            [nodes]
            count = 9
            [mobility]
            model = "gauss_markov"
            speed = 2
            speed_deviation = %s
            memory = %s
            """;

    @TempDir
    private Path directory;

    private Scenario read(String text) throws ConfigException {
        return ScenarioReader.parse(text, "test.toml", directory, Overrides.NONE);
    }

    private String problems(String text) {
        return String.valueOf(
                assertThrows(ConfigException.class, () -> read(text)).getMessage());
    }

    private static double metres(Waypoints.Point from, Waypoints.Point to) {
        return Math.hypot(to.x() - from.x(), to.y() - from.y());
    }

    /** Cosine of the angle between the steps before and after a point, on average. */
    private static double straightness(Waypoints positions) {
        double sum = 0;
        int count = 0;
        for (int node = 1; node < 9; node++) {
            List<Waypoints.Point> path = positions.path(node);
            for (int i = 2; i < path.size(); i++) {
                Waypoints.Point a = path.get(i - 2);
                Waypoints.Point b = path.get(i - 1);
                Waypoints.Point c = path.get(i);
                double product = metres(a, b) * metres(b, c);
                if (product > 0) {
                    sum += ((b.x() - a.x()) * (c.x() - b.x()) + (b.y() - a.y()) * (c.y() - b.y())) / product;
                    count++;
                }
            }
        }
        return sum / count;
    }

    @Test
    void gauss_markov_keeps_the_mean_speed_the_area_and_gateways_in_place() throws ConfigException {
        Waypoints positions = read(WALKERS.formatted("0.5", "0.85")).nodes().positions();

        double way = 0;
        for (int node = 1; node < 9; node++) {
            List<Waypoints.Point> path = positions.path(node);
            for (int i = 1; i < path.size(); i++) {
                way += metres(path.get(i - 1), path.get(i));
                assertTrue(path.get(i).x() >= 0 && path.get(i).x() <= 400, () -> "outside");
                assertTrue(path.get(i).y() >= 0 && path.get(i).y() <= 400, () -> "outside");
            }
        }
        assertEquals(1, positions.path(0).size());
        assertEquals(2, way / 8 / 7200, 0.1); // borders take a little
    }

    /** Of 400 nodes in 400 m x 400 m, of which one is a gateway. */
    private Waypoints wanderers(String keys) throws ConfigException {
        return read("[scenario]\nduration = \"10min\"\n[nodes]\ncount = 400\nspacing = 21.05263\n[mobility]\n" + keys)
                .nodes()
                .positions();
    }

    /** Share of the nodes that are on their way at this time. */
    private static double moving(Waypoints positions, double atS) {
        int moving = 0;
        for (int node = 1; node < 400; node++) {
            List<Waypoints.Point> path = positions.path(node);
            for (int i = 1; i < path.size(); i++) {
                boolean then = path.get(i - 1).atS() <= atS && atS < path.get(i).atS();
                moving += then && metres(path.get(i - 1), path.get(i)) > 0 ? 1 : 0;
            }
        }
        return moving / 399.0;
    }

    /**
     * Two places of a square are 0.5214 sides apart on average, and a metre takes ln(max / min) / (max - min) on average. The standard error of a share of 399 is at most 0.025.
     */
    @ParameterizedTest
    @CsvSource({
        "5, 10, 30min, 1800",
        "5, 10, 20min, 1200",
        "5, 10, 1min, 60",
        "0.5, 2, 200s, 200",
        "0.02, 0.04, 1h, 3600",
        "0.5, 2, 0s, 0"
    })
    void as_many_nodes_walk_at_any_time_as_ways_are_part_of_ways_and_pauses(
            double slowest, double fastest, String pause, double pauseS) throws ConfigException {
        Waypoints positions =
                wanderers("speed_min = " + slowest + "\nspeed_max = " + fastest + "\npause = \"" + pause + "\"\n");
        double wayS = 0.5214 * 400 * Math.log(fastest / slowest) / (fastest - slowest);

        for (double atS : new double[] {0, 150, 300, 590}) {
            assertEquals(wayS / (wayS + pauseS), moving(positions, atS), 0.08, () -> "at " + atS + " s");
        }
    }

    @Test
    void no_two_nodes_set_out_together() throws ConfigException {
        Waypoints positions = wanderers("speed_min = 5\nspeed_max = 10\npause = \"20min\"\n");
        Set<Double> starts = new HashSet<>();
        int standing = 0;
        for (int node = 1; node < 400; node++) {
            List<Waypoints.Point> path = positions.path(node);
            if (metres(path.get(0), path.get(1)) == 0) {
                standing++;
                starts.add(path.get(1).atS());
            }
        }
        long early = starts.stream().filter(atS -> atS < 600).count();

        assertEquals(standing, starts.size());
        // Those who stand at the start have any part of 20 min left.
        assertEquals(0.5, (double) early / standing, 0.1);
    }

    @Test
    void with_more_memory_the_way_is_straighter() throws ConfigException {
        double none = straightness(read(WALKERS.formatted("0", "0")).nodes().positions());
        double usual = straightness(read(WALKERS.formatted("0", "0.85")).nodes().positions());
        double much = straightness(read(WALKERS.formatted("0", "0.98")).nodes().positions());

        assertTrue(none < usual && usual < much, () -> none + ", " + usual + ", " + much);
    }

    /** As other systems name it. */
    @Test
    void a_table_of_movement_may_end_in_capitals() throws ConfigException, IOException {
        Files.writeString(directory.resolve("WALK.CSV"), "time,node,x,y\n0,n1,3,4\n");

        Waypoints positions = read("[nodes]\ncount = 4\n[mobility]\nmodel = \"trace\"\nfile = \"WALK.CSV\"\n")
                .nodes()
                .positions();

        assertEquals(3, positions.x(1, 0));
    }

    @Test
    void a_table_of_movement_is_followed_in_straight_lines() throws IOException, ConfigException {
        Files.writeString(
                directory.resolve("walk.csv"), "time,node,x,y\n10,n1,0,0\n20,n1,100,50\n# a comment\n0,2,5,5\n");
        Waypoints positions = read("[nodes]\ncount = 4\n[mobility]\nmodel = \"trace\"\nfile = \"walk.csv\"\n")
                .nodes()
                .positions();

        assertEquals(0, positions.x(1, 0));
        assertEquals(50, positions.x(1, 15_000_000));
        assertEquals(25, positions.y(1, 15_000_000));
        assertEquals(100, positions.x(1, 900_000_000));
        assertEquals(5, positions.x(2, 0));
        assertEquals(200, positions.x(3, 0)); // as the layout says
    }

    /** As ns-2's setdest writes it, its god's distances on the way among them. */
    @Test
    void a_file_of_ns_2_s_setdest_is_followed() throws IOException, ConfigException {
        Files.writeString(directory.resolve("scen"), """
                #
                # nodes: 2, pause: 0.00, max speed: 20.00, max x: 500.00, max y: 500.00
                #
                $node_(1) set X_ 100.000000000000
                $node_(1) set Y_ 0.000000000000
                $node_(1) set Z_ 0.000000000000
                set god_ [God instance]
                $god_ set-dist 0 1 1
                $ns_ at 10.000000000000 "$node_(1) setdest 200.0 0.0 10.0"
                $ns_ at 12.050372719267 "$god_ set-dist 0 1 16777215"
                $ns_ at 20.000000000000 "$node_(1) setdest 200.0 50.0 5.0"
                # Route Changes: 1
                """);
        Waypoints positions = read("[nodes]\ncount = 4\n[mobility]\nmodel = \"trace\"\nfile = \"scen\"\n")
                .nodes()
                .positions();

        assertEquals(150, positions.x(1, 15_000_000));
        assertEquals(25, positions.y(1, 25_000_000));
        assertEquals(50, positions.y(1, 900_000_000));
    }

    @Test
    void movement_before_the_start_or_backwards_is_refused() throws IOException {
        String file = "[nodes]\ncount = 4\n[mobility]\nmodel = \"trace\"\nfile = \"scen\"\n";
        String places = "$node_(1) set X_ 0\n$node_(1) set Y_ 0\n";
        Files.writeString(directory.resolve("scen"), places + "$ns_ at -50 \"$node_(1) setdest 100 0 1\"\n");
        assertTrue(problems(file).contains("scen: line 3: the time -50 is less than 0"), () -> problems(file));
        Files.writeString(directory.resolve("scen"), places + "$ns_ at 50 \"$node_(1) setdest 100 0 -1\"\n");
        assertTrue(problems(file).contains("scen: line 3: the speed -1 is less than 0"), () -> problems(file));
    }

    /** Else nodes would stand still from some time on, without a word. */
    @Test
    void more_ways_than_are_possible_are_refused() {
        String fast = problems(
                "[scenario]\nduration = \"10min\"\n[mobility]\nspeed_min = 1000\nspeed_max = 1000\nwidth = 1\nheight = 1\n");
        assertTrue(fast.contains("test.toml:5:1: [mobility] a node turns or stops more than 100000 times"), fast);
    }

    @Test
    void wrong_movement_is_told_with_its_place() throws IOException {
        String file = "[nodes]\ncount = 4\n[mobility]\nmodel = \"trace\"\nfile = \"walk.csv\"\n";
        Files.writeString(directory.resolve("walk.csv"), "time,node,x,y\n10,1,0,0\n10,1,1,1\n");
        assertTrue(problems(file).contains("test.toml:5:1: [mobility] file walk.csv: line 3: time 10.0 is not later"));
        Files.writeString(directory.resolve("walk.csv"), "time,node,x,y\n10,n9,0,0\n");
        assertTrue(problems(file).contains("there is no node 'n9'"), () -> problems(file));
        Files.writeString(directory.resolve("walk.csv"), "time,node,x\n");
        assertTrue(problems(file).contains("there is no column y"), () -> problems(file));

        String steps = problems(
                "[mobility]\nmodel = \"gauss_markov\"\nstep = \"10ms\"\nmemory = 2\n[scenario]\nduration = \"1h\"\n");
        assertTrue(steps.contains("test.toml:3:1: [mobility] is 360000 steps where 100000 are possible"), steps);
        assertTrue(steps.contains("test.toml:4:1: [mobility] memory = 2 is not 0 to 1"), steps);
    }

    @Test
    void places_beyond_all_distances_are_refused_as_those_of_positions_are() throws IOException {
        String file = "[nodes]\ncount = 2\n[mobility]\nmodel = \"trace\"\nfile = \"%s\"\n";
        Files.writeString(directory.resolve("far.csv"), "time,node,x,y\n0,1,1e308,0\n10,1,-1e308,0\n");
        Files.writeString(directory.resolve("far.tcl"), "$node_(0) set X_ 1e300\n$node_(0) set Y_ 0\n");

        assertTrue(problems(file.formatted("far.csv")).contains("line 2: a position of 1.0E308, 0.0 m"));
        assertTrue(problems(file.formatted("far.tcl")).contains("a position of 1.0E300, 0.0 m"));
    }
}
