package io.thicket.sim.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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

    /** What is said on standard error of these two tables, none of whose rows can be used. */
    private String unmatched(int code, String links, String nodes, String... more) throws IOException {
        StringWriter err = new StringWriter();
        Path one = Files.writeString(directory.resolve("l.csv"), links);
        Path other = Files.writeString(directory.resolve("n.csv"), nodes);
        List<String> words = new ArrayList<>(List.of("sim", "fit", "" + one, "--nodes", "" + other));
        words.addAll(List.of(more));
        assertEquals(code, SimLine.run(new StringWriter(), err, words.toArray(String[]::new)), err::toString);
        return err.toString().replace(directory + "/", "");
    }

    @Test
    void names_without_a_place_are_told_with_file_and_column() throws IOException {
        assertEquals(
                "nothing of these links can be fitted\n"
                        + "l.csv: 2 rows read, of 0 both names (columns from and to: a, b) are in column name of n.csv"
                        + " (n1, n2): write the names alike in both files, or add a column distance_m\n"
                        + "l.csv: 2 rows read, of 0 there is a share delivered: add a column pdr, shares of 0 to 1\n",
                unmatched(1, "from,to,rssi\na,b,-40\nb,a,-41\n", "name,x,y\nn1,0,0\nn2,9,9\n"));
    }

    @Test
    void a_column_without_numbers_is_told() throws IOException {
        String told = unmatched(1, "from,to,rssi,pdr,distance_m\na,b,-40,,\nb,a,-41,,\n", "name,x,y\na,0,0\nb,9,9\n");

        assertTrue(told.contains("l.csv: 2 rows read, of 0 there is a distance (column distance_m)"), told);
        assertTrue(told.contains("take the column out, so that places of n.csv count"), told);
        assertTrue(told.contains("l.csv: 2 rows read, of 0 there is a share delivered (column pdr)"), told);
        String silent = unmatched(1, "from,to,rssi\na,b,\nb,a,\n", "name,x,y\na,0,0\nb,9,9\n");
        assertTrue(
                silent.contains("l.csv: 2 rows read, of 0 there are two names and a signal (columns from, to, rssi)"),
                silent);
    }

    @Test
    void a_value_that_no_row_has_is_told_with_those_there_are() throws IOException {
        String told = unmatched(
                1,
                "from,to,rssi,site\na,b,-40,hall\nb,a,-41,yard\n",
                "name,x,y\na,0,0\nb,9,9\n",
                "--where",
                "site=Hall");

        assertEquals(
                "nothing of these links can be fitted\nl.csv: 2 rows read, 0 have site = Hall (--where): column site has"
                        + " hall, yard\n",
                told);
    }

    /** The share delivered is fitted, and the distances that were given are not used. */
    @Test
    void what_matches_nothing_is_a_warning_if_something_else_can_be_fitted() throws IOException {
        StringBuilder links = new StringBuilder("from,to,rssi,pdr\n");
        for (int i = 0; i < 20; i++) {
            links.append("a")
                    .append(i)
                    .append(",b,")
                    .append(-60 - 2 * i)
                    .append(',')
                    .append(1 - i / 20.0)
                    .append('\n');
        }

        String told = unmatched(0, links.toString(), "name,x,y\nn1,0,0\nn2,9,9\n");

        assertTrue(told.startsWith("warning: l.csv: 20 rows read, of 0 both names"), told);
        assertTrue(told.contains("a0, b, a1, a2, a3, ..."), told);
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
