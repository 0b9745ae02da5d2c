package io.thicket.routing.record;

import io.thicket.routing.Destination;
import io.thicket.routing.GatewayState;
import io.thicket.routing.LinkAddress;
import io.thicket.routing.LinkId;
import io.thicket.routing.LinkInfo;
import io.thicket.routing.LoraRadio;
import io.thicket.routing.MeshRouter;
import io.thicket.routing.MessageId;
import io.thicket.routing.NodeId;
import io.thicket.routing.PayloadType;
import io.thicket.routing.Priority;
import io.thicket.routing.RouteExplanation;
import io.thicket.routing.RouterEffects;
import io.thicket.routing.RoutingSnapshot;
import io.thicket.routing.SettleStatus;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** A router that writes down every call, what it returned, and a hash of all effects so far. Adds nothing and hides nothing. */
public final class RecordingRouter implements MeshRouter {
    /** A record's numbers beside its byte strings, generously. */
    private static final int CALL_BYTES = 256;

    private final MeshRouter router;
    private final EventRecorder recorder;
    private final EffectDigest digest = new EffectDigest(Silence.EFFECTS);
    private long calls;

    /** Records {@code router}, which was made just now; {@code recorder} has begun. */
    public RecordingRouter(MeshRouter router, EventRecorder recorder) {
        this.router = router;
        this.recorder = recorder;
    }

    /** The node stops: the log gets an end that says so. */
    public void close() {
        recorder.end(EventRecorder.End.STOPPED, calls, digest.hash());
    }

    /** The hash of all effects so far, in hexadecimal. */
    public String hash() {
        return digest.hex();
    }

    @Override
    public void onLink(long nowMs, LinkId link, LinkInfo info, RouterEffects effects) {
        if (mayRecord(0)) {
            LoraRadio radio = info.radio();
            recorder.put(recorder.call(RecordType.LINK, nowMs)
                    .number(link.value())
                    .number(List.of(io.thicket.routing.LinkClass.values()).indexOf(info.linkClass()))
                    .number(info.rateKbps())
                    .number(info.mtuBytes())
                    .flag(info.up())
                    .number(radio == null ? 0 : radio.spreadingFactor())
                    .number(radio == null ? 0 : radio.bandwidthKhz())
                    .number(radio == null ? 0 : radio.codingRate())
                    .number(radio == null ? 0 : radio.dutyPerMille()));
        }
        run(effects, fx -> {
            router.onLink(nowMs, link, info, fx);
            return 0;
        });
    }

    @Override
    public void onFrame(
            long nowMs, LinkId link, LinkAddress from, ByteBuffer sealed, int exchange, RouterEffects effects) {
        frame(RecordType.FRAME, nowMs, link, from, sealed, exchange);
        run(effects, fx -> {
            router.onFrame(nowMs, link, from, sealed, exchange, fx);
            return 0;
        });
    }

    @Override
    public void onReply(
            long nowMs, LinkId link, LinkAddress from, int exchange, ByteBuffer sealed, RouterEffects effects) {
        frame(RecordType.REPLY, nowMs, link, from, sealed, exchange);
        run(effects, fx -> {
            router.onReply(nowMs, link, from, exchange, sealed, fx);
            return 0;
        });
    }

    private void frame(RecordType type, long nowMs, LinkId link, LinkAddress from, ByteBuffer sealed, int exchange) {
        if (mayRecord(sealed.remaining())) {
            ByteBuffer whole = sealed.duplicate();
            // A router looks at no frame that is longer than this, so that its rest makes no difference.
            whole.limit(Math.min(whole.limit(), whole.position() + Replay.MAX_FRAME_BYTES));
            recorder.put(recorder.call(type, nowMs)
                    .number(link.value())
                    .bytes(from.toBytes())
                    .number(exchange)
                    .bytes(whole));
        }
    }

