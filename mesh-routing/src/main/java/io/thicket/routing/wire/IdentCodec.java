package io.thicket.routing.wire;

import io.thicket.routing.Identity;
import java.util.Set;

/** The bytes of an IDENT. */
@SuppressWarnings("DoNotCallSuggester")
final class IdentCodec {
    private IdentCodec() {}

    static byte[] signedPart(Bytes publicKey, String name, Set<Identity.Role> roles, long epoch) {
        throw new UnsupportedOperationException(publicKey + name + roles + epoch);
    }
}
