package io.thicket.routing.wire;

import io.thicket.routing.Identity;
import io.thicket.routing.NodeId;
import java.util.Set;

/**
 * Type 13: what a node says about itself, signed. {@code security.IdentSigning} makes and verifies it.
 *
 * @param publicKey 32 bytes; the NodeId is its hash
 * @param name valid by {@link Identity#isValidName}
 * @param epoch of the boot that said so
 * @param signature 64 bytes over {@link #signedPart}
 */
public record Ident(Bytes publicKey, String name, Set<Identity.Role> roles, long epoch, Bytes signature)
        implements MeshMessage {
    static final int TYPE = 13;

    public Ident {
        Checks.length(publicKey, WireLimits.PUBLIC_KEY_BYTES, "public key");
        if (!Identity.isValidName(name)) {
            throw new IllegalArgumentException("node name '" + name + "'");
        }
        roles = Set.copyOf(roles);
        WireLimits.u32(epoch, "epoch");
        Checks.length(signature, WireLimits.SIGNATURE_BYTES, "signature");
    }

    @Override
    public int type() {
        return TYPE;
    }

    /** A value that shares storage with nobody. */
    public Ident detached() {
        return new Ident(publicKey.detached(), name, roles, epoch, signature.detached());
    }

    /** The NodeId that belongs to the key. */
    public NodeId id() {
        return NodeId.ofPublicKey(publicKey.toArray());
    }

    /** The bytes that are signed: "thicket/ident/1", a zero byte, then the CBOR map of keys 0 to 4. */
    public byte[] signedPart() {
        return MessageWriter.identSignedPart(publicKey, name, roles, epoch);
    }

    /** The bytes to sign for an IDENT with these fields. */
    public static byte[] signedPart(Bytes publicKey, String name, Set<Identity.Role> roles, long epoch) {
        return MessageWriter.identSignedPart(publicKey, name, roles, epoch);
    }
}
