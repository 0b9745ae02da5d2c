package io.thicket.sim.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.agent.config.ConfigException;
import io.thicket.sim.lab.LabObserver;
import io.thicket.sim.lab.Measured;
import io.thicket.sim.lab.RunFigures;
import io.thicket.sim.scenario.file.Overrides;
import io.thicket.sim.scenario.file.Scenario;
import io.thicket.sim.scenario.file.ScenarioReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SensorValuesTest {
    private static final String LINE = """
            [scenario]
            duration = "3min"
            warm_up = "0s"
            [nodes]
            layout = "line"
            count = 3
            [[traffic]]
            interval = "10s"
            """;

    @TempDir
    private Path directory;

    private Scenario scenario(String text) throws ConfigException {
        return ScenarioReader.parse(text, "test.toml", directory, Overrides.NONE);
    }

    private double value(String text, int node, long atS) throws ConfigException {
        return new SensorValues(scenario(text)).at(node, atS * 1_000_000).get(0).value();
    }

    @Test
    void a_day_is_a_sine_with_its_top_in_the_afternoon() throws ConfigException {
        String day = LINE + "[[sensor]]\nname = \"t\"\nunit = \"Cel\"\nsource = \"sine\"\nvalue = 15\namplitude = 8\n";

        assertEquals(23, value(day, 1, 14 * 3_600));
        assertEquals(7, value(day, 1, 2 * 3_600));
        assertEquals(15, value(day, 1, 8 * 3_600));
        assertTrue(new SensorValues(scenario(day)).at(0, 0).isEmpty(), "a gateway has no sensor");
    }

    @Test
    void a_walk_stays_within_its_borders_and_is_the_same_each_time() throws ConfigException {
        String text = LINE
                + "[[sensor]]\nname = \"h\"\nsource = \"random_walk\"\nvalue = 50\nstep = 5\nevery = \"1s\"\nmin = 40\nmax = 60\n";
        SensorValues one = new SensorValues(scenario(text));
        double least = 50;
        double most = 50;
        for (long second = 1; second <= 1_000; second++) {
            double now = one.at(1, second * 1_000_000).get(0).value();
            least = Math.min(least, now);
            most = Math.max(most, now);
        }

        assertTrue(least >= 40 && most <= 60 && least < 42 && most > 58, least + " to " + most);
        assertEquals(one.at(1, 1_000_000_000L), new SensorValues(scenario(text)).at(1, 1_000_000_000L));
        assertTrue(value(text, 1, 1_000) != value(text, 2, 1_000), "all nodes are alike");
    }

    @Test
    void a_table_holds_each_value_until_the_next_one() throws ConfigException, IOException {
        Files.writeString(directory.resolve("v.csv"), "time_s,node,value\n10,n1,1.5\n20,,2\n30,n2,3\n");
        String text = LINE + "[[sensor]]\nname = \"v\"\nsource = \"csv\"\nfile = \"v.csv\"\n";

        assertTrue(new SensorValues(scenario(text)).at(1, 9_000_000).isEmpty());
        assertEquals(1.5, value(text, 1, 10));
        assertEquals(2, value(text, 1, 500));
        assertEquals(3, value(text, 2, 500));
    }

    @Test
    void a_table_that_contradicts_itself_is_refused() throws IOException {
        Files.writeString(directory.resolve("v.csv"), "time_s,value,node\n0,1,n1\n0,99,n1\n5,1,\n5,2,\n5,2,n1\n");
        String text = LINE + "[[sensor]]\nname = \"v\"\nsource = \"csv\"\nfile = \"v.csv\"\n";

        assertEquals(
                "test.toml:12:1: [[sensor]] file v.csv: line 3: node n1 has a value at 0.0 s already\n"
                        + "test.toml:12:1: [[sensor]] file v.csv: line 5: there is a value for all at 5.0 s already\n2 problems",
                assertThrows(ConfigException.class, () -> scenario(text)).getMessage());
    }

    @Test
    void the_value_of_a_node_goes_before_one_for_all_of_the_same_time() throws ConfigException, IOException {
        Files.writeString(directory.resolve("v.csv"), "time_s,value,node\n5,25,n1\n5,20,\n");
        String text = LINE + "[[sensor]]\nname = \"v\"\nsource = \"csv\"\nfile = \"v.csv\"\n";

        assertEquals(25, value(text, 1, 10));
        assertEquals(20, value(text, 2, 10));
    }

    /** A table may be of a larger site, or of several sections. */
    @Test
    void rows_of_nodes_that_have_no_such_sensor_are_told() throws ConfigException, IOException {
        Files.writeString(directory.resolve("v.csv"), "time_s,value,node\n0,1,n1\n0,5,n2\n9,6,n2\n");
        String text = LINE + "[[sensor]]\nname = \"v\"\nnodes = [1]\nsource = \"csv\"\nfile = \"v.csv\"\n";

        assertEquals(
                List.of(
                        "test.toml:13:1: [[sensor]] file v.csv: 2 of 3 rows do nothing: they are of nodes that the section does not have, such as n2"),
                scenario(text).warnings().stream()
                        .map(warning -> warning.toString().lines().findFirst().orElse(""))
                        .toList());
    }

    @Test
    void the_broker_gets_what_was_measured_and_a_stuck_sensor_says_the_same_again() throws ConfigException {
        String text = LINE
                + "[[sensor]]\nname = \"t\"\nunit = \"Cel\"\nsource = \"random_walk\"\nstep = 1\nevery = \"1s\"\ndecimals = 3\n"
                + "[[sensor]]\nname = \"h\"\nunit = \"%RH\"\nvalue = 40\n"
                + "[[fault]]\nkind = \"sensor\"\nmode = \"stuck\"\nnodes = [2]\nat = \"60s\"\nfor = \"60s\"\n";
        ScenarioRun run = new ScenarioRun(scenario(text));
        Map<String, String> published = new TreeMap<>();
        run.lab().observe(new LabObserver() {
            @Override
            public void published(long nowUs, int source, long number, String payload) {
                published.put(source + "/" + number, payload);
            }
        });
        run.run((simulatedUs, events) -> true);
        RunFigures figures = run.figures();

        assertEquals(figures.offered(), figures.delivered());
        assertEquals(figures.offered(), published.size());
        int[] numbers = new int[3];
        for (RunFigures.PacketRecord packet : figures.packets()) {
            String payload = published.get(packet.from() + "/" + ++numbers[packet.from()]);
            Measured temperature = packet.values().get(0);
            assertTrue(payload.contains("\"v\":" + temperature.value()), () -> temperature + " is not in " + payload);
            assertTrue(payload.contains("\"u\":\"%RH\""), payload);
        }
        List<Double> stuck = figures.packets().stream()
                .filter(packet ->
                        packet.from() == 2 && packet.createdUs() >= 60_000_000 && packet.createdUs() < 120_000_000)
                .map(packet -> packet.values().get(0).value())
                .distinct()
                .toList();
        assertEquals(1, stuck.size());
        assertTrue(PacketCsv.of(RunSummary.of(scenario(text), run, "test", 1, 1, 0))
                .contains(" Cel;h=40 %RH,2,ARRIVED,\n"));
    }

    @Test
    void wrong_sensors_are_told_all_at_once() throws IOException {
        Files.writeString(directory.resolve("v.csv"), "time_s,value\n10,warm\n");
        String text = LINE
                + "[[sensor]]\nname = \"a b\"\nsource = \"sinus\"\n"
                + "[[sensor]]\nname = \"t\"\n[[sensor]]\nname = \"t\"\nnodes = [1]\nsource = \"random_walk\"\nmin = 30\n"
                + "[[sensor]]\nname = \"v\"\nsource = \"csv\"\nfile = \"v.csv\"\n";

        String told = String.valueOf(
                assertThrows(ConfigException.class, () -> scenario(text)).getMessage());

        assertTrue(told.contains("test.toml:10:1: [[sensor]] name 'a b' is no name of a value"), told);
        assertTrue(
                told.contains(
                        "test.toml:11:1: [[sensor]] source 'sinus' is not one of constant, sine, random_walk, csv"),
                told);
        assertTrue(told.contains("test.toml:15:1: [[sensor]] node n1 has a 't' already"), told);
        assertTrue(told.contains("[[sensor]] value = 20.0 is not between min and max"), told);
        assertTrue(told.contains("[[sensor]] file v.csv: line 2: value 'warm' is no number"), told);
    }
}
