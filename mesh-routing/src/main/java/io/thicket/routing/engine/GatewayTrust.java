package io.thicket.routing.engine;

import io.thicket.routing.Alarm;
import io.thicket.routing.NodeId;
import io.thicket.routing.RoutingCounter;
import io.thicket.routing.Seq;
import io.thicket.routing.security.GatewaySigning;
import io.thicket.routing.wire.Bytes;
import io.thicket.routing.wire.GatewayEntry;
import io.thicket.routing.wire.Ident;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Who may be a gateway (section 3, fake gateway). A network that lists its gateways takes entries of these only, and only
 * with a signature by the gateway's own key, which its IDENT proves. A network that lists none takes any.
 */
final class GatewayTrust {
    /**
     * How far an entry's Seq may be above the signed one: a route also stands on Seqs that a gateway gave in an RREP or an R
     * flag, and tells signed ones only with its HELLOs.
     */
    static final int MAX_STEPS_UNSIGNED = 16;

    /** Signatures remembered of one gateway: routes may stand on an older Seq while they settle. */
    static final int MAX_PROOFS = 4;

    private static final double VERIFICATIONS_PER_S = 100;
    private static final int VERIFICATION_BURST = 100;

    /** A signature that was verified. */
    record Proof(Seq seq, boolean uplink, Bytes signature) {}

    private final Core core;
    private final Set<NodeId> listed;

    // Of listed gateways; each is made with its first entry: few networks list theirs.
    private Map<NodeId, Ident> idents = Collections.emptyMap();
    private Map<NodeId, ArrayDeque<Proof>> proofs = Collections.emptyMap();

    private @Nullable TokenBucket verifications;
    private @Nullable Proof own;

    /** {@code listed}: the nodes that may be gateways, any node if empty. */
    GatewayTrust(Core core, Set<NodeId> listed) {
        this.core = core;
        this.listed = listed;
    }

    /** Whether only listed nodes may be gateways. */
    boolean isRestricted() {
        return !listed.isEmpty();
    }

    boolean mayBeGateway(NodeId node) {
        return listed.isEmpty() || listed.contains(node);
    }

    /** An IDENT was verified. */
    void learned(Ident ident) {
        NodeId id = ident.id();
        if (listed.contains(id)) {
            idents = idents.isEmpty() ? new TreeMap<>() : idents;
            idents.put(
                    id,
                    new Ident(
                            ident.publicKey().detached(),
                            ident.name(),
                            ident.roles(),
                            ident.epoch(),
                            ident.signature().detached()));
        }
    }

    /** The IDENTs of listed gateways, for neighbours that need their keys. */
    List<Ident> idents() {
        return new ArrayList<>(idents.values());
    }

    /** Those of {@code entries}, heard from {@code from}, that may be acted on. */
    List<GatewayEntry> accepted(Neighbor from, List<GatewayEntry> entries) {
        if (listed.isEmpty()) {
            return entries;
        }
        List<GatewayEntry> genuine = new ArrayList<>(entries.size());
        for (GatewayEntry entry : entries) {
            if (entry.gateway().equals(core.self) || isGenuine(from, entry)) {
                genuine.add(entry);
            }
        }
        return genuine;
    }

