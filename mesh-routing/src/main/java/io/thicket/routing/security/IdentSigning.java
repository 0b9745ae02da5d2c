package io.thicket.routing.security;

import io.thicket.routing.Identity;
import io.thicket.routing.wire.Bytes;
import io.thicket.routing.wire.Ident;
import java.util.Optional;
import java.util.Set;

/** Makes and checks signed IDENT messages. */
public final class IdentSigning {
    private IdentSigning() {}

    /** This node's IDENT. */
    public static Ident sign(Signer signer, String name, Set<Identity.Role> roles, long epoch) {
        Bytes publicKey = Bytes.copyOf(signer.publicKey());
        byte[] signature = signer.sign(Ident.signedPart(publicKey, name, roles, epoch));
        return new Ident(publicKey, name, roles, epoch, Bytes.copyOf(signature));
    }

    /** The identity that {@code ident} proves, or empty if its signature is not by its key. */
    public static Optional<Identity> verify(Verifier verifier, Ident ident) {
        boolean genuine = verifier.verify(
                ident.publicKey().toArray(),
                ident.signedPart(),
                ident.signature().toArray());
        return genuine
                ? Optional.of(new Identity(ident.id(), ident.name(), ident.roles(), ident.epoch()))
                : Optional.empty();
    }
}
