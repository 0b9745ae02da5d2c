package io.thicket.routing.engine;

import io.thicket.routing.Alarm;
import io.thicket.routing.GatewayState;
import io.thicket.routing.Seq;
import io.thicket.routing.wire.Bytes;
import io.thicket.routing.wire.GatewayEntry;
import org.jspecify.annotations.Nullable;

/** This node as a gateway: what it announces, and when it raises its own Seq (2.5). */
final class OwnGateway {
    /** Between two Seqs that a gateway raises for its own messages where the medium is full. */
    private static final long RAISE_MS = 60_000;

    private final Core core;
    private final GatewayTrust trust;
    private long periodMs;
    private @Nullable GatewayState state;
    private long raisedAtMs = Long.MIN_VALUE / 2;

    OwnGateway(Core core, GatewayTrust trust, long periodMs) {
        this.core = core;
        this.trust = trust;
        this.periodMs = periodMs;
    }

    /** T_gw of the links that this node has. */
    void setPeriod(long gatewayPeriodMs) {
        periodMs = gatewayPeriodMs;
    }

    boolean isGateway() {
        return state != null;
    }

    /** Whether it is announced as a way to the broker. */
    boolean isOffered() {
        GatewayState present = state;
        return present != null && present.uplink() && trust.mayBeGateway(core.self);
    }

    /** The node says how its uplink is. True if neighbours must hear of it soon. */
    boolean update(GatewayState next) {
        GatewayState before = state;
        state = next;
        if (before == null && !trust.mayBeGateway(core.self)) {
            core.alarm(
                    Alarm.Kind.FAKE_GATEWAY,
                    core.self,
                    "this node is no gateway of its network's list; nobody will use it");
        }
        if (before == null || before.uplink() != next.uplink()) {
            // A withdrawal must be newer than every entry under way, and so must be the recovery.
            core.bumpOwnSeq();
            core.agenda.set(Agenda.Part.OWN_SEQ, core.now() + periodMs);
            return true;
        }
        return before.accepting() != next.accepting();
    }

    /**
     * Whether this node may raise its Seq for a message of its own, which registers it on a way. Where the medium is full a gateway does so once
     * in {@link #RAISE_MS}: each of its Seqs is news to everybody, and ways which the next one makes infeasible would be searched.
     */
    boolean mayRaise(boolean congested) {
        if (!isOffered()) {
            return true;
        }
        if (congested && core.now() - raisedAtMs < RAISE_MS) {
            return false;
        }
        raisedAtMs = core.now();
        return true;
    }

    /** A gateway's Seq is raised once in each period. */
    void onDeadline() {
        core.bumpOwnSeq();
        core.agenda.set(Agenda.Part.OWN_SEQ, core.now() + periodMs);
    }

    /** The entry for this node's own HELLO, null if it is no gateway. Lifetime 0 withdraws it. */
    @Nullable
    GatewayEntry entry(Interface link) {
        GatewayState present = state;
        if (present == null || !trust.mayBeGateway(core.self)) {
            return null;
        }
        long lifetimeS =
                present.uplink() ? Math.min(0xffff, Math.max(1, link.parameters.gatewayLifetimeMs() / 1_000)) : 0;
        return new GatewayEntry(
                core.self,
                core.ownSeq(),
                0,
                0,
                present.uplink(),
                present.backlog() > 0,
                present.accepting(),
                (int) lifetimeS,
                present.loadPercent(),
                link.info.mtuBytes(),
                signature(link, core.ownSeq(), present.uplink()));
    }

    private @Nullable Bytes signature(Interface link, Seq seq, boolean uplink) {
        if (!link.isUnsigned()) {
            return trust.ownSignature(seq, uplink);
        }
        GatewayTrust.Proof proof = trust.ownProof(seq, uplink);
        return proof != null && link.isSignatureDue(core.self, seq, proof) ? proof.signature() : null;
    }
}