    @Override
    public void onLinkFailure(long nowMs, LinkId link, LinkAddress to, RouterEffects effects) {
        if (mayRecord(0)) {
            recorder.put(recorder.call(RecordType.LINK_FAILURE, nowMs)
                    .number(link.value())
                    .bytes(to.toBytes()));
        }
        run(effects, fx -> {
            router.onLinkFailure(nowMs, link, to, fx);
            return 0;
        });
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
        if (payload.remaining() <= Replay.MAX_FRAME_BYTES && mayRecord(payload.remaining())) {
            NodeId node = destination instanceof Destination.Node to ? to.id() : new NodeId(0);
            recorder.put(recorder.call(RecordType.SEND, nowMs)
                    .flag(destination instanceof Destination.AnyGateway)
                    .number(node.value())
                    .number(List.of(PayloadType.values()).indexOf(type))
                    .number(List.of(Priority.values()).indexOf(priority))
                    .number(maxAgeMs)
                    .flag(wantsSettle)
                    .number(repeats)
                    .number(turn)
                    .bytes(payload));
        } else if (!recorder.hasEnded()) {
            recorder.end(EventRecorder.End.FULL, calls, digest.hash());
        }
        return run(
                effects,
                fx -> router.send(
                        nowMs, destination, type, priority, maxAgeMs, wantsSettle, repeats, turn, payload, fx));
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
        if (mayRecord(0)) {
            recorder.put(recorder.call(RecordType.SETTLE, nowMs)
                    .number(message.origin().value())
                    .number(message.epoch())
                    .number(message.number())
                    .number(List.of(SettleStatus.values()).indexOf(status)));
        }
        run(effects, fx -> {
            router.settle(nowMs, message, status, fx);
            return 0;
        });
    }

    @Override
    public void gatewayState(long nowMs, GatewayState state, RouterEffects effects) {
        if (mayRecord(0)) {
            recorder.put(recorder.call(RecordType.GATEWAY_STATE, nowMs)
                    .flag(state.uplink())
                    .flag(state.accepting())
                    .number(state.loadPercent())
                    .number(state.backlog()));
        }
        run(effects, fx -> {
            router.gatewayState(nowMs, state, fx);
            return 0;
        });
    }

    @Override
    public long trace(long nowMs, NodeId target, RouterEffects effects) {
        if (mayRecord(0)) {
            recorder.put(recorder.call(RecordType.TRACE, nowMs).number(target.value()));
        }
        return run(effects, fx -> router.trace(nowMs, target, fx));
    }

    @Override
    public void onDeadline(long nowMs, RouterEffects effects) {
        if (nowMs < router.nextDeadlineMs()) {
            return; // nothing is due, and a router does nothing then
        }
        if (mayRecord(0)) {
            recorder.put(recorder.call(RecordType.DEADLINE, nowMs));
        }
        run(effects, fx -> {
            router.onDeadline(nowMs, fx);
            return 0;
        });
    }

    @Override
    public long nextDeadlineMs() {
        return router.nextDeadlineMs();
    }

    @Override
    public RoutingSnapshot snapshot(long nowMs) {
        return router.snapshot(nowMs);
    }

    @Override
    public Optional<RouteExplanation> explain(long nowMs, NodeId destination) {
        return router.explain(nowMs, destination);
    }

    /** Whether the next call can be written down whole; if not, the log ends here. */
    private boolean mayRecord(int bytes) {
        if (!recorder.hasEnded() && recorder.isFull(bytes + CALL_BYTES)) {
            recorder.end(EventRecorder.End.FULL, calls, digest.hash());
        }
        return !recorder.hasEnded();
    }

    private long run(RouterEffects effects, ToLongFunction<RouterEffects> call) {
        if (recorder.hasEnded()) {
            return call.applyAsLong(effects);
        }
        long value;
        try {
            value = call.applyAsLong(digest.passingTo(effects));
        } catch (RuntimeException | Error problem) {
            recorder.failed(problem);
            throw problem;
        } finally {
            digest.passingTo(Silence.EFFECTS);
        }
        calls++;
        recorder.result(value, digest.shortHash());
        return value;
    }
}
