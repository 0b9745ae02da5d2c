package io.thicket.sim.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.agent.config.ConfigException;
import io.thicket.sim.lab.RunFigures;
import io.thicket.sim.recording.RunFileReader;
import io.thicket.sim.scenario.file.Overrides;
import io.thicket.sim.scenario.file.Scenario;
import io.thicket.sim.scenario.file.ScenarioReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RunRecordingTest {
    private static final String LINE = """
            [scenario]
            duration = "4min"
            warm_up = "0s"
            [nodes]
            layout = "line"
            count = 4
            [[traffic]]
            interval = "10s"
            [[fault]]
            kind = "crash"
            nodes = [1]
            at = "100s"
            for = "30s"
            """;

    @TempDir
    private Path directory;

    private static Scenario scenario(String text) throws ConfigException {
        return ScenarioReader.parse(text, "test.toml", Path.of("."), Overrides.NONE);
    }

    private ScenarioRun record(Scenario scenario, Path path) throws IOException {
        ScenarioRun run = new ScenarioRun(scenario);
        try (RunRecording recording = new RunRecording(scenario, run, "test", path)) {
            run.run(recording.with((simulatedUs, events) -> true));
            recording.end(run);
        }
        return run;
    }

    private static List<String> events(Path path) throws IOException {
        List<String> lines = new ArrayList<>();
        try (RunFileReader reader = RunFileReader.open(path)) {
            for (int i = 0; i < reader.blocks().size(); i++) {
                reader.block(i).lines().forEach(lines::add);
            }
        }
        return lines;
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "code = \"router\"", "protocol = \"aodv\"", "protocol = \"babel\""})
    void a_run_is_the_same_whether_it_is_recorded_or_not(String routing) throws ConfigException, IOException {
        Scenario scenario = scenario(LINE + "[routing]\n" + routing + "\n");
        ScenarioRun plain = new ScenarioRun(scenario);
        plain.run((simulatedUs, events) -> true);

        RunFigures recorded = record(scenario, directory.resolve("a.run")).figures();

        assertEquals(plain.figures().traceHash(), recorded.traceHash());
        assertEquals(plain.figures().events(), recorded.events());
        assertEquals(plain.figures().delivered(), recorded.delivered());
    }

    /** Node 3 is alone from 60 s on: what it has for node 1 cannot be sent, and the burst is more than may wait. */
    @ParameterizedTest
    @ValueSource(strings = {"agent", "router"})
    void a_packet_between_nodes_that_its_origin_gives_up_is_lost(String code) throws ConfigException, IOException {
        Path path = directory.resolve("a.run");
        RunFigures figures = record(scenario("""
                                [scenario]
                                duration = "4min"
                                warm_up = "0s"
                                [nodes]
                                layout = "line"
                                count = 4
                                [routing]
                                code = "%s"
                                [[traffic]]
                                from = [3]
                                to = 1
                                interval = "5s"
                                [[traffic]]
                                kind = "burst"
                                from = [3]
                                to = 1
                                interval = "90s"
                                count = 2400
                                spacing = "2ms"
                                [[fault]]
                                kind = "partition"
                                nodes = [3]
                                at = "60s"
                                """.formatted(code)), path).figures();

        List<String> events = events(path);

        assertTrue(figures.givenUp() > 0);
        assertEquals(figures.givenUp(), count(events, "\"k\":\"lost\""));
        assertTrue(count(events, "\"why\":\"NOT_IN_TIME\"") > 0);
        assertTrue(count(events, "\"why\":\"TOO_MANY_WAIT\"") > 0);
    }

    @Test
    void a_reading_can_be_followed_from_its_sensor_to_the_broker() throws ConfigException, IOException {
        Path path = directory.resolve("a.run");
        RunFigures figures = record(scenario(LINE), path).figures();

        List<String> events = events(path);

        assertEquals(figures.offered(), count(events, "\"k\":\"offer\""));
        assertEquals(figures.delivered(), count(events, "\"k\":\"done\""));
        String offer = events.stream()
                .filter(line -> line.contains("\"k\":\"offer\",\"n\":3"))
                .findFirst()
                .orElseThrow();
        String packet = offer.replaceAll(".*\"p\":([0-9]+).*", "$1");
        List<String> its = events.stream()
                .filter(line -> line.contains("\"p\":[" + packet + "]") && line.contains("\"k\":\"rx\""))
                .filter(line -> line.contains("\"DATA\""))
                .map(line -> line.replaceAll(".*\"n\":([0-9]+),\"to\":([0-9]+).*", "$1>$2"))
                .toList();
        assertEquals(List.of("3>2", "2>1", "1>0"), its);
        assertTrue(events.stream()
                .anyMatch(line -> line.contains("\"E2E_ACK\"") && line.contains("\"p\":[" + packet + "]")));
    }

    @Test
    void faults_power_and_links_are_in_it() throws ConfigException, IOException {
        Path path = directory.resolve("a.run");
        record(scenario(LINE), path);

        List<String> events = events(path);

        assertEquals(2, count(events, "\"k\":\"fault\""));
        assertEquals(1, count(events, "\"k\":\"power\",\"n\":1,\"on\":0"));
        assertEquals(2, count(events, "\"k\":\"power\",\"n\":1,\"on\":1"));
        assertTrue(events.stream()
                .anyMatch(line -> line.contains("\"k\":\"node\",\"n\":2")
                        && line.contains("\"next\":1")
                        && line.contains("[1,\"TWO_WAY\",")));
    }

    /** The page showed a node without power for up to a second after it had started. */
    @ParameterizedTest
    @ValueSource(strings = {"agent", "router"})
    void a_node_that_starts_is_up_at_once(String code) throws ConfigException, IOException {
        Path path = directory.resolve("a.run");
        record(scenario(LINE + "[routing]\ncode = \"" + code + "\"\n"), path);

        List<String> events = events(path);

        int starts = 0;
        for (int i = 0; i < events.size(); i++) {
            if (events.get(i).contains("\"k\":\"power\"") && events.get(i).contains("\"on\":1")) {
                starts++;
                String node = events.get(i)
                        .replaceAll("(.*)\"k\":\"power\",(\"n\":[0-9]+),.*", "$1\"k\":\"node\",$2,\"up\":1");
                assertTrue(events.get(i + 1).startsWith(node), node + " | " + events.get(i + 1));
            }
        }
        assertEquals(5, starts);
    }

    private static int count(List<String> events, String part) {
        return (int) events.stream().filter(line -> line.contains(part)).count();
    }

    @Test
    void a_fault_is_recorded_when_it_begins_and_ends_and_among_what_happens_then() throws ConfigException, IOException {
        Path path = directory.resolve("a.run");
        record(scenario(LINE.replace("100s", "99950ms").replace("30s", "30001ms")), path);

        List<String> events = events(path);

        assertEquals(
                List.of("99950000,1", "129951000,0"),
                events.stream()
                        .filter(line -> line.contains("\"k\":\"fault\""))
                        .map(line -> line.replaceAll(".*\"t\":([0-9]+).*\"on\":([01]).*", "$1,$2"))
                        .toList());
        List<Long> times = events.stream()
                .map(line -> Long.valueOf(line.replaceAll(".*\"t\":([0-9]+).*", "$1")))
                .toList();
        assertEquals(times.stream().sorted().toList(), times);
    }
}
