package io.thicket.routing.security;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class ChaCha20Poly1305Test {
    /** The JDK under test gives the vector's tag; the frame vector in FrameGuardTest covers our use of it. */
    @Test
    void rfc8439_section_2_8_2() throws Exception {
        HexFormat hex = HexFormat.of();
        Cipher cipher = Cipher.getInstance("ChaCha20-Poly1305");
        byte[] key = hex.parseHex("808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f");
        cipher.init(
                Cipher.ENCRYPT_MODE,
                new SecretKeySpec(key, "ChaCha20"),
                new IvParameterSpec(hex.parseHex("070000004041424344454647")));
        cipher.updateAAD(hex.parseHex("50515253c0c1c2c3c4c5c6c7"));

        byte[] sealed =
                cipher.doFinal(("Ladies and Gentlemen of the class of '99: If I could offer you only one tip for "
                                + "the future, sunscreen would be it.")
                        .getBytes(StandardCharsets.US_ASCII));

        assertEquals("1ae10b594f09e26a7e902ecbd0600691", hex.formatHex(sealed, 114, 130));
    }
}
