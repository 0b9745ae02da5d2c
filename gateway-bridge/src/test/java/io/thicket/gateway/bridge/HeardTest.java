package io.thicket.gateway.bridge;

import static io.thicket.gateway.Fixtures.TOPICS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.thicket.routing.NodeId;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeardTest {
    private static final Map<String, String> READING =
            Map.of("id", "n17/3/42", "node", "00000000000000af", "via", "gw2");

    @Test
    void a_reading_is_read_whole() {
        Heard heard = Heard.of(TOPICS, TOPICS.nodeData("n17"), "[]", READING);

        assertEquals(new Heard(TOPICS.nodeData("n17"), "[]", "n17", new NodeId(0xaf), 3, 42, "gw2", "n17/3/42"), heard);
    }

    @Test
    void what_is_no_reading_has_none() {
        Heard heard = Heard.of(TOPICS, TOPICS.gatewayStatus("gw2"), "online", READING);

        assertNull(heard.data());
        assertNull(heard.node());
        assertEquals(-1, heard.seq());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "n17", "n17/3", "n17/3/42/1", "n17/x/42", "n17/3/-1", "n17/3/4294967296"})
    void a_reading_without_a_number_has_none(String id) {
        Heard heard = Heard.of(TOPICS, TOPICS.nodeData("n17"), "[]", Map.of("id", id, "node", "00000000000000af"));

        assertEquals(true, heard.epoch() < 0 || heard.seq() < 0, heard.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "af", "00000000000000aF", "000000000000000g", "00000000000000af0", "-0000000000000af"})
    void a_node_is_sixteen_small_hexadecimal_digits(String node) {
        assertNull(Heard.of(TOPICS, TOPICS.nodeData("n17"), "[]", Map.of("id", "n17/3/42", "node", node))
                .node());
    }

    @Test
    void a_reading_without_properties_is_none_of_this_version() {
        Heard heard = Heard.of(TOPICS, TOPICS.nodeData("n17"), "[]", Map.of());

        assertEquals("n17", heard.data());
        assertNull(heard.node());
        assertNull(heard.id());
    }
}
