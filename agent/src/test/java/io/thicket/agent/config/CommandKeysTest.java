package io.thicket.agent.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.agent.config.NodeConfig.Commander;
import io.thicket.drivers.catalogue.DriverCatalogue;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may tell devices something. */
class CommandKeysTest {
    private static final String HEAD = """
            [node]
            name = "n"
            [network]
            key_file = "network.key"
            [[link]]
            type = "udp"
            interface = "eth0"
            """;

    private static LoadedConfig read(String text) throws ConfigException {
        return new ConfigReader(DriverLookup.of(DriverCatalogue.all()), List.of())
                .read(HEAD + text, "test.toml", Path.of("/etc/thicket"));
    }

    private static String problems(String text) {
        return assertThrows(ConfigException.class, () -> read(text)).problems().stream()
                .map(ConfigProblem::toString)
                .collect(Collectors.joining("\n"));
    }

    private static String sensor(String more) {
        return "[[sensor]]\nname = \"co2\"\ndriver = \"winsen.mhz19b\"\nport = \"/dev/ttyS1\"\n" + more + "\n";
    }

    @Test
    void nobody_may_by_default() throws ConfigException {
        LoadedConfig config = read(sensor(""));

        assertEquals(Set.of(), config.node().coap().commands());
        assertEquals(List.of(), config.node().sensors().get(0).allowCommands());
    }

    @Test
    void both_sides_and_dangerous_commands_are_named_and_written_back() throws ConfigException {
        LoadedConfig config =
                read("[coap]\ncommands = [\"mesh\", \"local\"]\n" + sensor("allow_commands = [\"zero\", \"abc_off\"]"));

        assertEquals(
                Set.of(Commander.LOCAL, Commander.MESH), config.node().coap().commands());
        assertEquals(List.of("zero", "abc_off"), config.node().sensors().get(0).allowCommands());
        assertEquals(List.of(), config.warnings());
        String effective = EffectiveConfig.print(config);
        assertTrue(effective.contains("commands = [\"local\", \"mesh\"]\n"), effective);
        assertTrue(effective.contains("allow_commands = [\"zero\", \"abc_off\"]\n"), effective);
    }

    @Test
    void other_words_and_commands_that_do_not_exist_are_refused() {
        assertTrue(problems("[coap]\ncommands = [\"all\"]").contains("[coap] commands has 'all'"));
        String text = problems(sensor("allow_commands = [\"zer\"]"));
        assertTrue(text.contains("test.toml:12:1: [[sensor]] driver winsen.mhz19b has no command 'zer'"), text);
        assertTrue(text.contains("zero"), text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0:5683", "192.0.2.7:5683", "[::]:5683", "pi.example:5683"})
    void an_address_that_others_reach_is_warned_of(String address) throws ConfigException {
        LoadedConfig config = read("[coap]\nlisten = \"" + address + "\"\ncommands = [\"local\"]");

        assertEquals(1, config.warnings().size());
        String warning = config.warnings().get(0).toString();
        assertTrue(warning.contains("whoever reaches that address may switch devices"), warning);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:5683", "[::1]:5683", "localhost:5683"})
    void an_address_of_this_machine_is_not(String address) throws ConfigException {
        assertEquals(
                List.of(),
                read("[coap]\nlisten = \"" + address + "\"\ncommands = [\"local\"]")
                        .warnings());
    }
}
