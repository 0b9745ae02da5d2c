package io.thicket.routing.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.NodeId;
import io.thicket.routing.Seq;
import io.thicket.routing.wire.Bytes;
import io.thicket.routing.wire.FrameCodec;
import io.thicket.routing.wire.GatewayEntry;
import io.thicket.routing.wire.Hello;
import io.thicket.routing.wire.WireFormatException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The wire form of what a gateway signs, and of an entry whose Seq is not the signed one. */
class GatewaySigningTest {
    private static final NodeId GATEWAY = NodeId.parse("0102030405060708");

    @Test
    void the_signature_is_over_context_node_seq_and_uplink() {
        byte[] signed = GatewayEntry.signedPart(GATEWAY, new Seq(3, 500), true);

        String context = HexFormat.of().formatHex("thicket/gateway/1\0".getBytes(StandardCharsets.US_ASCII));
        assertEquals(
                context + "84" + "480102030405060708" + "03" + "1901f4" + "01",
                HexFormat.of().formatHex(signed));
    }

    @Test
    void a_signed_count_is_written_only_if_it_is_another_one() throws WireFormatException {
        Bytes signature = Bytes.copyOf(new byte[64]);
        String same = encoded(entry(10, 10, signature));
        String older = encoded(entry(12, 10, signature));

        assertEquals("8a480102030405060708030a1864020719", same.substring(0, 34));
        assertEquals("8b480102030405060708030c1864020719", older.substring(0, 34));
        assertEquals(same.length() + 2, older.length());
        assertEquals("0a", older.substring(older.length() - 2));
        assertThrows(WireFormatException.class, () -> decode(older.substring(0, older.length() - 2) + "0c"));
        assertEquals(entry(12, 10, signature), decode(older));
    }

    @Test
    void a_signature_holds_for_its_gateway_seq_and_uplink_only_and_whatever_relays_change() {
        Bytes signature = GatewaySigning.sign(SIGNER, OWNER, new Seq(3, 10), true);

        assertTrue(verifies(KEY, signed(OWNER, 3, 10, 10, true, 100, signature)));
        assertTrue(verifies(KEY, signed(OWNER, 3, 12, 10, true, 900, signature)), "a relay's Seq and metric");
        assertFalse(verifies(KEY, signed(OWNER, 3, 11, 11, true, 100, signature)), "another count");
        assertFalse(verifies(KEY, signed(OWNER, 4, 10, 10, true, 100, signature)), "another epoch");
        assertFalse(verifies(KEY, signed(OWNER, 3, 10, 10, false, 100, signature)), "another uplink");
        assertFalse(verifies(KEY, signed(OWNER, 3, 10, 10, true, 100, null)), "none");
        assertFalse(
                verifies(KEY, signed(OWNER, 3, 10, 10, true, 100, Bytes.copyOf(new byte[64]))), "no signature at all");
    }

    /** The key vouches for the NodeId that is its hash, whoever signed well. */
    @Test
    void a_good_signature_by_another_nodes_key_is_worth_nothing() {
        Bytes signature = GatewaySigning.sign(SIGNER, GATEWAY, new Seq(3, 10), true);

        assertFalse(verifies(KEY, signed(GATEWAY, 3, 10, 10, true, 100, signature)));
    }

    private static boolean verifies(Bytes key, GatewayEntry entry) {
        return GatewaySigning.verify(VERIFIER, key, entry);
    }

    private static GatewayEntry signed(
            NodeId gateway,
            long epoch,
            long count,
            long signedCount,
            boolean uplink,
            long metric,
            @Nullable Bytes signature) {
        return new GatewayEntry(
                gateway,
                new Seq(epoch, count),
                metric,
                2,
                uplink,
                false,
                true,
                300,
                0,
                1_200,
                signature,
                signature == null ? count : signedCount);
    }

    /** The "signature" of a message is its hash: enough to see what is covered. */
    private static final Signer SIGNER = new Signer() {
        @Override
        public byte[] publicKey() {
            return new byte[32];
        }

        @Override
        public byte[] sign(byte[] message) {
            return digest(message);
        }
    };

    private static final Verifier VERIFIER = (key, message, signature) -> Arrays.equals(signature, digest(message));
    private static final Bytes KEY = Bytes.copyOf(new byte[32]);
    private static final NodeId OWNER = NodeId.ofPublicKey(new byte[32]);

    private static byte[] digest(byte[] message) {
        try {
            return MessageDigest.getInstance("SHA-512").digest(message);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static GatewayEntry entry(long count, long signedCount, Bytes signature) {
        return new GatewayEntry(
                GATEWAY, new Seq(3, count), 100, 2, true, true, true, 300, 0, 1_200, signature, signedCount);
    }

    private static final String BEFORE = "a6000401010219ea6003800481";
    private static final String AFTER = "0583000700";

    private static String encoded(GatewayEntry entry) {
        Hello hello = new Hello(1, 60_000, List.of(), List.of(entry), Set.of(), 7, 0, null);
        String hex = HexFormat.of().formatHex(FrameCodec.encode(List.of(hello)));
        assertEquals(BEFORE, hex.substring(0, BEFORE.length()));
        assertEquals(AFTER, hex.substring(hex.length() - AFTER.length()));
        return hex.substring(BEFORE.length(), hex.length() - AFTER.length());
    }

    private static GatewayEntry decode(String entry) throws WireFormatException {
        byte[] bytes = HexFormat.of().parseHex(BEFORE + entry + AFTER);
        return ((Hello) FrameCodec.decode(ByteBuffer.wrap(bytes)).get(0))
                .gateways()
                .get(0);
    }
}
