package io.thicket.agent.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.drivers.catalogue.DriverCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExamplesTest {
    private static final Path ROOT = Path.of(System.getProperty("thicket.root"));

    @ParameterizedTest
    @ValueSource(strings = {"sensor-node", "relay", "gateway"})
    void example_is_valid_and_its_effective_form_means_the_same(String name) throws ConfigException {
        LoadedConfig loaded = reader().read(ROOT.resolve("docs/examples/" + name + ".toml"));

        assertEquals(List.of(), loaded.warnings());
        LoadedConfig again = reader().read(EffectiveConfig.print(loaded), "effective", Path.of("/"));
        assertEquals(loaded.node(), again.node());
    }

    @Test
    void effective_form_is_golden() throws ConfigException, IOException {
        String text = """
                [node]
                name = "n17"
                [network]
                key_file = "network.key"
                [[link]]
                type = "udp"
                interface = "eth0.5"
                [[link]]
                type = "peers"
                listen = "0.0.0.0:5690"
                accept_unknown = true
                [[sensor]]
                name = "wind"
                driver = "text.csv"
                port = "/dev/ttyUSB0"
                format = "7E1"
                options = { columns = "a,-" }
                [[bus]]
                name = "meters"
                port = "/dev/ttyUSB1"
                baud = 9600
                format = "8E1"
                timeout = "300ms"
                guard = "20ms"
                [[sensor]]
                name = "pump"
                driver = "eastron.sdm120"
                bus = "meters"
                [[sensor]]
                name = "roof"
                driver = "modbus"
                bus = "meters"
                unit = 7
                priority = "high"
                interval = "5s"
                map = "my-meter.toml"
                options = { values = "voltage" }
                [[sensor]]
                name = "co2"
                driver = "senseair.s8"
                port = "/dev/ttyUSB2"
                [[sensor]]
                name = "sine"
                driver = "virtual.sine"
                [gateway]
                password = "secret"
                """;

        // The register map lies beside the examples, so relative paths count from there.
        String printed = EffectiveConfig.print(reader().read(text, "test.toml", ROOT.resolve("docs/examples")))
                .replace(ROOT.resolve("docs/examples").toString(), "/etc/thicket");

        Path golden = ROOT.resolve("agent/src/test/resources/io/thicket/agent/config/effective.toml");
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(golden.getParent());
            Files.writeString(golden, printed);
        }
        assertEquals(Files.readString(golden), printed);
        assertTrue(!printed.contains("secret"));
    }

    @Test
    void every_key_of_the_examples_and_the_reader_is_documented() throws IOException, ConfigException {
        String documentation = Files.readString(ROOT.resolve("docs/configuration.md"));
        String all = Files.readString(ROOT.resolve("agent/src/test/resources/io/thicket/agent/config/effective.toml"));

        for (String line : all.split("\n", -1)) {
            String key = line.replaceFirst(" =.*", "");
            if (line.contains(" = ")) {
                assertTrue(documentation.contains("`" + key + "`"), key);
            } else if (line.startsWith("[")) {
                assertTrue(documentation.contains("`" + line + "`"), line);
            }
        }
    }

    private static ConfigReader reader() {
        return new ConfigReader(DriverLookup.of(DriverCatalogue.all()), List.of(new StubGatewaySection()));
    }
}
