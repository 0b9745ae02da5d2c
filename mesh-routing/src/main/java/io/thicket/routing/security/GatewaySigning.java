package io.thicket.routing.security;

import io.thicket.routing.NodeId;
import io.thicket.routing.Seq;
import io.thicket.routing.wire.Bytes;
import io.thicket.routing.wire.GatewayEntry;

/** Makes and checks the signatures of gateway entries: what relays may not change of them. */
public final class GatewaySigning {
    private GatewaySigning() {}

    /** A gateway's signature over who it is, its Seq, and whether its uplink works. */
    public static Bytes sign(Signer signer, NodeId gateway, Seq seq, boolean uplink) {
        return Bytes.copyOf(signer.sign(GatewayEntry.signedPart(gateway, seq, uplink)));
    }

    /** Whether {@code entry} has a signature by the owner of {@code publicKey}, who is the gateway. */
    public static boolean verify(Verifier verifier, Bytes publicKey, GatewayEntry entry) {
        Bytes signature = entry.signature();
        return signature != null
                && NodeId.ofPublicKey(publicKey.toArray()).equals(entry.gateway())
                && verifier.verify(
                        publicKey.toArray(),
                        GatewayEntry.signedPart(entry.gateway(), entry.signedSeq(), entry.uplink()),
                        signature.toArray());
    }
}
