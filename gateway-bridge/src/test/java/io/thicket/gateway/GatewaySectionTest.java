package io.thicket.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.agent.config.ConfigException;
import io.thicket.agent.config.ConfigReader;
import io.thicket.agent.config.DriverLookup;
import io.thicket.agent.config.EffectiveConfig;
import io.thicket.agent.config.LoadedConfig;
import io.thicket.gateway.bridge.NoSubscribers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GatewaySectionTest {
    private static final String NODE = "[node]\nname = \"gw1\"\n[network]\nkey_file = \"n.key\"\n[gateway]\n";

    private static LoadedConfig read(String gateway) throws ConfigException {
        return new ConfigReader(DriverLookup.of(List.of()), List.of(GatewaySection.INSTANCE))
                .read(NODE + gateway, "gw.toml", Path.of("/etc/thicket"));
    }

    @Test
    void every_key_is_read_and_written() throws ConfigException {
        LoadedConfig loaded = read("""
                broker = "mqtts://broker.example:8884"
                username = "gw"
                password_file = "mqtt.password"
                client_id = "roof"
                topic_root = "home/mesh"
                no_subscribers = "hold"
                keep_alive = "45s"
                """);

        assertEquals(
                new GatewayConfig(
                        "mqtts://broker.example:8884",
                        "gw",
                        Optional.of(Path.of("/etc/thicket/mqtt.password")),
                        "roof",
                        "home/mesh",
                        NoSubscribers.HOLD,
                        Duration.ofSeconds(45)),
                loaded.section(GatewaySection.INSTANCE).orElseThrow());
        String effective = EffectiveConfig.print(loaded);
        assertTrue(effective.contains("no_subscribers = \"hold\""), effective);
    }

    @Test
    void the_broker_alone_is_enough() throws ConfigException {
        GatewayConfig config = read("broker = \"mqtt://127.0.0.1\"\n")
                .section(GatewaySection.INSTANCE)
                .orElseThrow();

        assertEquals(GatewayConfig.of("mqtt://127.0.0.1"), config);
        assertEquals("thicket-site1-gw1", config.mqttSettings("site1", "gw1").clientId());
    }

    @Test
    void every_wrong_value_is_named() {
        ConfigException problems = assertThrows(ConfigException.class, () -> read("""
                broker = "127.0.0.1:1883"
                password_file = "x"
                topic_root = "a/#"
                no_subscribers = "keep"
                keep_alive = "1s"
                brokr = 1
                """));

        String text = problems.getMessage();
        for (String part : List.of("mqtt://", "username", "topic_root", "keep", "keep_alive", "brokr")) {
            assertTrue(text.contains(part), part + " in " + text);
        }
    }
}
