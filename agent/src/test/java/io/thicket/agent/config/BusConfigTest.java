package io.thicket.agent.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.drivers.bus.EchoMode;
import io.thicket.drivers.bus.Priority;
import io.thicket.drivers.catalogue.DriverCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code [[bus]]} and the sensors on it. */
class BusConfigTest {
    private static final String HEAD = """
            [node]
            name = "n17"
            [network]
            key_file = "network.key"
            """;

    private static final String BUS = """
            [[bus]]
            name = "meters"
            port = "/dev/ttyUSB0"
            """;

    @TempDir
    private Path directory;

    private NodeConfig read(String text) throws ConfigException {
        return new ConfigReader(DriverLookup.of(DriverCatalogue.all()), List.of())
                .read(HEAD + text, "test.toml", directory)
                .node();
    }

    private String problems(String text) {
        return assertThrows(ConfigException.class, () -> read(text)).problems().stream()
                .map(ConfigProblem::toString)
                .collect(Collectors.joining("\n"));
    }

    private static String unit(String name, String driver, String more) {
        return "[[sensor]]\nname = \"" + name + "\"\ndriver = \"" + driver + "\"\n" + more + "\n";
    }

    @Test
    void units_share_a_bus() throws ConfigException {
        NodeConfig config = read(BUS
                + unit("a", "pzem.016", "bus = \"meters\"")
                + unit("b", "pzem.016", "bus = \"meters\"\nunit = 2\ninterval = \"5s\"\npriority = \"high\""));

        assertEquals(
                List.of(new BusConfig("meters", "/dev/ttyUSB0", null, null, Duration.ZERO, EchoMode.AUTO, null, null)),
                config.buses());
        assertEquals(
                new UnitConfig("meters", 1, Priority.NORMAL, null, ""),
                config.sensors().get(0).unit());
        assertEquals(
                new UnitConfig("meters", 2, Priority.HIGH, null, ""),
                config.sensors().get(1).unit());
        assertEquals(Duration.ofSeconds(5), config.sensors().get(1).interval());
    }

    @Test
    void a_device_may_have_a_port_of_its_own() throws ConfigException {
        NodeConfig config = read(unit("co2", "senseair.s8", "port = \"/dev/ttyUSB1\""));

        assertEquals(254, config.sensors().get(0).unit().unit());
        assertEquals("", config.sensors().get(0).unit().bus());
    }

    @Test
    void a_register_map_is_a_file_beside_the_configuration() throws ConfigException, IOException {
        Path example = Path.of(System.getProperty("thicket.root")).resolve("docs/examples/my-meter.toml");
        Files.copy(example, directory.resolve("m.toml"));

        SensorConfig sensor = read(BUS + unit("a", "modbus", "bus = \"meters\"\nmap = \"m.toml\""))
                .sensors()
                .get(0);

        assertEquals(7, sensor.unit().unit());
        assertEquals(directory.resolve("m.toml"), sensor.unit().map());
        assertEquals(Files.readString(example), sensor.driverOptions().get("map"));
    }

    @Test
    void a_register_map_among_ones_own_drivers_is_a_driver() throws ConfigException, IOException {
        Path example = Path.of(System.getProperty("thicket.root")).resolve("docs/examples/my-meter.toml");
        Files.createDirectories(directory.resolve("own"));
        Files.copy(example, directory.resolve("own/m.toml"));

        SensorConfig sensor = read("[drivers]\ndirectory = \"own\"\n" + BUS
                        + unit("a", "my.meter", "bus = \"meters\"\noptions = { values = \"power\" }"))
                .sensors()
                .get(0);

        assertEquals(7, sensor.unit().unit());
        assertEquals("meters", sensor.unit().bus());
    }

    private void assertRefused(String keys, String expected) {
        String text = problems(BUS + unit("a", "senseair.s8", keys));
        assertTrue(text.contains(expected), text);
    }

    @Test
    void what_is_wrong_is_said_with_its_place() {
        assertRefused("bus = \"meter\"", "test.toml:11:1: [[sensor]] there is no bus 'meter'");
        assertRefused("bus = \"meters\"\nport = \"/dev/ttyS1\"", "test.toml:12:1: [[sensor]] port is that of the bus");
        assertRefused("bus = \"meters\"\nunit = 256", "test.toml:12:1: [[sensor]] unit = 256 is not 1 to 255");
        assertRefused(
                "port = \"/dev/ttyUSB0\"", "test.toml:11:1: [[sensor]] the bus 'meters' has port /dev/ttyUSB0 already");
        assertRefused(
                "bus = \"meters\"\ninterval = \"1s\"",
                "test.toml:12:1: [[sensor]] the device is not to be asked more often than every 2s");
        assertRefused("bus = \"meters\"\nmap = \"none.toml\"", "test.toml:12:1: [[sensor]] the register map");
        assertRefused(
                "bus = \"meters\"\noptions = { values = \"x\" }",
                "test.toml:12:1: [[sensor]] driver senseair.s8: option values: 'x'");
        assertRefused("baud = 9600", "[[sensor]] has no 'port'");
    }

    @Test
    void two_devices_of_one_address_and_two_speeds_on_one_line_are_refused() {
        assertTrue(problems(BUS + unit("a", "pzem.016", "bus = \"meters\"") + unit("b", "pzem.016", "bus = \"meters\""))
                .contains("the sensor 'a' is unit 1 of bus 'meters' already"));
        assertTrue(problems(BUS
                        + unit("a", "pzem.016", "bus = \"meters\"")
                        + unit("b", "eastron.sdm120", "bus = \"meters\"\nunit = 2"))
                .contains("its driver's usual line is 2400 8N1, that of others of bus 'meters' 9600 8N1"));
    }

    @Test
    void a_bus_says_the_speed_where_drivers_differ() throws ConfigException {
        NodeConfig config = read(BUS + "baud = 9600\n" + unit("a", "pzem.016", "bus = \"meters\"")
                + unit("b", "eastron.sdm120", "bus = \"meters\"\nunit = 2"));

        assertEquals(2, config.sensors().size());
    }

    @Test
    void keys_of_units_are_refused_for_sensors_that_speak_by_themselves() {
        String text = problems(BUS + unit("a", "nmea0183", "port = \"/dev/ttyS1\"\nunit = 1\nbus = \"meters\""));

        assertTrue(text.contains("unit is for drivers that ask, such as modbus"), text);
        assertTrue(text.contains("bus is for drivers that ask"), text);
    }
}
