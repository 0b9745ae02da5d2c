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

/** The router inside a whole node, with a watcher of what it drops, delivers and changes, and of the end of each call. */
final class WatchedRouter implements MeshRouter {
    /** Hears of a router in the middle of its calls; it must not call it. */
    interface Watcher {
        void dropped(MessageId message, DropReason reason);

        void routeChanged(RouteChange change);

        void alarm(Alarm alarm);

        /** A message of an application arrived; whether the watcher took it, so that the node does not get it. */
        boolean took(PayloadType type, int hops, ByteBuffer payload);

        /** A message was given to the router, which answered {@code number}. */
        void sent(long number, PayloadType type, ByteBuffer payload);

        /** A call that may have changed something is over. */
        void called();
    }

    private final MeshRouter router;
    private final Watcher watcher;
    private @Nullable Watch last;
    private long lastNumber;

    WatchedRouter(MeshRouter router, Watcher watcher) {
        this.router = router;
        this.watcher = watcher;
    }

    /** What the last {@link #send} returned. */
    long lastNumber() {
        return lastNumber;
    }

    @Override
    public void onLink(long nowMs, LinkId link, LinkInfo info, RouterEffects effects) {
        router.onLink(nowMs, link, info, watching(effects));
        watcher.called();
    }

    @Override
    public void onFrame(
            long nowMs, LinkId link, LinkAddress from, ByteBuffer sealed, int exchange, RouterEffects effects) {
        router.onFrame(nowMs, link, from, sealed, exchange, watching(effects));
        watcher.called();
    }

    @Override
    public void onReply(
            long nowMs, LinkId link, LinkAddress from, int exchange, ByteBuffer sealed, RouterEffects effects) {
        router.onReply(nowMs, link, from, exchange, sealed, watching(effects));
        watcher.called();
    }

    @Override
    public void onLinkFailure(long nowMs, LinkId link, LinkAddress to, RouterEffects effects) {
        router.onLinkFailure(nowMs, link, to, watching(effects));
        watcher.called();
    }

    @Override
    public long send(
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
        watcher.sent(lastNumber, type, given);
        watcher.called();
        return lastNumber;
    }

    @Override
    public int maxPayloadBytes(Destination destination) {
        return router.maxPayloadBytes(destination);
    }

    @Override
    public boolean hasRoute(NodeId destination) {
        return router.hasRoute(destination);
    }

    @Override
    public void settle(long nowMs, MessageId message, SettleStatus status, RouterEffects effects) {
        router.settle(nowMs, message, status, watching(effects));
        watcher.called();
    }

    @Override
    public void gatewayState(long nowMs, GatewayState state, RouterEffects effects) {
        router.gatewayState(nowMs, state, watching(effects));
        watcher.called();
    }

    @Override
    public long trace(long nowMs, NodeId target, RouterEffects effects) {
        return router.trace(nowMs, target, watching(effects));
    }

    @Override
    public Optional<RouteExplanation> explain(long nowMs, NodeId destination) {
        return router.explain(nowMs, destination);
    }

    @Override
    public void onDeadline(long nowMs, RouterEffects effects) {
        router.onDeadline(nowMs, watching(effects));
        watcher.called();
    }

    @Override
    public long nextDeadlineMs() {
        return router.nextDeadlineMs();
    }

    @Override
    public RoutingSnapshot snapshot(long nowMs) {
        return router.snapshot(nowMs);
    }

    private RouterEffects watching(RouterEffects effects) {
        Watch known = last;
        if (known == null || known.to != effects) {
            known = new Watch(effects);
            last = known;
        }
        return known;
    }

    /** A node has one object for its router's effects, so that this one is made once. */
    private final class Watch implements RouterEffects {
        private final RouterEffects to;

        Watch(RouterEffects to) {
            this.to = to;
        }

        @Override
        public void transmit(LinkId link, LinkAddress toOrAll, int exchange, ByteBuffer sealed) {
            to.transmit(link, toOrAll, exchange, sealed);
        }

        @Override
        public void reply(LinkId link, LinkAddress to, int exchange, HopCode code, ByteBuffer sealed) {
            this.to.reply(link, to, exchange, code, sealed);
        }

        @Override
        public void deliver(
                MessageId message, PayloadType type, int hops, long ageMs, boolean wantsSettle, ByteBuffer payload) {
            if (!watcher.took(type, hops, payload)) {
                to.deliver(message, type, hops, ageMs, wantsSettle, payload);
            }
        }

        @Override
        public void settled(long messageNumber, NodeId gateway, SettleStatus status) {
            to.settled(messageNumber, gateway, status);
        }

        @Override
        public void drop(MessageId message, Destination destination, DropReason reason) {
            watcher.dropped(message, reason);
            to.drop(message, destination, reason);
        }

        @Override
        public void routeChanged(RouteChange change) {
            watcher.routeChanged(change);
            to.routeChanged(change);
        }

        @Override
        public void identified(Identity identity) {
            to.identified(identity);
        }

        @Override
        public void persistEpoch(long epoch) {
            to.persistEpoch(epoch);
        }

        @Override
        public void alarm(Alarm alarm) {
            watcher.alarm(alarm);
            to.alarm(alarm);
        }

        @Override
        public void traced(TraceReport report) {
            to.traced(report);
        }
    }
}
