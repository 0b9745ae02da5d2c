package io.thicket.sim.lab;

import io.thicket.routing.Alarm;
import io.thicket.routing.Destination;
import io.thicket.routing.DropReason;
import io.thicket.routing.GatewayState;
import io.thicket.routing.HopCode;
import io.thicket.routing.Identity;
import io.thicket.routing.LinkAddress;
import io.thicket.routing.LinkId;
import io.thicket.routing.LinkInfo;
import io.thicket.routing.MeshRouter;
import io.thicket.routing.MessageId;
import io.thicket.routing.NodeId;
import io.thicket.routing.PayloadType;
import io.thicket.routing.Priority;
import io.thicket.routing.RouteChange;
import io.thicket.routing.RouteExplanation;
import io.thicket.routing.RouterEffects;
import io.thicket.routing.RoutingSnapshot;
import io.thicket.routing.SettleStatus;
import io.thicket.routing.TraceReport;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The router inside a whole node, with a watcher of what it drops, delivers and changes, and of the end of each call. The watcher is whoever
 * extends it, and the effects pass through it, too: one object of a node less to be brought from memory for each frame.
 */
abstract class WatchedRouter implements MeshRouter, RouterEffects {
    private final MeshRouter router;

    /** Where the effects of the present call go. */
    private @Nullable RouterEffects to;

    private long lastNumber;

    WatchedRouter(MeshRouter router) {
        this.router = router;
    }

    // Told in the middle of calls: the router must not be called then.

    abstract void dropped(MessageId message, DropReason reason);

    abstract void changed(RouteChange change);

    abstract void alarmed(Alarm alarm);

    /** A message of an application arrived; whether the watcher took it, so that the node does not get it. */
    abstract boolean took(PayloadType type, int hops, ByteBuffer payload);

    /** A message was given to the router, which answered {@code number}. */
    abstract void sent(long number, PayloadType type, ByteBuffer payload);

    /** A call that may have changed something is over. */
    abstract void called();

    /** What the last {@link #send} returned. */
    final long lastNumber() {
        return lastNumber;
    }

    @Override
    public final void onLink(long nowMs, LinkId link, LinkInfo info, RouterEffects effects) {
        router.onLink(nowMs, link, info, watching(effects));
        called();
    }

    @Override
    public final void onFrame(
            long nowMs, LinkId link, LinkAddress from, ByteBuffer sealed, int exchange, RouterEffects effects) {
        router.onFrame(nowMs, link, from, sealed, exchange, watching(effects));
        called();
    }

    @Override
    public final void onReply(
            long nowMs, LinkId link, LinkAddress from, int exchange, ByteBuffer sealed, RouterEffects effects) {
        router.onReply(nowMs, link, from, exchange, sealed, watching(effects));
        called();
    }

    @Override
    public final void onLinkFailure(long nowMs, LinkId link, LinkAddress to, RouterEffects effects) {
        router.onLinkFailure(nowMs, link, to, watching(effects));
        called();
    }

    @Override
    public final long send(
            long nowMs,
            Destination destination,
            PayloadType type,
            Priority priority,
            long maxAgeMs,
            boolean wantsSettle,
            long repeats,
            int turn,
            ByteBuffer payload,
            RouterEffects effects) {
        ByteBuffer given = payload.duplicate();
        lastNumber = router.send(
                nowMs, destination, type, priority, maxAgeMs, wantsSettle, repeats, turn, payload, watching(effects));
        sent(lastNumber, type, given);
        called();
        return lastNumber;
    }

    @Override
    public final int maxPayloadBytes(Destination destination) {
        return router.maxPayloadBytes(destination);
    }

    @Override
    public final boolean hasRoute(NodeId destination) {
        return router.hasRoute(destination);
    }

    @Override
    public final void settle(long nowMs, MessageId message, SettleStatus status, RouterEffects effects) {
        router.settle(nowMs, message, status, watching(effects));
        called();
    }

    @Override
    public final void gatewayState(long nowMs, GatewayState state, RouterEffects effects) {
        router.gatewayState(nowMs, state, watching(effects));
        called();
    }

    @Override
    public final long trace(long nowMs, NodeId target, RouterEffects effects) {
        return router.trace(nowMs, target, watching(effects));
    }

    @Override
    public final Optional<RouteExplanation> explain(long nowMs, NodeId destination) {
        return router.explain(nowMs, destination);
    }

    @Override
    public final void onDeadline(long nowMs, RouterEffects effects) {
        router.onDeadline(nowMs, watching(effects));
        called();
    }

    @Override
    public final long nextDeadlineMs() {
        return router.nextDeadlineMs();
    }

    @Override
    public final RoutingSnapshot snapshot(long nowMs) {
        return router.snapshot(nowMs);
    }

    private RouterEffects watching(RouterEffects effects) {
        to = effects;
        return this;
    }

    private RouterEffects effects() {
        RouterEffects present = to;
        if (present == null) {
            throw new AssertionError("an effect before the first call");
        }
        return present;
    }

    @Override
    public final void transmit(LinkId link, LinkAddress toOrAll, int exchange, ByteBuffer sealed) {
        effects().transmit(link, toOrAll, exchange, sealed);
    }

    @Override
    public final void reply(LinkId link, LinkAddress answered, int exchange, HopCode code, ByteBuffer sealed) {
        effects().reply(link, answered, exchange, code, sealed);
    }

    @Override
    public final void deliver(
            MessageId message, PayloadType type, int hops, long ageMs, boolean wantsSettle, ByteBuffer payload) {
        if (!took(type, hops, payload)) {
            effects().deliver(message, type, hops, ageMs, wantsSettle, payload);
        }
    }

    @Override
    public final void settled(long messageNumber, NodeId gateway, SettleStatus status) {
        effects().settled(messageNumber, gateway, status);
    }

    @Override
    public final void drop(MessageId message, Destination destination, DropReason reason) {
        dropped(message, reason);
        effects().drop(message, destination, reason);
    }

    @Override
    public final void routeChanged(RouteChange change) {
        changed(change);
        effects().routeChanged(change);
    }

    @Override
    public final void identified(Identity identity) {
        effects().identified(identity);
    }

    @Override
    public final void persistEpoch(long epoch) {
        effects().persistEpoch(epoch);
    }

    @Override
    public final void alarm(Alarm alarm) {
        alarmed(alarm);
        effects().alarm(alarm);
    }

    @Override
    public final void traced(TraceReport report) {
        effects().traced(report);
    }
}
