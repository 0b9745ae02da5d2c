package io.thicket.sim.scenario.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.agent.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SweepSectionTest {
    @TempDir
    private Path directory;

    private SweepPlan plan(String text) throws IOException, ConfigException {
        return ScenarioReader.sweep(Files.writeString(directory.resolve("a.toml"), text));
    }

    @Test
    void a_section_says_what_to_vary() throws Exception {
        SweepPlan plan = plan("""
                [nodes]
                count = 3
                [sweep]
                seeds = "1..3"
                precision = 0.05
                figure = "latencyMs.p95"
                [sweep.set]
                nodes.count = [10, 20]
                radio.loss = "0..0.2:0.1"
                traffic.0.interval = ["10s", "1min"]
                """);

        assertEquals(12, plan.points().size());
        assertEquals(
                "nodes.count=10 radio.loss=0.0 traffic.0.interval=1min",
                plan.points().get(1).toString());
        assertEquals(List.of(1L, 2L, 3L), plan.seeds());
        assertEquals(Optional.of(0.05), plan.precision());
    }

    @Test
    void a_file_without_one_is_run_as_it_is_with_ten_seeds() throws Exception {
        SweepPlan plan = plan("[nodes]\ncount = 3\n");

        assertEquals(1, plan.points().size());
        assertEquals(10, plan.seeds().size());
    }

    @Test
    void everything_that_is_wrong_is_told_at_once_with_its_place() {
        ConfigException problem = assertThrows(ConfigException.class, () -> plan("""
                [sweep]
                seeds = "5..1"
                figure = "pdr"
                batch = 1
                presicion = 0.1
                [sweep.set]
                nodes.count = 3
                loss = [1]
                radio.loss = "0..0.5"
                """));

        String text = String.valueOf(problem.getMessage());
        for (String each : List.of(
                "a.toml:2:1: [sweep] seeds: '5..1' is no range",
                "a.toml:3:1: [sweep] figure is for a precision",
                "a.toml:4:1: [sweep] batch = 1 is not 2 to 1000",
                "a.toml:5:1: [sweep] has no key 'presicion'",
                "a.toml:7:1: [sweep] set: nodes.count is no list",
                "a.toml:8:1: [sweep] set: 'loss' is no SECTION.KEY",
                "a.toml:9:1: [sweep] set: '0..0.5' needs a step")) {
            assertTrue(text.contains(each), () -> each + "\n in \n" + text);
        }
    }

    @Test
    void a_scenario_may_have_one() throws Exception {
        Path file =
                Files.writeString(directory.resolve("a.toml"), "[sweep]\nseeds = 3\n[sweep.set]\nnodes.count = [3]\n");

        assertEquals(25, ScenarioReader.read(file, Overrides.NONE).nodes().count());
        Files.writeString(file, "[sweep]\nseeds = 0\n");
        assertThrows(ConfigException.class, () -> ScenarioReader.read(file, Overrides.NONE));
    }

    /** Its runs would be the same ones again, and an interval of both narrower than it is. */
    @Test
    void a_value_that_is_there_twice_is_one() {
        SweepPlan plan = new SweepPlan(
                Map.of("radio.loss", List.of(0.1, 0.1, 0.2)), List.of(1L, 2L), Optional.empty(), "pdr", 5);

        assertEquals(Map.of("radio.loss", List.of(0.1, 0.2)), plan.values());
    }

    /** A file of results has them as one: runs that were done were not found again. */
    @Test
    void a_number_in_two_spellings_is_one_value() throws Exception {
        SweepPlan plan = plan("[sweep.set]\nradio.loss = [0, 0.0, 0.10, 0.1]\nnodes.count = [3, 30]\n");

        assertEquals(Map.of("radio.loss", List.of(0L, 0.1), "nodes.count", List.of(3L, 30L)), plan.values());
    }

    /** The same within a list; found when both sides began to use one way to tell values apart. */
    @Test
    void a_list_with_a_number_in_two_spellings_is_one_value() {
        SweepPlan plan = new SweepPlan(
                Map.of("nodes.gateways", List.of(List.of(0L), List.of(0.0))), List.of(1L), Optional.empty(), "pdr", 5);

        assertEquals(Map.of("nodes.gateways", List.of(List.of(0L))), plan.values());
    }

    /** Whoever wrote four values and gets two points should not have to count to find out. */
    @Test
    void equal_seeds_are_told_as_they_are_spelt() {
        assertEquals(
                Optional.of("24301 (as 0x5eed, too) is there more than once; it is run once"),
                Repeats.ofSeeds("24301,7,0x5eed"));
        assertEquals(
                Optional.of("2, 0x3 (as 3, too) are there more than once; they are run once"),
                Repeats.ofSeeds("2,0x3,1..4"));
        assertEquals(Optional.empty(), Repeats.ofSeeds("1..4,0x5"));
    }

    @Test
    void values_and_seeds_that_are_there_twice_are_told() throws Exception {
        Path file = Files.writeString(directory.resolve("a.toml"), """
                [sweep]
                seeds = [1, "1..2", 3]
                [sweep.set]
                radio.loss = [0, 0.0, 0.1, 0.10]
                nodes.count = [3, 4]
                """);

        List<String> told = ScenarioReader.read(file, Overrides.NONE).warnings().stream()
                .map(Object::toString)
                .toList();

        assertEquals(2, told.size(), told::toString);
        assertTrue(
                told.get(0).contains("a.toml:2:1: [sweep] seeds: 1 is there more than once; it is run once"),
                told::toString);
        assertTrue(
                told.get(1)
                        .contains(
                                "[sweep] set: radio.loss has equal values (0 and 0.0, 0.1 and 0.1); they are run once"),
                told::toString);
    }

    @Test
    void keys_of_which_one_overwrites_the_other_are_refused() {
        ConfigException problem = assertThrows(
                ConfigException.class,
                () -> plan(
                        "[sweep.set]\ntraffic.interval = [\"5s\", \"6s\"]\ntraffic.1.interval = [\"7s\", \"8s\"]\n"));

        assertTrue(
                String.valueOf(problem.getMessage())
                        .contains("traffic.interval and traffic.1.interval cannot both be varied"),
                problem::getMessage);
    }

    @Test
    void a_key_that_is_set_twice_is_refused() {
        IllegalArgumentException problem = assertThrows(
                IllegalArgumentException.class,
                () -> Setting.parseAll(List.of("nodes.count=3", "radio.loss=0", " nodes.count =4")));

        assertEquals("--set nodes.count is there twice", problem.getMessage());
        Setting.parseAll(List.of("traffic.0.interval=5s", "traffic.1.interval=5s"));
    }

    @Test
    void all_that_is_wrong_with_settings_is_told_at_once() throws Exception {
        List<String> texts = List.of("loss=1", "nodes.count", "radio.loss=0", "radio.loss=0.1");

        String wrong =
                "3 problems with --set\n'loss' is no SECTION.KEY such as nodes.count, traffic.interval or traffic.0.interval\n"
                        + "'nodes.count' is no KEY=VALUE such as nodes.count=100\n--set radio.loss is there twice";
        assertEquals(
                wrong,
                assertThrows(IllegalArgumentException.class, () -> Setting.parseAll(texts))
                        .getMessage());
        SweepPlan plan = plan("");
        assertEquals(
                wrong,
                assertThrows(IllegalArgumentException.class, () -> plan.withSets(texts))
                        .getMessage());
        List<Setting> nowhere = Setting.parseAll(List.of("fault.at=1s", "check.0.kind=loops"));
        assertEquals(
                "2 problems with --set\nfault.at: there is no [[fault]] in the file\ncheck.0.kind: there is no [[check]] in the file",
                assertThrows(IllegalArgumentException.class, () -> ScenarioReader.textWith("", "a", nowhere))
                        .getMessage());
    }

    /** As people write it, and so that it is the same value again: 1e9 is no whole number. */
    @Test
    void numbers_are_told_without_javas_exponent() {
        assertEquals(
                "radio.range=1000000000.0", Setting.parse("radio.range=1e9").toString());
        assertEquals("radio.loss=1e-9", Setting.parse("radio.loss=1.0E-9").toString());
        assertEquals("radio.loss=0.0", Setting.parse("radio.loss=0.0").toString());
        assertEquals(
                Setting.parse("radio.loss=1e300"),
                Setting.parse(Setting.parse("radio.loss=1e300").toString()));
        assertEquals(
                Setting.parse("radio.loss=inf"),
                Setting.parse(Setting.parse("radio.loss=inf").toString()));
        ConfigException problem = assertThrows(
                ConfigException.class,
                () -> ScenarioReader.parse(
                        "[radio]\nrange = 1e9\n[nodes]\nspacing = inf\n", "a", directory, Overrides.NONE));
        assertTrue(String.valueOf(problem.getMessage()).contains("range = 1000000000 is not "), problem::getMessage);
        assertTrue(String.valueOf(problem.getMessage()).contains("spacing = Infinity is not "), problem::getMessage);
    }

    @Test
    void too_many_combinations_are_refused() {
        ConfigException problem = assertThrows(
                ConfigException.class, () -> plan("[sweep.set]\nnodes.count = \"1..100\"\nradio.range = \"1..100\"\n"));

        assertTrue(String.valueOf(problem.getMessage()).contains("10000 combinations"), problem::getMessage);
    }
}
