package io.thicket.gateway.bridge;

import static io.thicket.gateway.Fixtures.TOPICS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.thicket.agent.senml.SenmlPack;
import io.thicket.routing.NodeId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeardTest {
    private static final Map<String, String> READING =
            Map.of("id", "n17/3/42", "node", "00000000000000af", "via", "gw2", "hops", "3", "clk", "mesh");
    private static final String PAGE = "00000000000000af 3:1-42,44";

    private static Heard data(Map<String, String> properties) {
        return Heard.of(TOPICS, TOPICS.nodeData("n17"), "[]", properties);
    }

    @Test
    void a_reading_is_read_whole() {
        HeardMessage.Reading heard = assertInstanceOf(HeardMessage.Reading.class, data(READING));

        assertEquals("n17", heard.label());
        assertEquals(new HeldReading.Key(new NodeId(0xaf), 3, 42), heard.key());
        assertEquals("gw2", heard.via());
        assertEquals("n17/3/42", heard.id());
        assertEquals("3", heard.hops());
        assertEquals("mesh", heard.clock());
        assertNull(heard.pack().read(), "no SenML pack");
    }

    @Test
    void its_values_are_read_once() {
        String pack =
                "[{\"bn\":\"urn:dev:thicket:site1:n17:air:\",\"bt\":1795314600.12,\"n\":\"temperature\",\"v\":21.5}]";
        HeardMessage.Reading heard =
                assertInstanceOf(HeardMessage.Reading.class, Heard.of(TOPICS, TOPICS.nodeData("n17"), pack, READING));

        SenmlPack read = heard.pack().read();
        assertNotNull(read);
        assertEquals("urn:dev:thicket:site1:n17:air:", read.baseName());
        assertSame(read, heard.pack().read());
    }

    @Test
    void the_other_topics_are_read() {
        HeardMessage.Status status = assertInstanceOf(
                HeardMessage.Status.class, Heard.of(TOPICS, TOPICS.gatewayStatus("gw2"), "online", READING));
        HeardMessage.Status gone = assertInstanceOf(
                HeardMessage.Status.class, Heard.of(TOPICS, TOPICS.gatewayStatus("gw2"), "", Map.of()));
        HeardMessage.Page page =
                assertInstanceOf(HeardMessage.Page.class, Heard.of(TOPICS, TOPICS.published("n17"), PAGE, Map.of()));
        HeardMessage.Claim claim = assertInstanceOf(
                HeardMessage.Claim.class, Heard.of(TOPICS, TOPICS.gatewayClaim("gw2"), PAGE, Map.of()));
        HeardMessage.Sync sync = assertInstanceOf(
                HeardMessage.Sync.class, Heard.of(TOPICS, TOPICS.gatewaySync("gw2"), "17-1", Map.of()));

        assertEquals("gw2 true", status.gateway() + " " + status.online());
        assertEquals(false, gone.online());
        assertEquals("n17 " + PAGE, page.label() + " " + page.page());
        assertEquals("gw2 " + PAGE, claim.gateway() + " " + claim.pages().get(0));
        assertEquals("gw2 17-1", sync.gateway() + " " + sync.marker());
    }

    @Test
    void a_claim_of_nodes_is_read() {
        HeardMessage.NodeClaim claim = assertInstanceOf(
                HeardMessage.NodeClaim.class,
                Heard.of(TOPICS, TOPICS.gatewayClaim("gw2"), "00000000000000af 0000000000000017", Map.of()));

        assertEquals("gw2", claim.gateway());
        assertEquals(List.of(new NodeId(0xaf), new NodeId(0x17)), claim.nodes());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00000000000000af ", "00000000000000af-0000000000000017", "00000000000000af 000000000000017",
                "00000000000000af 000000000000001G", " 00000000000000af", "00000000000000af  0000000000000017"
            })
    void a_claim_of_nodes_that_does_not_read_is_some_message(String text) {
        assertSaysNothing(Heard.of(TOPICS, TOPICS.gatewayClaim("gw2"), text, Map.of()));
    }

    @Test
    void a_page_that_does_not_read_is_some_message() {
        assertSaysNothing(Heard.of(TOPICS, TOPICS.published("n17"), "", Map.of()));
        assertSaysNothing(Heard.of(TOPICS, TOPICS.gatewayClaim("gw2"), "af 3:1", Map.of()));
        assertSaysNothing(Heard.of(TOPICS, TOPICS.gatewayClaim("gw2"), PAGE + "\naf 3:1", Map.of()));
        assertSaysNothing(Heard.of(TOPICS, TOPICS.nodeState("n17"), "{}", Map.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "n17", "n17/3", "n17/3/42/1", "n17/x/42", "n17/3/-1", "n17/3/4294967296", "n17/3/", "//"})
    void a_reading_without_a_number_is_some_message(String id) {
        assertSaysNothing(data(Map.of("id", id, "node", "00000000000000af")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "af", "00000000000000aF", "000000000000000g", "00000000000000af0", "-0000000000000af"})
    void a_node_is_sixteen_small_hexadecimal_digits(String node) {
        assertSaysNothing(data(Map.of("id", "n17/3/42", "node", node)));
    }

    @Test
    void a_reading_without_properties_is_some_message() {
        assertSaysNothing(data(Map.of()));
    }

    private static void assertSaysNothing(Heard heard) {
        assertEquals(HeardMessage.OTHER, heard);
    }
}
