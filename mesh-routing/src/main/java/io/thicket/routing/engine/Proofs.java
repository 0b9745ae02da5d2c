package io.thicket.routing.engine;

import io.thicket.routing.NodeId;
import io.thicket.routing.RoutingCounter;
import io.thicket.routing.Seq;
import io.thicket.routing.security.RouteSigning;
import io.thicket.routing.wire.Bytes;
import io.thicket.routing.wire.FrameCodec;
import io.thicket.routing.wire.Ident;
import io.thicket.routing.wire.MeshMessage;
import io.thicket.routing.wire.Rrep;
import io.thicket.routing.wire.Rreq;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who vouches for RREQ and RREP (section 3): keys come from verified IDENTs, which may ride beside the message. */
final class Proofs {
    /** An advert may be ahead of the Seq that its destination signed by so much: it bumps for its own data, too. */
    static final int MAX_AHEAD = 64;

    /** What is known of a message's author. */
    enum Proof {
        PROVEN,
        /** No key, no signature, or no time to verify it. */
        UNPROVEN,
        FORGED
    }

    private final Core core;
    private final Identities identities;
    private final ControlBudget budget;
    private final SeqAnchors anchors = new SeqAnchors();

    Proofs(Core core, Identities identities, ControlBudget budget) {
        this.core = core;
        this.identities = identities;
        this.budget = budget;
    }

    /** An own request, signed. */
    Rreq sign(Rreq rreq) {
        return RouteSigning.sign(core.signer, rreq);
    }

    /** An own reply, signed. */
    Rrep sign(Rrep rrep) {
        return RouteSigning.sign(core.signer, rrep);
    }

    Ident ownIdent() {
        return identities.own();
    }

    Proof check(Rreq rreq, @Nullable Ident beside) {
        Bytes key = beside == null ? identities.keyOf(rreq.origin()) : identities.keyOf(rreq.origin(), beside);
        if (key == null || rreq.signature() == null || !budget.mayVerify()) {
            return Proof.UNPROVEN;
        }
        return judged(RouteSigning.isSigned(core.verifier, key, rreq));
    }

    Proof check(Rrep rrep, @Nullable Ident beside) {
        Bytes key = beside == null ? identities.keyOf(rrep.target()) : identities.keyOf(rrep.target(), beside);
        if (key == null || rrep.signature() == null || !budget.mayVerify()) {
            return Proof.UNPROVEN;
        }
        return judged(RouteSigning.isSigned(core.verifier, key, rrep));
    }

    private Proof judged(boolean genuine) {
        if (!genuine) {
            core.count(RoutingCounter.DROPPED_BAD_SIGNATURE);
        }
        return genuine ? Proof.PROVEN : Proof.FORGED;
    }

    /**
     * Whether a relay may have a route to {@code node} with {@code claimed}, when the node itself just signed {@code signed}, or
     * on a link without signatures.
     */
    boolean isPlausible(Proof proof, Neighbor from, NodeId node, Seq signed, Seq claimed) {
        if (proof == Proof.PROVEN) {
            anchors.signed(core.now(), node, signed);
            return isPlausible(signed, claimed);
        }
        boolean plausible =
                !from.link.isUnsigned() || anchors.isPlausible(core.now(), node, claimed, identities.proofOf(node));
        if (!plausible) {
            core.count(RoutingCounter.DROPPED_UNSIGNED_SEQ);
        }
        return plausible;
    }

    private static boolean isPlausible(Seq signed, Seq claimed) {
        return !claimed.isNewerThan(signed)
                || claimed.epoch() == signed.epoch() && claimed.count() - signed.count() <= MAX_AHEAD;
    }

    /** Without its signature if {@code room} or the link's airtime is too small for it (section 3, LoRa). */
    static Rreq fitted(Rreq rreq, Interface link, int room) {
        return rreq.signature() != null && mustStrip(rreq, link, room) ? rreq.signed(null) : rreq;
    }

    /** Without its signature if {@code room} or the link's airtime is too small for it (section 3, LoRa). */
    static Rrep fitted(Rrep rrep, Interface link, int room) {
        return rrep.signature() != null && mustStrip(rrep, link, room) ? rrep.signed(null) : rrep;
    }

    private static boolean mustStrip(MeshMessage message, Interface link, int room) {
        return link.isUnsigned() || FrameCodec.encodedBytes(message) > room;
    }

    /** The message, then the IDENT, if both fit in {@code room} and the link can afford it; else the message. */
    static List<MeshMessage> besideIdent(MeshMessage message, @Nullable Ident ident, Interface link, int room) {
        boolean fits = ident != null
                && !link.isUnsigned()
                && FrameCodec.encodedBytes(ident) + FrameCodec.encodedBytes(message) <= room;
        return fits && ident != null ? List.of(message, ident) : List.of(message);
    }
}
