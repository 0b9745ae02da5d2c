package io.thicket.agent.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.drivers.catalogue.DriverCatalogue;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code [[sensor]] health}. */
class HealthKeyTest {
    private static LoadedConfig read(String driver, String keys) throws ConfigException {
        return new ConfigReader(DriverLookup.of(DriverCatalogue.all()), List.of())
                .read(
                        "[node]\nname = \"n\"\n[network]\nkey_file = \"k\"\n[[link]]\ntype = \"udp\"\ninterface = \"e\"\n"
                                + "[[sensor]]\nname = \"v\"\ndriver = \"" + driver + "\"\n" + keys + "\n",
                        "test.toml",
                        Path.of("/etc/thicket"));
    }

    private static LoadedConfig serial(String keys) throws ConfigException {
        return read("text.csv", "port = \"/dev/ttyUSB0\"\noptions = { columns = \"t\" }\n" + keys);
    }

    @Test
    void there_is_none_unless_it_is_wanted() throws ConfigException {
        assertEquals(Duration.ZERO, serial("").node().sensors().get(0).health());
        assertFalse(EffectiveConfig.print(serial("")).contains("health"));

        LoadedConfig wanted = serial("health = \"15min\"");

        assertEquals(Duration.ofMinutes(15), wanted.node().sensors().get(0).health());
        assertTrue(EffectiveConfig.print(wanted).contains("health = \"15min\""), EffectiveConfig.print(wanted));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text.csv     | port = \"/dev/ttyUSB0\";options = { columns = \"t\" };health = \"5s\" | test.toml:13:1: [[sensor]] health is less than 10 s",
                "virtual.sine | health = \"1min\" | test.toml:11:1: [[sensor]] health: a virtual sensor has no port and no device",
            })
    void what_is_wrong_is_said(String driver, String keys, String expected) {
        ConfigException problem = assertThrows(ConfigException.class, () -> read(driver, keys.replace(";", "\n")));

        assertTrue(
                problem.problems().toString().contains(expected),
                problem.problems().toString());
    }
}
