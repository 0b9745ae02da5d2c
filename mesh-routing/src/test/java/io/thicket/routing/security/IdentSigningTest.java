package io.thicket.routing.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.Identity;
import io.thicket.routing.NodeId;
import io.thicket.routing.wire.Bytes;
import io.thicket.routing.wire.Ident;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IdentSigningTest {
    private static final Set<Identity.Role> ROLES = Set.of(Identity.Role.SENSOR, Identity.Role.GATEWAY);
    private final JdkSigner keys = new JdkSigner();

    @Test
    void a_signed_ident_proves_the_identity() {
        Ident ident = IdentSigning.sign(keys, "roof-1", ROLES, 7);

        assertEquals(
                Optional.of(new Identity(NodeId.ofPublicKey(keys.publicKey()), "roof-1", ROLES, 7)),
                IdentSigning.verify(keys, ident));
    }

    @Test
    void changing_any_field_voids_the_signature() {
        Ident ident = IdentSigning.sign(keys, "roof-1", ROLES, 7);
        Bytes key = ident.publicKey();
        Bytes signature = ident.signature();

        assertTrue(IdentSigning.verify(keys, new Ident(key, "roof-2", ROLES, 7, signature))
                .isEmpty());
        assertTrue(IdentSigning.verify(keys, new Ident(key, "roof-1", Set.of(), 7, signature))
                .isEmpty());
        assertTrue(IdentSigning.verify(keys, new Ident(key, "roof-1", ROLES, 8, signature))
                .isEmpty());
    }

    @Test
    void the_signed_part_has_the_documented_bytes() {
        byte[] part = Ident.signedPart(Bytes.copyOf(new byte[32]), "ab", ROLES, 7);

        assertEquals(
                "746869636b65742f6964656e742f3100" + "a5000d" + "015820" + "00".repeat(32) + "02626162" + "0305"
                        + "0407",
                HexFormat.of().formatHex(part));
    }

    /** The JDK's Ed25519, good enough as a second judge. */
    private static final class JdkSigner implements Signer, Verifier {
        private final KeyPair pair;

        JdkSigner() {
            try {
                pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            } catch (java.security.GeneralSecurityException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public byte[] publicKey() {
            byte[] encoded = pair.getPublic().getEncoded();
            return Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
        }

        @Override
        public byte[] sign(byte[] message) {
            try {
                Signature signature = Signature.getInstance("Ed25519");
                signature.initSign(pair.getPrivate());
                signature.update(message);
                return signature.sign();
            } catch (java.security.GeneralSecurityException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public boolean verify(byte[] publicKey, byte[] message, byte[] bytes) {
            try {
                Signature signature = Signature.getInstance("Ed25519");
                signature.initVerify(pair.getPublic());
                signature.update(message);
                return Arrays.equals(publicKey, publicKey()) && signature.verify(bytes);
            } catch (java.security.GeneralSecurityException e) {
                return false;
            }
        }
    }
}
