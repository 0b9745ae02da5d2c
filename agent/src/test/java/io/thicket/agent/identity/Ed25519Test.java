package io.thicket.agent.identity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Ed25519Test {
    private static final HexFormat HEX = HexFormat.of();
    private final Ed25519Verifier verifier = new Ed25519Verifier();

    @Test
    void vector_of_rfc_8032_section_7_1_test_2() {
        Ed25519Signer signer =
                new Ed25519Signer(HEX.parseHex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"));
        byte[] signature = signer.sign(new byte[] {0x72});

        assertEquals(
                "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", HEX.formatHex(signer.publicKey()));
        assertEquals(
                "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                        + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
                HEX.formatHex(signature));
        assertTrue(verifier.verify(signer.publicKey(), new byte[] {0x72}, signature));
    }

    @Test
    void the_jdk_agrees() throws GeneralSecurityException {
        Random random = new Random(1);
        for (int i = 0; i < 20; i++) {
            byte[] seed = new byte[32];
            byte[] message = new byte[random.nextInt(300)];
            random.nextBytes(seed);
            random.nextBytes(message);
            Ed25519Signer signer = new Ed25519Signer(seed);
            byte[] signature = signer.sign(message);

            assertArrayEquals(jdkSign(seed, message), signature);
            assertTrue(jdkVerify(signer.publicKey(), message, signature));
            assertTrue(verifier.verify(signer.publicKey(), message, signature));
            signature[random.nextInt(64)] ^= (byte) (1 << random.nextInt(8));
            assertFalse(verifier.verify(signer.publicKey(), message, signature));
        }
    }

    /** facts: the JDK takes this forgery for any message, which is why it is not used. */
    @Test
    void a_forged_signature_under_a_key_of_small_order_is_refused() throws GeneralSecurityException {
        byte[] key = HEX.parseHex("01" + "00".repeat(31));
        byte[] forged = HEX.parseHex("01" + "00".repeat(63));
        byte[] message = {1, 2, 3};

        assertTrue(jdkVerify(key, message, forged));
        assertFalse(verifier.verify(key, message, forged));
    }

    /** The encodings of the eight points of small order, and some that are no point. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0100000000000000000000000000000000000000000000000000000000000000",
                "0000000000000000000000000000000000000000000000000000000000000000",
                "0000000000000000000000000000000000000000000000000000000000000080",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
                "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "0200000000000000000000000000000000000000000000000000000000000000"
            })
    void public_keys_that_nobody_owns_verify_nothing(String key) {
        byte[] zeroS = HEX.parseHex(key + "00".repeat(32));

        assertFalse(verifier.verify(HEX.parseHex(key), new byte[0], zeroS));
        assertFalse(verifier.verify(HEX.parseHex(key), new byte[0], HEX.parseHex("01" + "00".repeat(63))));
    }

    @Test
    void wrong_lengths_are_false_or_refused() {
        Ed25519Signer signer = new Ed25519Signer(new byte[32]);
        byte[] signature = signer.sign(new byte[0]);

        assertFalse(verifier.verify(new byte[31], new byte[0], signature));
        assertFalse(verifier.verify(signer.publicKey(), new byte[0], new byte[63]));
        assertThrows(IllegalArgumentException.class, () -> new Ed25519Signer(new byte[31]));
    }

    private static byte[] jdkSign(byte[] seed, byte[] message) throws GeneralSecurityException {
        PrivateKey key = KeyFactory.getInstance("Ed25519")
                .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed));
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(key);
        signature.update(message);
        return signature.sign();
    }

    private static boolean jdkVerify(byte[] publicKey, byte[] message, byte[] signed) throws GeneralSecurityException {
        byte[] encoded = HEX.parseHex("302a300506032b6570032100" + HEX.formatHex(publicKey));
        PublicKey key = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
        Signature signature = Signature.getInstance("Ed25519");
        signature.initVerify(key);
        signature.update(message);
        return signature.verify(signed);
    }
}
