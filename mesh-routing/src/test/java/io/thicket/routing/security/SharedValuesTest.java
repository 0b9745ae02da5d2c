package io.thicket.routing.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.thicket.routing.Identity;
import io.thicket.routing.wire.Bytes;
import io.thicket.routing.wire.Ident;
import java.nio.ByteBuffer;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SharedValuesTest {
    private final byte[] frame = new byte[96];

    @Test
    void routers_of_one_network_keep_an_ident_once() {
        SharedValues shared = new FrameBuffers(4).shared(1);

        ProvenIdent first = proven(shared, 1, "a", 1);

        assertSame(first, proven(shared, 1, "a", 1));
    }

    @Test
    void what_is_kept_is_no_view_of_a_frame() {
        SharedValues shared = new FrameBuffers(4).shared(1);
        ProvenIdent first = proven(shared, 1, "a", 1);
        Bytes key = first.ident().publicKey();

        frame[0] = 99;

        assertEquals(1, key.get(0));
    }

    @Test
    void another_boot_or_name_is_another_value() {
        SharedValues shared = new FrameBuffers(4).shared(1);
        ProvenIdent first = proven(shared, 1, "a", 1);
        ProvenIdent later = proven(shared, 1, "a", 2);

        assertNotEquals(first, later);
        assertSame(later, proven(shared, 1, "a", 2));
        assertEquals("b", proven(shared, 1, "b", 2).identity().name());
        assertEquals(1, first.identity().epoch());
    }

    @Test
    void no_more_idents_than_nodes_are_kept() {
        SharedValues shared = new FrameBuffers(2).shared(1);
        ProvenIdent first = proven(shared, 1, "a", 1);
        ProvenIdent second = proven(shared, 2, "b", 1);
        proven(shared, 3, "c", 1);

        assertSame(second, proven(shared, 2, "b", 1));
        assertNotSame(first, proven(shared, 1, "a", 1));
        assertEquals(first, proven(shared, 1, "a", 1));
    }

    @Test
    void one_router_alone_keeps_its_own() {
        SharedValues shared = new FrameBuffers().shared(1);

        assertNotSame(proven(shared, 1, "a", 1), proven(shared, 1, "a", 1));
    }

    /** As a frame brings it: the key and the signature are views. */
    private ProvenIdent proven(SharedValues shared, int key, String name, long epoch) {
        frame[0] = (byte) key;
        Bytes publicKey = Bytes.view(ByteBuffer.wrap(frame, 0, 32));
        Ident ident = new Ident(
                publicKey, name, Set.of(Identity.Role.RELAY), epoch, Bytes.view(ByteBuffer.wrap(frame, 32, 64)));
        return shared.proven(ident, new Identity(ident.id(), name, ident.roles(), epoch));
    }
}
