package io.thicket.sim.scenario.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.agent.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SettingTest {
    private static final String FILE = """
            [scenario]
            duration = "2min"
            [nodes]
            count = 4
            [[traffic]]
            interval = "10s"
            [[traffic]]
            interval = "20s"
            bytes = 99
            """;

    @TempDir
    private Path directory;

    private Path file() throws IOException {
        return Files.writeString(directory.resolve("a.toml"), FILE);
    }

    private Scenario with(String... sets) throws IOException, ConfigException {
        return ScenarioReader.read(
                file(), java.util.Arrays.stream(sets).map(Setting::parse).toList(), Overrides.NONE);
    }

    @Test
    void a_key_is_set_in_its_section_or_in_one_that_was_not_there() throws Exception {
        Scenario scenario = with("nodes.count=6", "radio.loss=0.25", "scenario.duration=3min");

        assertEquals(6, scenario.nodes().count());
        assertEquals(0.25, scenario.radio().loss());
        assertEquals(180_000, scenario.durationMs());
        assertEquals("a", scenario.name());
    }

    @Test
    void a_key_of_entries_is_set_in_all_of_them_or_in_one() throws Exception {
        List<TrafficPlan> all = with("traffic.bytes=50").traffic();
        List<TrafficPlan> one = with("traffic.0.bytes=50").traffic();

        assertEquals(50, all.get(1).packets().get(0).bytes());
        assertEquals(50, one.get(0).packets().get(0).bytes());
        assertEquals(99, one.get(1).packets().get(0).bytes());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "traffic.7.bytes=1|there are 2 [[traffic]]",
                "fault.at=1s|there is no [[fault]]",
                "energy.charge=1|there is no [[energy]]",
                "sensor.0.value=1|there is no [[sensor]]",
                "nodes.0.count=1|has no numbers",
                "count=1|no SECTION.KEY",
                "nodes.count|no KEY=VALUE",
                "nodes.count=|empty value",
                "nodes.count=1,2|thicket sim sweep takes several",
                "nodes.count=5..1|a range goes up",
                "radio.loss=0..0.5|needs a step",
                "nodes.count=1..5000|more than 1000 values",
            })
    void what_cannot_be_set_is_told(String set, String why) {
        IllegalArgumentException problem = assertThrows(IllegalArgumentException.class, () -> with(set));

        assertTrue(String.valueOf(problem.getMessage()).contains(why), problem::getMessage);
    }

    /** No line of a file is to blame, and none is named. */
    @Test
    void a_wrong_value_is_told_with_what_was_set() {
        ConfigException problem = assertThrows(ConfigException.class, () -> with("nodes.count=-3"));

        assertTrue(
                String.valueOf(problem.getMessage())
                        .startsWith(
                                directory.resolve("a.toml") + " with nodes.count=-3: [nodes] count = -3 is not 1 to "),
                problem::getMessage);
    }

    @Test
    void what_is_wrong_in_the_file_is_told_with_its_place() throws IOException {
        Files.writeString(directory.resolve("bad.toml"), "[nodes]\ncuont = 3\n");

        ConfigException problem = assertThrows(
                ConfigException.class,
                () -> ScenarioReader.read(
                        directory.resolve("bad.toml"), List.of(Setting.parse("radio.loss=0.1")), Overrides.NONE));

        assertTrue(String.valueOf(problem.getMessage()).contains("bad.toml:2:1: "), problem::getMessage);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10s,1min|[10s, 1min]",
                "1..4|[1, 2, 3, 4]",
                "0..0.3:0.1|[0.0, 0.1, 0.2, 0.3]",
                "1..10:4|[1, 5, 9]",
                "0..1e-2:5e-3|[0.0, 0.005, 0.01]",
                "1e2..3e2:1E+2|[100, 200, 300]",
                "1e20..3e20:1e20|[1.0E20, 2.0E20, 3.0E20]",
                "[0],[0, 24]|[[0], [0, 24]]",
                "true,\"true\",\"a,b\"|[true, true, a,b]",
                "0x10,1e3|[16, 1000.0]",
            })
    void values_are_read_as_toml_has_them(String text, String values) {
        assertEquals(values, ValueList.parse(text).toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10s",
                "3",
                "0.5",
                "true",
                "\"true\"",
                "\"1..4\"",
                "[0, \"a\"]",
                "\"with \\\"quotes\\\"\"",
                "\"\""
            })
    void a_setting_survives_its_text(String value) {
        Setting setting = Setting.parse("nodes.count=" + value);

        assertEquals(setting, Setting.parse(setting.toString()));
    }

    @Test
    void seeds_are_ranges_and_single_ones_each_once() {
        assertEquals(List.of(1L, 2L, 3L, 16L, 9L), SeedList.parse("1..3,2,0x10,9"));
        assertEquals("1..3,16,9", SeedList.text(List.of(1L, 2L, 3L, 16L, 9L)));
        assertEquals(List.of(-1L, Long.MAX_VALUE), SeedList.parse("-1,0x7fffffffffffffff"));
        for (String bad : List.of("", "a", "5..1", "1..1000000000", "-9223372036854775808..9223372036854775807")) {
            assertThrows(IllegalArgumentException.class, () -> SeedList.parse(bad), bad);
        }
    }
}
