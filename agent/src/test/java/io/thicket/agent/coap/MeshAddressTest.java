package io.thicket.agent.coap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.NodeId;
import java.net.InetAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MeshAddressTest {
    @Test
    void an_address_is_fd_then_40_bits_of_the_hash_then_zero_then_the_node() {
        // printf test-net | sha256sum begins with 254ddbe0ec
        MeshAddress address = MeshAddress.of("test-net", NodeId.parse("0123456789abcdef"));

        assertEquals("fd25:4ddb:e0ec:0:123:4567:89ab:cdef", address.text());
    }

    @ParameterizedTest
    @CsvSource({
        "0000000000000001,fd25:4ddb:e0ec::1",
        "0000000000000000,fd25:4ddb:e0ec::",
        "1100000000000001,fd25:4ddb:e0ec:0:1100::1",
        "1100000100000000,fd25:4ddb:e0ec:0:1100:1::",
        "1100000100000001,fd25:4ddb:e0ec:0:1100:1:0:1"
    })
    void the_text_is_that_of_rfc_5952_and_reads_back(String id, String text) {
        MeshAddress address = MeshAddress.of("test-net", NodeId.parse(id));

        assertEquals(text, address.text());
        assertEquals(Optional.of(address), MeshAddress.parse(text));
        assertEquals(Optional.of(address), MeshAddress.parse("[" + text + "]"));
        assertEquals(Optional.of(address), MeshAddress.of(address.toInetAddress()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "n1",
                "::1",
                "127.0.0.1",
                "fe80::1",
                "fd25:4ddb:e0ec:1::1",
                "fd::1::2",
                "fd25::1%lo",
                "::ffff:1.2.3.4"
            })
    void anything_else_is_no_mesh_address(String text) {
        assertTrue(MeshAddress.parse(text).isEmpty());
    }

    @Test
    void an_ipv4_address_is_none() throws Exception {
        assertTrue(MeshAddress.of(InetAddress.getByAddress(new byte[4])).isEmpty());
    }
}
