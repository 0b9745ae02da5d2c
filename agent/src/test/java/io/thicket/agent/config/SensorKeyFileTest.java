package io.thicket.agent.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.drivers.catalogue.DriverCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys of devices that encrypt. */
class SensorKeyFileTest {
    private static final String KEY = "00112233445566778899AABBCCDDEEFF";

    @TempDir
    Path directory;

    private LoadedConfig read(String driver, String keys) throws ConfigException {
        return new ConfigReader(DriverLookup.of(DriverCatalogue.all()), List.of())
                .read(
                        "[node]\nname = \"n\"\n[network]\nkey_file = \"k\"\n[[link]]\ntype = \"udp\"\ninterface = \"e\"\n"
                                + "[[sensor]]\nname = \"heat\"\ndriver = \"" + driver
                                + "\"\nport = \"/dev/serial/by-id/x\"\n" + keys + "\n",
                        "test.toml",
                        directory);
    }

    private void write(String content, String mode) throws IOException {
        Path file = Files.writeString(directory.resolve("heat.key"), content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    private void assertRefused(String driver, String keys, String expected) {
        String said = assertThrows(ConfigException.class, () -> read(driver, keys))
                .problems()
                .toString();
        assertTrue(said.contains(expected), said);
        assertFalse(said.contains(KEY), said);
    }

    @Test
    void the_driver_gets_the_key_and_nobody_is_shown_it() throws ConfigException, IOException {
        write(KEY + "\nthe meter in the cellar\n", "rw-------");
        LoadedConfig config = read("mbus.meter", "key_file = \"heat.key\"\noptions = { address = 5 }");
        SensorConfig sensor = config.node().sensors().get(0);

        assertEquals(KEY, sensor.driverOptions().get("key"));
        assertEquals("5", sensor.driverOptions().get("address"));
        String shown = EffectiveConfig.print(config);
        assertTrue(shown.contains("key_file = \"" + directory.resolve("heat.key") + "\""), shown);
        assertFalse(shown.contains(KEY), shown);
        assertFalse(sensor.toString().contains(KEY), sensor.toString());
    }

    @Test
    void a_file_that_others_can_read_is_not_used() throws IOException {
        write(KEY, "rw-r-----");
        assertRefused("mbus.meter", "key_file = \"heat.key\"", "run chmod 600");
    }

    @Test
    void a_directory_is_not_told_to_be_made_private() throws IOException {
        Files.createDirectory(directory.resolve("heat.key"));
        assertRefused("mbus.meter", "key_file = \"heat.key\"", "heat.key is a directory");
    }

    @Test
    void all_options_that_are_wrong_are_told() {
        String keys = "options = { colour = \"red\", address = 999, size = 1 }";
        assertRefused("mbus.meter", keys, "unknown option 'colour'");
        assertRefused("mbus.meter", keys, "unknown option 'size'");
        assertRefused("mbus.meter", keys, "option address: '999' is not 0 to 250");
    }

    @Test
    void what_is_wrong_is_said_without_the_key() throws IOException {
        assertRefused("mbus.meter", "key_file = \"heat.key\"", "does not exist");
        write(KEY + "0", "rw-------");
        assertRefused("mbus.meter", "key_file = \"heat.key\"", "a meter has 32 hexadecimal digits");
        write(KEY, "rw-------");
        assertRefused("nmea0183", "key_file = \"heat.key\"", "delete key_file: this driver has no key");
        assertRefused("mbus.meter", "options = { key = \"" + KEY + "\" }", "a key never stands in this file");
        write("x".repeat(5000), "rw-------");
        assertRefused("mbus.meter", "key_file = \"heat.key\"", "has more than 4096 bytes");
    }

    @Test
    void a_file_without_a_key_is_not_the_same_as_none() throws IOException {
        for (String nothing : List.of("", "\n" + KEY + "\n", " \r\n")) {
            write(nothing, "rw-------");
            assertRefused(
                    "mbus.meter",
                    "key_file = \"heat.key\"",
                    "the first line of " + directory.resolve("heat.key") + " is empty");
        }
    }
}
