package io.thicket.agent.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.drivers.catalogue.DriverCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DriversSectionTest {
    static final String SPECIFICATION = """
            spec = 1
            id = "acme.mini"
            title = "Acme Mini (temperature)"

            [serial]
            baud = 4800

            [frame]
            start = "AA"
            size = 6
            checksum = { kind = "sum8" }

            [[message]]
            [[message.value]]
            name = "temperature"
            at = 2
            type = "s16be"
            divide = 10
            unit = "Cel"

            [[example]]
            frame = "AA 01 00 D7 00 82"
            source = "made by hand"
            values = { temperature = 21.5 }
            """;

    @TempDir
    private Path directory;

    private LoadedConfig read(String sections) throws ConfigException {
        String text = "[node]\nname = \"hut\"\n[network]\nkey_file = \"net.key\"\n[[link]]\ntype = \"udp\"\ninterface ="
                + " \"wlan0\"\n" + sections;
        return new ConfigReader(DriverLookup.of(DriverCatalogue.all()), List.of()).read(text, "node.toml", directory);
    }

    private static final String SECTIONS = """
            [drivers]
            directory = "own"
            [[sensor]]
            name = "t"
            driver = "acme.mini"
            port = "/dev/serial/by-id/x"
            options = { values = "temperature" }
            """;

    private void write(String name, String text) throws IOException {
        Files.createDirectories(directory.resolve("own"));
        Files.writeString(directory.resolve("own").resolve(name), text);
    }

    @Test
    void a_file_in_the_directory_makes_a_driver() throws Exception {
        write("mini.toml", SPECIFICATION);
        write("notes.txt", "no specification");

        LoadedConfig config = read(SECTIONS);

        assertEquals("acme.mini", config.node().sensors().get(0).driver());
        assertEquals("acme.mini", config.ownDrivers().get(0).descriptor().id());
        assertTrue(
                EffectiveConfig.print(config).contains("[drivers]\ndirectory = \"" + directory.resolve("own") + "\""));
    }

    @Test
    void an_option_of_an_own_driver_is_checked() throws Exception {
        write("mini.toml", SPECIFICATION);

        ConfigException refused =
                assertThrows(ConfigException.class, () -> read(SECTIONS.replace("temperature\"", "humidity\"")));

        assertTrue(refused.getMessage().contains("'humidity' is not one of temperature"), refused.getMessage());
    }

    @Test
    void what_is_wrong_in_a_file_is_said_with_its_name_and_place() throws Exception {
        write("mini.toml", SPECIFICATION.replace("size = 6", "sise = 6"));

        ConfigException refused = assertThrows(ConfigException.class, () -> read(SECTIONS));

        String file = directory.resolve("own/mini.toml").toString();
        assertTrue(
                refused.problems()
                        .contains(new ConfigProblem(file, 10, 1, "there is no key 'sise' in frame", "write size")),
                refused.getMessage());
        assertEquals("node.toml", refused.problems().get(0).file());
    }

    @Test
    void an_id_that_exists_is_refused() throws Exception {
        write("a.toml", SPECIFICATION);
        write("b.toml", SPECIFICATION);
        write("c.toml", SPECIFICATION.replace("acme.mini", "nova.sds011"));

        ConfigException refused = assertThrows(ConfigException.class, () -> read(SECTIONS));

        assertEquals(
                List.of(
                        "the id 'acme.mini' is described in " + directory.resolve("own/a.toml"),
                        "the id 'nova.sds011' is a driver of Thicket's own"),
                refused.problems().stream().map(ConfigProblem::message).toList());
    }

    @Test
    void a_directory_that_is_not_there_is_said() {
        ConfigException missing = assertThrows(ConfigException.class, () -> read("[drivers]\ndirectory = \"no\"\n"));
        ConfigException empty = assertThrows(ConfigException.class, () -> read("[drivers]\n"));

        assertTrue(
                missing.getMessage().contains("there is no directory " + directory.resolve("no")),
                missing.getMessage());
        assertTrue(empty.getMessage().contains("[drivers] has no 'directory'"), empty.getMessage());
    }

    @Test
    void filters_of_a_sensor_are_read_and_checked() throws Exception {
        String sensor = "[[sensor]]\nname = \"v\"\ndriver = \"virtual.sine\"\n";

        LoadedConfig config =
                read(sensor + "filters = { value = \"median(3), round(1)\", \"*\" = \"throttle(60s)\" }\n");
        ConfigException refused =
                assertThrows(ConfigException.class, () -> read(sensor + "filters = { value = \"mean(3)\" }\n"));

        assertEquals(
                "median(3), round(1)", config.node().sensors().get(0).filters().get("value"));
        assertTrue(
                EffectiveConfig.print(config)
                        .contains("filters = { \"value\" = \"median(3), round(1)\", \"*\" = \"throttle(60s)\" }"),
                EffectiveConfig.print(config));
        assertTrue(refused.getMessage().contains("filters: there is no filter 'mean'"), refused.getMessage());
    }
}
