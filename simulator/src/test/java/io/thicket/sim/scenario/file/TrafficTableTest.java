package io.thicket.sim.scenario.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.thicket.agent.config.ConfigException;
import io.thicket.agent.config.ConfigProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Traffic of a table is sent as it is written, or told. */
final class TrafficTableTest {
    private static final String SCENARIO =
            "[scenario]\nduration = \"2min\"\n[nodes]\ncount = 3\n[[traffic]]\n" + "kind = \"csv\"\nfile = \"t.csv\"\n";

    @TempDir
    private Path directory;

    private Scenario read(String table) throws ConfigException, IOException {
        Files.writeString(directory.resolve("t.csv"), table);
        return ScenarioReader.parse(SCENARIO, "test.toml", directory, Overrides.NONE);
    }

    private List<String> problems(String table) {
        return assertThrows(ConfigException.class, () -> read(table)).problems().stream()
                .map(ConfigProblem::toString)
                .toList();
    }

    private static String told(String problem) {
        return "test.toml:7:1: [[traffic]] file t.csv: " + problem;
    }

    @Test
    void sizes_are_as_written_or_refused() throws ConfigException, IOException {
        assertEquals(
                List.of(
                        told("line 2: bytes = 11 is not 12 to 900"),
                        told("line 3: bytes = 901 is not 12 to 900"),
                        told("line 4: bytes '64.5' is not a whole number"),
                        told("line 5: bytes 'many' is no number"),
                        told("line 6: bytes = 1e10 is not 12 to 900")),
                problems("time_s,from,bytes\n60,1,11\n60,1,901\n60,1,64.5\n60,1,many\n60,1,1e10\n"));
        assertEquals(
                List.of(12, 900, 64, 100),
                read("time_s,from,bytes\n60,1,12\n61,1,900\n62,1,\n63,1,100.0\n").traffic().get(0).packets().stream()
                        .map(TrafficPlan.Packet::bytes)
                        .toList());
    }

    @Test
    void a_time_that_no_run_has_is_refused_with_what_is_allowed() {
        assertEquals(
                List.of(
                        told("line 2: time_s = -5.0 is not 0 to 604800"),
                        told("line 3: time_s = 604801.0 is not 0 to 604800")),
                problems("time_s,from\n-5,1\n604801,1\n"));
    }

    @Test
    void rows_after_the_end_are_counted() throws ConfigException, IOException {
        Scenario scenario = read("time_s,from\n119.9,1\n120,1\n300,2\n");

        assertEquals(1, scenario.traffic().get(0).packets().size());
        assertEquals(
                List.of(told("2 of 3 rows are not sent: the run ends at 2min")),
                scenario.warnings().stream().map(ConfigProblem::toString).toList());
        assertEquals(List.of(), read("time_s,from\n119.9,1\n").warnings());
    }

    @Test
    void a_packet_to_its_own_node_is_refused() {
        assertEquals(
                List.of(told("line 2: node n1 sends to itself")),
                problems("time_s,from,to\n60,1,n1\n60,1,2\n60,0,gateway\n"));
    }

    @Test
    void a_name_that_is_a_number_is_a_name_and_never_a_number() throws ConfigException, IOException {
        Files.writeString(directory.resolve("p.csv"), "name,x,y,role\n1,0,0,gateway\n2,50,0,\n3,90,0,\n");
        String scenario =
                "[scenario]\nduration = \"2min\"\n[nodes]\nlayout = \"file\"\nformat = \"positions\"\nfile = \"p.csv\"\n"
                        + "[[traffic]]\nkind = \"csv\"\nfile = \"t.csv\"\n";
        Files.writeString(directory.resolve("t.csv"), "time_s,from,to\n60,3,1\n61,\"2\",\n");

        List<TrafficPlan.Packet> packets = ScenarioReader.parse(scenario, "test.toml", directory, Overrides.NONE)
                .traffic()
                .get(0)
                .packets();

        assertEquals(
                List.of(2, 1), packets.stream().map(TrafficPlan.Packet::from).toList());
        assertEquals(
                List.of(0, TrafficPlan.ANY_GATEWAY),
                packets.stream().map(TrafficPlan.Packet::to).toList());
        Files.writeString(directory.resolve("t.csv"), "time_s,from,to\n60,0,1\n");
        assertEquals(
                "test.toml:9:1: [[traffic]] file t.csv: line 2: there is no node '0': nodes of this network are called by numbers, so a number is a name here",
                assertThrows(
                                ConfigException.class,
                                () -> ScenarioReader.parse(scenario, "test.toml", directory, Overrides.NONE))
                        .problems()
                        .get(0)
                        .toString());
    }

    @Test
    void nothing_goes_to_a_gateway_where_there_is_none() throws IOException {
        Files.writeString(directory.resolve("t.csv"), "time_s,from,to\n60,1,\n61,1,gateway\n62,1,2\n");
        String none = SCENARIO.replace("count = 3\n", "count = 3\ngateways = []\n");

        ConfigException refused = assertThrows(
                ConfigException.class, () -> ScenarioReader.parse(none, "test.toml", directory, Overrides.NONE));

        assertEquals(
                List.of(
                        told("line 2: goes to a gateway, but there is none").replace(":7:", ":8:"),
                        told("line 3: goes to a gateway, but there is none").replace(":7:", ":8:")),
                refused.problems().stream().map(ConfigProblem::toString).toList());
    }

    @Test
    void a_node_called_gateway_is_not_taken_for_any_gateway() throws ConfigException, IOException {
        String called = SCENARIO.replace("count = 3\n", "count = 3\nnames = [\"a\", \"gateway\", \"c\"]\n");
        Files.writeString(directory.resolve("t.csv"), "time_s,from,to\n60,c,gateway\n");

        ConfigException refused = assertThrows(
                ConfigException.class, () -> ScenarioReader.parse(called, "test.toml", directory, Overrides.NONE));

        assertEquals(
                told("line 2: 'gateway' is any gateway, and a node is called so, too")
                        .replace(":7:", ":8:"),
                refused.problems().get(0).toString());
        String only = called.replace("count = 3\n", "count = 3\ngateways = [\"gateway\"]\n");
        assertEquals(
                TrafficPlan.ANY_GATEWAY,
                ScenarioReader.parse(only, "test.toml", directory, Overrides.NONE)
                        .traffic()
                        .get(0)
                        .packets()
                        .get(0)
                        .to());
    }

    @Test
    void a_table_without_rows_is_warned_of() throws ConfigException, IOException {
        assertEquals(
                List.of(told("no rows, so nothing is sent")),
                read("time_s,from\n").warnings().stream()
                        .map(ConfigProblem::toString)
                        .toList());
    }
}
