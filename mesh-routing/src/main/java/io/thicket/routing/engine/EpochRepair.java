package io.thicket.routing.engine;

import io.thicket.routing.MeshRouter;
import io.thicket.routing.NodeId;
import io.thicket.routing.RoutingCounter;
import io.thicket.routing.Seq;
import io.thicket.routing.security.FrameForm;
import io.thicket.routing.wire.Distance;
import io.thicket.routing.wire.FrameCodec;
import io.thicket.routing.wire.Ident;
import io.thicket.routing.wire.MeshMessage;
import io.thicket.routing.wire.Tell;
import io.thicket.routing.wire.WireLimits;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * 2.1, epoch repair. A node whose disk was set back starts in an epoch that the mesh has seen before, and nothing it says
 * is news. Its neighbours show it what they know: its own signed IDENT of a later epoch (a proof), or a TELL about itself
 * with a later Seq (a claim). A proof is followed at once to the epoch behind it; a claim by one step. Both are followed
 * ever more rarely: two machines with one key, and liars, would otherwise write epochs to the disk for ever.
 */
final class EpochRepair {
    /** The first pause between two steps; each pause is twice as long as the one before. */
    static final long STEP_MS = 10_000;

    static final long LONGEST_STEP_MS = 3_600_000;

    /**
     * A disk that was set back may be shown a second later epoch, by somebody who knows more than the first one did. The third
     * is one of a machine that overtakes this one again and again.
     */
    private static final int OVERTAKEN_BY_A_CLONE = 3;

    /** How often one neighbour is told the same. */
    private static final double TOLD_PER_S = 0.5;

    private static final int TOLD_BURST = 3;

    /** Hears of a new epoch of this node, which is on the disk by then. */
    interface Listener {
        void epochRepaired();
    }

    private final Core core;
    private final FrameSender frames;
    private final RoutingTable routes;
    private final Identities identities;
    private final BootHistory boots;
    private final Listener listener;
    private @Nullable TokenBuckets<NodeId> told;
    // Made with the first step, which hardly a node has to take.
    private @Nullable BackOff proofs;
    private @Nullable BackOff claims;
    private long latestShown;
    private int overtaken;

    EpochRepair(
            Core core,
            FrameSender frames,
            RoutingTable routes,
            Identities identities,
            BootHistory boots,
            Listener listener) {
        this.core = core;
        this.frames = frames;
        this.routes = routes;
        this.identities = identities;
        this.boots = boots;
        this.listener = listener;
    }

    /**
     * What a boot in {@code epoch} that proved nothing yet should know before it sends anything else, in at most
     * {@code roomBytes}.
     */
    List<MeshMessage> evidenceFor(NodeId stranger, int bootTag, long epoch, int roomBytes) {
        Long other = boots.epochOfOther(stranger, bootTag);
        Ident proof = identities.proofOf(stranger);
        boolean proven = proof != null && proof.epoch() > epoch;
        Seq held = heldSeq(stranger);
        boolean overtaken = other != null && (other >= epoch || held != null && held.epoch() >= epoch);
        if (!(overtaken || proven && other != null) || !mayTell(stranger)) {
            return List.of();
        }
        List<MeshMessage> evidence = new ArrayList<>(1);
        if (proven && proof != null && FrameCodec.encodedBytes(proof) <= roomBytes) {
            evidence.add(proof);
        } else {
            long proved = proven && proof != null ? proof.epoch() : 0;
            Seq known = new Seq(Math.max(Math.max(epoch, proved), other == null ? 0 : other), 1);
            evidence.add(claim(stranger, held != null && held.isNewerThan(known) ? held : known));
        }
        return evidence;
    }

    /** {@code sender} announced its own Seq. If it was ahead of that before, it is shown so. */
    void onAnnounced(Neighbor sender, Seq announced) {
        RouteEntry entry = routes.get(sender.id());
        Ident proof = laterProof(sender, announced.epoch());
        boolean proven = proof != null;
        // A HELLO that was overtaken by a newer Seq of the same boot looks old, too; its sender ignores a claim then.
        boolean behind = entry != null && entry.hasDistanceNewerThan(announced);
        if ((proven || behind) && mayTell(sender.id())) {
            int room = sender.mtuBytes() - FrameForm.UNICAST.overheadBytes();
            Seq known = behind || proof == null ? heldSeq(sender.id()) : new Seq(proof.epoch(), 1);
            MeshMessage evidence =
                    proof != null && FrameCodec.encodedBytes(proof) <= room ? proof : claim(sender.id(), known);
            core.count(RoutingCounter.CONTROL_FRAMES_SENT);
            frames.unicast(sender, MeshRouter.NO_EXCHANGE, List.of(evidence));
        }
    }

    /** What {@code sender} has signed of a later epoch than this one, which it announced; null if nothing is known. */
    private @Nullable Ident laterProof(Neighbor sender, long epoch) {
        // Each HELLO names it, and it hardly ever changes.
        if (sender.isEpochKnown(epoch, identities.changes())) {
            return null;
        }
        boots.announced(sender.id(), sender.bootTag(), epoch);
        Ident proof = identities.proofOf(sender.id());
        if (proof != null && proof.epoch() > epoch) {
            return proof;
        }
        sender.epochKnown(epoch, identities.changes());
        return null;
    }

    private boolean mayTell(NodeId node) {
        told = TokenBuckets.of(told, TOLD_PER_S, TOLD_BURST);
        return told.take(core.now(), node);
    }

    /** Somebody shows this node an IDENT of its own key. */
    void onProof(Ident ident) {
        if (!ident.id().equals(core.self) || ident.epoch() <= core.epoch() || !identities.isGenuine(ident)) {
            return;
        }
        proofs = BackOff.of(proofs, STEP_MS, LONGEST_STEP_MS);
        if (!proofs.take(core.now())) {
            return;
        }
        shown(ident.epoch());
        raise(ident.epoch() + 1);
    }

    /** Somebody says that he knows {@code seq} of this node (U10: that feeds epoch repair and nothing else). */
    void onClaim(Seq seq) {
        if (!seq.isNewerThan(core.ownSeq())) {
            return;
        }
        claims = BackOff.of(claims, STEP_MS, LONGEST_STEP_MS);
        if (claims.take(core.now())) {
            shown(seq.epoch());
            raise(core.epoch() + 1);
        }
    }

    /** An epoch that this node did not make; steps towards one that is known are no news. */
    private void shown(long epoch) {
        if (epoch > latestShown) {
            latestShown = epoch;
            if (++overtaken >= OVERTAKEN_BY_A_CLONE) {
                core.cloneAlarm(
                        core.self,
                        "again and again a later epoch of this node is shown: another machine uses its key"
                                + " (a copied SD card?), or a node lies");
            }
        }
    }

    private void raise(long epoch) {
        if (epoch <= WireLimits.MAX_U32) {
            core.out().persistEpoch(epoch); // On the disk before anything is sent in it.
            core.repairEpoch(epoch);
            listener.epochRepaired();
        }
    }

    private @Nullable Seq heldSeq(NodeId node) {
        RouteEntry entry = routes.get(node);
        return entry == null ? null : entry.feasibleSeq();
    }

    /** At an unreachable metric, so that nobody can take it for an advert. */
    private static Tell claim(NodeId node, @Nullable Seq seq) {
        if (seq == null) {
            throw new AssertionError("a claim without a number");
        }
        return new Tell(node, new Distance(seq, WireLimits.MAX_U32), 0);
    }
}
