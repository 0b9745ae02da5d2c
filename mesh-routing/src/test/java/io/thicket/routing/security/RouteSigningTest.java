package io.thicket.routing.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.NodeId;
import io.thicket.routing.Seq;
import io.thicket.routing.wire.Bytes;
import io.thicket.routing.wire.Distance;
import io.thicket.routing.wire.Rrep;
import io.thicket.routing.wire.Rreq;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class RouteSigningTest {
    private static final NodeId ORIGIN = new NodeId(0x0101010101010101L);
    private static final NodeId TARGET = new NodeId(0x0202020202020202L);
    private static final Bytes KEY = Bytes.copyOf(new byte[32]);

    /** What is signed comes back as the "signature", so that a test sees what is covered. */
    private static final Signer SIGNER = new Signer() {
        @Override
        public byte[] publicKey() {
            return new byte[32];
        }

        @Override
        public byte[] sign(byte[] message) {
            return Arrays.copyOf(digest(message), 64);
        }
    };

    private static final Verifier VERIFIER =
            (key, message, signature) -> Arrays.equals(signature, Arrays.copyOf(digest(message), 64));

    private static byte[] digest(byte[] message) {
        try {
            return java.security.MessageDigest.getInstance("SHA-512").digest(message);
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static Rreq rreq(int count, long id, NodeId target, Seq minSeq, int lifetimeS) {
        return new Rreq(
                ORIGIN,
                new Seq(1, count),
                id,
                target,
                minSeq,
                0,
                new Seq(1, count),
                0,
                9,
                true,
                false,
                false,
                lifetimeS,
                null);
    }

    @Test
    void the_signed_part_of_a_request_has_the_documented_bytes() {
        byte[] part = rreq(7, 9, TARGET, new Seq(2, 3), 300).signedPart();

        assertEquals(
                "746869636b65742f727265712f3100" + "a7" + "0001" + "01480101010101010101" + "02820107" + "0309"
                        + "04480202020202020202" + "05820203" + "0b19012c",
                HexFormat.of().formatHex(part));
    }

    @Test
    void the_signed_part_of_a_reply_has_the_documented_bytes() {
        byte[] part = new Rrep(TARGET, new Seq(2, 3), ORIGIN, 9, 300, 5, new Seq(2, 3), 1, 9, 0, null).signedPart();

        assertEquals(
                "746869636b65742f727265702f3100" + "a6" + "0002" + "01480202020202020202" + "02820203"
                        + "03480101010101010101" + "0409" + "0519012c",
                HexFormat.of().formatHex(part));
    }

    @Test
    void what_only_the_originator_says_is_covered_and_what_relays_change_is_not() {
        Rreq signed = RouteSigning.sign(SIGNER, rreq(7, 9, TARGET, new Seq(2, 3), 300));
        Bytes signature = signed.signature();

        assertTrue(RouteSigning.isSigned(VERIFIER, KEY, signed));
        assertTrue(RouteSigning.isSigned(VERIFIER, KEY, signed.relayed(new Distance(new Seq(1, 7), 400), 3, 6, true)));
        assertFalse(RouteSigning.isSigned(
                VERIFIER, KEY, rreq(8, 9, TARGET, new Seq(2, 3), 300).signed(signature)));
        assertFalse(RouteSigning.isSigned(
                VERIFIER, KEY, rreq(7, 8, TARGET, new Seq(2, 3), 300).signed(signature)));
        assertFalse(RouteSigning.isSigned(
                VERIFIER, KEY, rreq(7, 9, ORIGIN, new Seq(2, 3), 300).signed(signature)));
        assertFalse(RouteSigning.isSigned(
                VERIFIER, KEY, rreq(7, 9, TARGET, new Seq(2, 4), 300).signed(signature)));
        assertFalse(RouteSigning.isSigned(
                VERIFIER, KEY, rreq(7, 9, TARGET, new Seq(2, 3), 301).signed(signature)));
        assertFalse(RouteSigning.isSigned(VERIFIER, KEY, signed.signed(null)));
    }
}
