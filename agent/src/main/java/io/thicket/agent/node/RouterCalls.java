package io.thicket.agent.node;

import io.thicket.agent.port.LinkListener;
import io.thicket.agent.port.Timers;
import io.thicket.routing.Destination;
import io.thicket.routing.GatewayState;
import io.thicket.routing.LinkAddress;
import io.thicket.routing.LinkId;
import io.thicket.routing.LinkInfo;
import io.thicket.routing.MeshRouter;
import io.thicket.routing.MessageId;
import io.thicket.routing.NodeId;
import io.thicket.routing.PayloadType;
import io.thicket.routing.Priority;
import io.thicket.routing.RouteExplanation;
import io.thicket.routing.RoutingSnapshot;
import io.thicket.routing.SettleStatus;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Calls a node's router, also when it wants to be called: each call winds this clock, and is followed by what it wants, which never runs in the middle of another one. */
final class RouterCalls extends DeadlineTimer {
    private final MeshRouter router;
    private final Timers timers;
    private final NodeEffects effects;
    private boolean followed;
    private boolean held;

    /** What is to be done after the present call; null for nothing, as nearly every call leaves it. */
    private @Nullable ArrayDeque<Runnable> afterCall;

    RouterCalls(MeshRouter router, NodeEffects effects, Timers timers) {
        super(timers);
        this.router = router;
        this.effects = effects;
        this.timers = timers;
    }

    void onLink(LinkId link, LinkInfo info) {
        router.onLink(timers.nowMs(), link, info, effects);
        called();
    }

    /** Who hears a link. */
    LinkListener listener(LinkId link) {
        return new LinkReceiver(link);
    }

    void gatewayState(GatewayState state) {
        router.gatewayState(timers.nowMs(), state, effects);
        called();
    }

    void settle(MessageId message, SettleStatus status) {
        router.settle(timers.nowMs(), message, status, effects);
        called();
    }

    /** See {@link MeshRouter#send}. */
    long send(
            Destination to,
            PayloadType type,
            long maxAgeMs,
            boolean wantsSettle,
            long repeats,
            int turn,
            byte[] payload) {
        long number = router.send(
                timers.nowMs(),
                to,
                type,
                Priority.NORMAL,
                maxAgeMs,
                wantsSettle,
                repeats,
                turn,
                ByteBuffer.wrap(payload),
                effects);
        called();
        return number;
    }

    /** See {@link MeshRouter#trace}. */
    long trace(NodeId node) {
        long number = router.trace(timers.nowMs(), node, effects);
        called();
        return number;
    }

    Optional<RouteExplanation> explain(NodeId node) {
        return router.explain(timers.nowMs(), node);
    }

    RoutingSnapshot snapshot() {
        return router.snapshot(timers.nowMs());
    }

    boolean hasRoute(NodeId to) {
        return router.hasRoute(to);
    }

    int maxPayloadBytes(Destination to) {
        return router.maxPayloadBytes(to);
    }

    /** What follows from calls of the router within {@code calls} waits until these have returned, so that they are never re-entered. */
    void holding(Runnable calls) {
        held = true;
        try {
            calls.run();
        } finally {
            held = false;
        }
        follow();
    }

    @Override
    void onTime() {
        router.onDeadline(timers.nowMs(), effects);
        called();
    }

    @Override
    long deadlineMs() {
        return router.nextDeadlineMs();
    }

    /** Ends every call that gave the router {@link #effects}. */
    private void called() {
        rearm(router.nextDeadlineMs());
        follow();
    }

    /** {@code effect} of the router's present call is done when that has returned. */
    void afterCall(Runnable effect) {
        ArrayDeque<Runnable> waiting = afterCall;
        if (waiting == null) {
            waiting = new ArrayDeque<>(1);
            afterCall = waiting;
        }
        waiting.add(effect);
    }

    /** Does what calls of the router wanted, unless that is being done already or is held. */
    private void follow() {
        if (afterCall == null || followed || held) {
            return;
        }
        followed = true;
        try {
            while (afterCall != null) {
                next(afterCall).run();
            }
        } finally {
            followed = false;
        }
    }

    private Runnable next(ArrayDeque<Runnable> waiting) {
        Runnable effect = waiting.remove();
        if (waiting.isEmpty()) {
            afterCall = null;
        }
        return effect;
    }

    /** Hears one link. */
    private final class LinkReceiver implements LinkListener {
        private final LinkId id;

        LinkReceiver(LinkId id) {
            this.id = id;
        }

        @Override
        public void onFrame(LinkAddress from, int exchange, ByteBuffer sealed) {
            router.onFrame(timers.nowMs(), id, from, sealed, exchange, effects);
            called();
        }

        @Override
        public void onReply(LinkAddress from, int exchange, ByteBuffer sealed) {
            router.onReply(timers.nowMs(), id, from, exchange, sealed, effects);
            called();
        }

        @Override
        public void onUnreachable(LinkAddress to) {
            router.onLinkFailure(timers.nowMs(), id, to, effects);
            called();
        }

        @Override
        public void onChange(LinkInfo info) {
            onLink(id, info);
        }
    }
}
