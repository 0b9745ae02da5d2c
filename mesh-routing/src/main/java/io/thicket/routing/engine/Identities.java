package io.thicket.routing.engine;

import io.thicket.routing.Identity;
import io.thicket.routing.NodeId;
import io.thicket.routing.RoutingCounter;
import io.thicket.routing.security.IdentSigning;
import io.thicket.routing.security.ProvenIdent;
import io.thicket.routing.security.SharedValues;
import io.thicket.routing.table.LinkedTable;
import io.thicket.routing.wire.Bytes;
import io.thicket.routing.wire.FrameCodec;
import io.thicket.routing.wire.Ident;
import io.thicket.routing.wire.MeshMessage;
import io.thicket.routing.wire.WireFormatException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** This node's IDENT and those of the others: each distinct one is verified once, at a limited rate (section 3). */
final class Identities {
    /** Identities remembered; the one unused longest is verified again when it comes again. */
    static final int MAX_IDENTITIES = 2_048;

    private static final double VERIFICATIONS_PER_S = 20;
    private static final int VERIFICATION_BURST = 50;

    private final Core core;
    private final GatewayTrust trust;
    private Ident own;
    /** By NodeId, the one unused longest first. */
    private final LinkedTable<ProvenIdent> proven;

    private int changes;
    private final SharedValues shared;
    private @Nullable TokenBucket verifications;

    Identities(Core core, GatewayTrust trust) {
        this.core = core;
        this.trust = trust;
        this.proven = new LinkedTable<>(core.tableSeed);
        this.shared = core.buffers.shared(core.tableSeed);
        this.own = signed(core.epoch());
    }

    /** Signs anew after an epoch repair. */
    void renew() {
        own = signed(core.epoch());
    }

    /** This node's IDENT, kept once with those that others will have of it. */
    private Ident signed(long epoch) {
        Ident ident = IdentSigning.sign(core.signer, core.name, core.roles, epoch);
        return shared.proven(ident, new Identity(core.self, core.name, core.roles, epoch))
                .ident();
    }

    /** The newest verified IDENT of {@code node}, null if none is remembered: proves the epoch to the node itself (2.1). */
    @Nullable
    Ident proofOf(NodeId node) {
        ProvenIdent known = use(node);
        return known == null ? null : known.ident();
    }

    /** Another number after each IDENT that was verified: as long as it is the same, no later one than before is known of any node. */
    int changes() {
        return changes;
    }

    /** Whether {@code ident} is signed by its key; at the limited rate of all verifications. */
    boolean isGenuine(Ident ident) {
        if (!mayVerify()) {
            core.count(RoutingCounter.DROPPED_RATE_LIMITED);
            return false;
        }
        return IdentSigning.verify(core.verifier, ident).isPresent();
    }

    private boolean mayVerify() {
        verifications = TokenBucket.of(verifications);
        return verifications.take(core.now(), VERIFICATIONS_PER_S / 1_000, VERIFICATION_BURST, 1);
    }

    /** To be called now and then: most IDENTs are verified in the first minutes. */
    void sweep() {
        verifications = TokenBucket.trimmed(verifications, core.now(), VERIFICATIONS_PER_S / 1_000, VERIFICATION_BURST);
    }

    /** This node's signed IDENT. */
    Ident own() {
        return own;
    }

    /** An IDENT arrived; {@code claimed} is who is known to have sent it. Returns whether it is new and proven. */
    boolean onIdent(Ident ident, NodeId claimed) {
        if (claimed.equals(core.self) || !ident.id().equals(claimed)) {
            return false;
        }
        ProvenIdent known = use(claimed);
        if (known != null && known.ident().signature().equals(ident.signature())) {
            return false;
        }
        if (known != null && known.identity().epoch() > ident.epoch()) {
            return false; // an older boot's
        }
        if (!mayVerify()) {
            core.count(RoutingCounter.DROPPED_RATE_LIMITED);
            return false;
        }
        Optional<Identity> identity = IdentSigning.verify(core.verifier, ident);
        if (identity.isEmpty()) {
            core.count(RoutingCounter.DROPPED_BAD_SEAL);
            return false;
        }
        ProvenIdent kept = shared.proven(ident, identity.get());
        keep(claimed, kept);
        trust.learned(ident);
        core.out().identified(kept.identity());
        return true;
    }

    /** The IDENT in the payload of an IDENT DATA, null if there is none. */
    @Nullable
    Ident read(Bytes payload) {
        try {
            List<MeshMessage> messages = FrameCodec.decode(payload.asBuffer());
            if (messages.size() == 1 && messages.get(0) instanceof Ident ident) {
                return ident;
            }
        } catch (WireFormatException e) {
            core.count(RoutingCounter.DROPPED_MALFORMED);
        }
        return null;
    }

    /** The public key of {@code node}, null while no IDENT of it was verified. */
    @Nullable
    Bytes keyOf(NodeId node) {
        if (node.equals(core.self)) {
            return own.publicKey();
        }
        ProvenIdent known = use(node);
        return known == null ? null : known.ident().publicKey();
    }

    /** The same, with an IDENT that came beside a message of {@code node}: it is verified if it is not known yet. */
    @Nullable
    Bytes keyOf(NodeId node, Ident beside) {
        Bytes known = keyOf(node);
        if (known == null) {
            onIdent(beside, node);
            return keyOf(node);
        }
        return known;
    }

    private @Nullable ProvenIdent use(NodeId node) {
        int slot = proven.find(node.value(), 0);
        if (slot == LinkedTable.NONE) {
            return null;
        }
        proven.touch(slot);
        return proven.value(slot);
    }

    private void keep(NodeId node, ProvenIdent kept) {
        changes++;
        proven.remove(node.value(), 0);
        if (proven.size() >= MAX_IDENTITIES) {
            proven.remove(proven.oldest());
        }
        proven.add(node.value(), 0, kept);
    }
}
