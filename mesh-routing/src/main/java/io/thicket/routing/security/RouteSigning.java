package io.thicket.routing.security;

import io.thicket.routing.wire.Bytes;
import io.thicket.routing.wire.Rrep;
import io.thicket.routing.wire.Rreq;
import org.jspecify.annotations.Nullable;

/**
 * Makes and checks the signatures of RREQ and RREP: the originator vouches for its Seq, its target and what it asks, the
 * target for its Seq and whom it answers. What relays change is not covered.
 */
public final class RouteSigning {
    private RouteSigning() {}

    /** {@code rreq} signed by its originator. */
    public static Rreq sign(Signer signer, Rreq rreq) {
        return rreq.signed(Bytes.copyOf(signer.sign(rreq.signedPart())));
    }

    /** {@code rrep} signed by its target. */
    public static Rrep sign(Signer signer, Rrep rrep) {
        return rrep.signed(Bytes.copyOf(signer.sign(rrep.signedPart())));
    }

    /** Whether {@code rreq} is signed by the owner of {@code publicKey}, who must be its originator. */
    public static boolean isSigned(Verifier verifier, Bytes publicKey, Rreq rreq) {
        return verify(verifier, publicKey, rreq.signedPart(), rreq.signature());
    }

    /** Whether {@code rrep} is signed by the owner of {@code publicKey}, who must be its target. */
    public static boolean isSigned(Verifier verifier, Bytes publicKey, Rrep rrep) {
        return verify(verifier, publicKey, rrep.signedPart(), rrep.signature());
    }

    private static boolean verify(Verifier verifier, Bytes publicKey, byte[] message, @Nullable Bytes signature) {
        return signature != null && verifier.verify(publicKey.toArray(), message, signature.toArray());
    }
}
