package io.thicket.sim.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SimFitCommandTest {
    private static final String LINKS = "from,to,rssi\na,b,-40\n";

    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    /** What {@code thicket sim fit} says of these two tables, without its heading. */
    private List<String> refused(String links, String nodes) throws IOException {
        Path one = Files.writeString(directory.resolve("l.csv"), links);
        Path other = Files.writeString(directory.resolve("n.csv"), nodes);
        assertEquals(2, SimLine.run(new StringWriter(), err, "sim", "fit", "" + one, "--nodes", "" + other));
        return err.toString()
                .lines()
                .skip(1)
                .map(line -> line.replace(directory + "/", ""))
                .toList();
    }

    @Test
    void each_mistake_in_the_places_names_their_file() throws IOException {
        assertEquals(
                List.of("n.csv: line 2: x 'here' is no number", "n.csv: line 4: y 'there' is no number"),
                refused(LINKS, "name,x,y\na,here,1\nb,2,2\nc,3,there\n"));
    }

    /** Of two files one had no name. */
    @Test
    void each_mistake_in_the_links_names_their_file() throws IOException {
        assertEquals(
                List.of("l.csv: line 2: rssi 'loud' is no number", "l.csv: line 3: rssi 'low' is no number"),
                refused("from,to,rssi\na,b,loud\nb,a,low\n", "name,x,y\na,1,1\n"));
    }

    @Test
    void a_missing_column_is_one_of_a_file() throws IOException {
        assertEquals(
                List.of("l.csv: line 1: there is no column from or tx or node; columns are to, rssi"),
                refused("to,rssi\nb,-40\n", "name,x,y\na,1,1\n"));
    }

    @Test
    void a_file_that_is_not_there_is_named_once() {
        StringWriter err = new StringWriter();

        assertEquals(2, SimLine.run(new StringWriter(), err, "sim", "fit", "nowhere.csv"));

        assertEquals("these links cannot be fitted\nthere is no file nowhere.csv\n", err.toString());
    }

    /** A scenario would refuse the section that comes of it. */
    @Test
    void a_power_that_no_scenario_takes_is_refused() throws IOException {
        Path links = Files.writeString(directory.resolve("links.csv"), "from,to,rssi,distance_m\na,b,-50,3\n");
        StringWriter err = new StringWriter();

        for (String dbm : List.of("999", "-31", "NaN")) {
            assertEquals(2, SimLine.run(new StringWriter(), err, "sim", "fit", "" + links, "--tx", dbm), dbm);
        }
        assertTrue(err.toString().contains("--tx is -30 to 40 dBm"), err::toString);
    }
}