    private boolean isGenuine(Neighbor from, GatewayEntry entry) {
        if (!listed.contains(entry.gateway())) {
            return refused(from, entry, "is not listed as a gateway");
        }
        Bytes signature = entry.signature();
        if (signature == null && from.link.isUnsigned()) {
            boolean vouched = vouches(entry.gateway(), entry.seq(), entry.uplink());
            if (!vouched) {
                core.count(RoutingCounter.GATEWAYS_UNVERIFIED);
            }
            return vouched;
        }
        if (signature == null) {
            return refused(from, entry, "did not sign this entry");
        }
        if (entry.seq().count() > entry.signedSeq().count() + MAX_STEPS_UNSIGNED) {
            return refused(from, entry, "never signed a sequence number near this one");
        }
        for (Proof proof : proofsOf(entry.gateway())) {
            if (proof.seq.equals(entry.signedSeq())
                    && proof.uplink == entry.uplink()
                    && proof.signature.equals(signature)) {
                return true;
            }
        }
        Ident ident = idents.get(entry.gateway());
        if (ident == null) {
            core.count(RoutingCounter.GATEWAYS_UNVERIFIED);
            return false; // its IDENT comes with one of the next HELLOs
        }
        if (!mayVerify()) {
            core.count(RoutingCounter.DROPPED_RATE_LIMITED);
            return false;
        }
        if (!GatewaySigning.verify(core.verifier, ident.publicKey(), entry)) {
            return refused(from, entry, "did not sign this entry");
        }
        remember(entry.gateway(), new Proof(entry.signedSeq(), entry.uplink(), signature.detached()));
        return true;
    }

    private boolean mayVerify() {
        verifications = TokenBucket.of(verifications);
        return verifications.take(core.now(), VERIFICATIONS_PER_S / 1_000, VERIFICATION_BURST, 1);
    }

    private boolean refused(Neighbor from, GatewayEntry entry, String why) {
        core.count(RoutingCounter.GATEWAYS_REFUSED);
        core.alarm(Alarm.Kind.FAKE_GATEWAY, from.id(), "it announces gateway " + entry.gateway() + ", which " + why);
        return false;
    }

    private ArrayDeque<Proof> proofsOf(NodeId gateway) {
        proofs = proofs.isEmpty() ? new TreeMap<>() : proofs;
        return proofs.computeIfAbsent(gateway, unused -> new ArrayDeque<>(MAX_PROOFS));
    }

    /** Newest first; only the newest ones are kept, so that replayed old ones push nothing out. */
    private void remember(NodeId gateway, Proof proof) {
        List<Proof> all = new ArrayList<>(proofsOf(gateway)); // which makes the map
        all.add(proof);
        all.sort((a, b) -> b.seq.compareTo(a.seq));
        ArrayDeque<Proof> kept = new ArrayDeque<>(MAX_PROOFS);
        for (Proof each : all) {
            if (kept.size() < MAX_PROOFS) {
                kept.addLast(each);
            }
        }
        proofs.put(gateway, kept);
    }

    /** Whether the newest proof of {@code gateway} vouches for an entry that came without, on a link without room for it. */
    private boolean vouches(NodeId gateway, Seq seq, boolean uplink) {
        Proof newest = proofsOf(gateway).peekFirst();
        return newest != null
                && newest.uplink == uplink
                && newest.seq.epoch() == seq.epoch()
                && seq.count() <= newest.seq.count() + MAX_STEPS_UNSIGNED;
    }

    /** What vouches for an entry about {@code gateway} with {@code seq}; null if nothing does. */
    @Nullable
    Proof proofOf(NodeId gateway, Seq seq, boolean uplink) {
        for (Proof proof : proofsOf(gateway)) {
            if (proof.uplink == uplink
                    && proof.seq.epoch() == seq.epoch()
                    && seq.count() <= proof.seq.count() + MAX_STEPS_UNSIGNED) {
                return proof;
            }
        }
        return null;
    }

    /** As {@link #ownSignature}, for a link where it is sent now and then only. */
    @Nullable
    Proof ownProof(Seq seq, boolean uplink) {
        return ownSignature(seq, uplink) == null ? null : own;
    }

    /** This gateway's own signature; made anew only when its Seq or its uplink changed. */
    @Nullable
    Bytes ownSignature(Seq seq, boolean uplink) {
        if (listed.isEmpty()) {
            return null;
        }
        Proof present = own;
        if (present == null || !present.seq.equals(seq) || present.uplink != uplink) {
            present = new Proof(seq, uplink, GatewaySigning.sign(core.signer, core.self, seq, uplink));
            own = present;
        }
        return present.signature;
    }
}
