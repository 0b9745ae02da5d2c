package io.thicket.sim.scenario.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.agent.config.ConfigException;
import io.thicket.agent.config.HostPort;
import io.thicket.agent.config.NodeConfig.Commander;
import io.thicket.routing.LinkClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class BridgeSectionTest {
    private static final Path RESOURCES =
            Path.of(System.getProperty("thicket.root", "..")).resolve("simulator/src/test/resources/scenario");

    private static BridgePlan read(String text) throws ConfigException {
        return ScenarioReader.parse("[scenario]\nname = \"yard\"\n" + text, "test.toml", RESOURCES, Overrides.NONE)
                .world()
                .bridge();
    }

    @Test
    void every_problem_has_its_place_and_what_to_write() throws IOException {
        String bad = Files.readString(RESOURCES.resolve("bridge-bad.toml"));

        String told = assertThrows(
                                ConfigException.class,
                                () -> ScenarioReader.parse(bad, "test.toml", RESOURCES, Overrides.NONE))
                        .getMessage()
                + "\n";

        Path golden = RESOURCES.resolve("bridge-bad.txt");
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(golden, told);
        }
        assertEquals(Files.readString(golden), told);
    }

    @Test
    void without_a_section_all_nodes_answer_coap_on_loopback_and_nothing_else_is_open() throws ConfigException {
        BridgePlan plan = read("[nodes]\ncount = 3\n");

        assertEquals("127.0.0.1", plan.bind());
        assertEquals(List.of(0, 1, 2), plan.coap());
        assertEquals(BridgePlan.USUAL_COAP_PORT, plan.coapPort());
        assertEquals("yard", plan.site());
        assertTrue(plan.broker().isEmpty());
        assertTrue(plan.keyFile().isEmpty());
        assertTrue(plan.links().isEmpty());
        assertTrue(plan.devices().isEmpty());
        assertTrue(plan.buses().isEmpty());
        assertTrue(plan.commands().isEmpty());
    }

    @Test
    void a_large_network_answers_at_its_first_nodes_only() throws ConfigException {
        assertEquals(BridgePlan.MAX_COAP, read("[nodes]\ncount = 1000\n").coap().size());
    }

    @Test
    void links_and_devices_are_of_nodes_by_name_or_number() throws ConfigException {
        BridgePlan plan = read("""
                [nodes]
                count = 4
                names = ["a", "b", "c", "d"]
                [bridge]
                broker = "mqtt://broker.example:1884"
                topic_root = "test"
                site = "farm"
                coap = ["c", 0]
                commands = ["mesh"]
                [[bridge_link]]
                node = "b"
                listen = "127.0.0.1:5900"
                peers = ["127.0.0.1:5690", "[::1]:5690"]
                class = "wifi"
                [[bridge_sensor]]
                node = 3
                name = "soil"
                driver = "text.keyvalue"
                port = "/dev/ttyUSB0"
                min_interval = "5s"
                [[bridge_sensor]]
                node = 3
                name = "pump"
                driver = "pzem.016"
                bus = "meters"
                unit = 7
                [[bridge_bus]]
                node = 3
                name = "meters"
                port = "/dev/ttyUSB1"
                """);

        assertEquals(List.of(0, 2), plan.coap());
        assertEquals("mqtt://broker.example:1884", plan.broker().orElseThrow().broker());
        assertEquals("test", plan.broker().orElseThrow().topicRoot());
        BridgePlan.Link link = plan.links().get(0);
        assertEquals(1, link.node());
        assertEquals(new HostPort("127.0.0.1", 5900), link.listen());
        assertEquals(2, link.peers().size());
        assertEquals(LinkClass.WIFI, link.linkClass());
        assertEquals(6_000, link.rateKbps());
        BridgePlan.Device device = plan.devices().get(0);
        assertEquals(3, device.node());
        assertEquals("soil", device.sensor().name());
        assertEquals("/dev/ttyUSB0", device.sensor().port());
        assertEquals(Set.of(Commander.MESH), plan.commands());
        assertEquals("/dev/ttyUSB1", plan.busesOf(3).get(0).port());
        assertEquals(2, plan.devicesOf(3).size());
        assertEquals(7, Objects.requireNonNull(plan.devicesOf(3).get(1).unit()).unit());
        assertTrue(plan.busesOf(2).isEmpty());
    }
}
