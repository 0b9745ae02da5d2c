package io.thicket.sim.lab;

import io.thicket.agent.outbox.LossReason;
import io.thicket.agent.outbox.Outbox;
import io.thicket.routing.Alarm;
import io.thicket.routing.Destination;
import io.thicket.routing.DropReason;
import io.thicket.routing.GatewayState;
import io.thicket.routing.HopCode;
import io.thicket.routing.Identity;
import io.thicket.routing.LinkAddress;
import io.thicket.routing.LinkId;
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
import io.thicket.sim.kernel.Event;
import io.thicket.sim.kernel.Seeds;
import io.thicket.sim.medium.wifi.WifiFrame;
import io.thicket.sim.medium.wifi.WifiListener;
import io.thicket.sim.scenario.ns3.Flow;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** One node: a router on the medium, the origin above it, and at a gateway a broker that takes its time. */
final class LabNode implements LabMachine, WifiListener {
    private static final LinkId LINK = new LinkId(0);

    /** Most that a node's monotonic clock is ahead; no two are alike, and none ticks with another. */
    private static final long MAX_OFFSET_US = 1_000_000_000L;

    private static final long RAW_AGE_MS = 60_000;

    final int index;
    private final Lab lab;
    private final Channel channel;
    private final MeshRouter router;
    private final FrameClassifier classifier;
    private final Carriage carriage;
    private final ProtocolFactory.@Nullable MacListener macFeedback;
    private final LabOrigin origin;
    private final RandomGenerator datagramDraws;
    private final boolean gateway;
    private final long offsetUs;
    private final Effects effects = new Effects();
    private final ArrayDeque<Runnable> afterCall = new ArrayDeque<>();

    /** Who waits for which trace; the router reports each, and has a bound for them. */
    private final Map<Long, Consumer<TraceReport>> traces = new HashMap<>();

    private final int boot;
    private boolean running;
    private boolean dead;
    private boolean up;
    private @Nullable Event wake;

    LabNode(Lab lab, Seeds seeds, int index, int boot, ProtocolFactory protocol) {
        this.lab = lab;
        this.channel = lab.channel();
        this.index = index;
        this.boot = boot;
        long purpose = ProtocolFactory.purpose(index, boot);
        this.gateway = lab.scenario().gateways().contains(index);
        ProtocolFactory.Instance instance = protocol.make(seeds, lab.scenario(), index, boot);
        this.router = instance.router();
        this.classifier = instance.classifier();
        this.carriage = instance.carriage();
        this.macFeedback = instance.macFeedback();
        this.offsetUs = Long.remainderUnsigned(seeds.seed("clock", purpose), MAX_OFFSET_US);
        this.datagramDraws = seeds.generator("datagram-loss", purpose);
        RandomGenerator random = seeds.generator("origin", purpose);
        this.origin = lab.sendsBatches()
                ? new OutboxOrigin(index, boot, new Readings(), random)
                : new PlainOrigin(index, this::sendPlain, this::givenUp, protocol.hasOutbox(), random);
    }

    @Override
    public RoutingSnapshot snapshot() {
        return router.snapshot(nowMs());
    }

    @Override
    public Optional<RouteExplanation> explain(NodeId to) {
        return router.explain(nowMs(), to);
    }

    @Override
    public long trace(NodeId to, Consumer<TraceReport> done) {
        long[] number = new long[1];
        run(() -> number[0] = router.trace(nowMs(), to, effects));
        if (number[0] > 0) {
            traces.put(number[0], done);
        }
        return number[0];
    }

    @Override
    public long repeats() {
        return origin.repeats();
    }

    @Override
    public long givenUp() {
        return origin.givenUp();
    }

    @Override
    public boolean isUp() {
        return up;
    }

    private long nowMs() {
        return (lab.simulation().nowUs() + offsetUs) / 1_000;
    }

    @Override
    public void powerUp() {
        if (dead) {
            return;
        }
        up = true;
        run(() -> {
            router.onLink(nowMs(), LINK, channel.linkOf(index), effects);
            if (gateway) {
                router.gatewayState(nowMs(), new GatewayState(true, true, 0, 0), effects);
            }
        });
    }

    /** The node is gone; its router is not called again. */
    @Override
    public void vanish() {
        dead = true;
        up = false;
        if (wake != null) {
            wake.cancel();
            wake = null;
        }
        lab.scrutiny().gone(index);
    }

    @Override
    public void sendRaw(Destination destination, ByteBuffer payload) {
        PayloadType type = destination instanceof Destination.AnyGateway ? PayloadType.READINGS : PayloadType.COAP;
        run(() -> router.send(nowMs(), destination, type, Priority.HIGH, RAW_AGE_MS, true, 0, 0, payload, effects));
    }

    @Override
    public void offer(int destination, long seq, int payloadBytes) {
        run(() -> origin.offer(nowMs(), destination, seq, payloadBytes));
    }

    private void givenUp(long seq, String reason) {
        lab.runTrace().lost(index, seq, reason);
    }

    @Override
    public WifiListener radio() {
        return this;
    }

    @Override
    public void onReceived(WifiFrame frame) {
        if (!up || channel.datagramLoss() > 0 && datagramDraws.nextDouble() < channel.datagramLoss()) {
            return;
        }
        lab.runTrace().heard(index, frame);
        RouterFrame content = (RouterFrame) frame.payload();
        if (content.flood() != null) {
            lab.floods().heard(content.flood(), index);
        }
        ByteBuffer bytes = ByteBuffer.wrap(content.bytes());
        LinkAddress from = channel.addressOf(frame.from());
        run(() -> {
            if (content.reply()) {
                router.onReply(nowMs(), LINK, from, content.exchange(), bytes, effects);
            } else {
                router.onFrame(nowMs(), LINK, from, bytes, content.exchange(), effects);
            }
        });
    }

    @Override
    public void onGivenUp(WifiFrame frame) {
        lab.runTrace().gaveUp(frame);
        ProtocolFactory.MacListener listener = macFeedback;
        if (listener != null && up) {
            RouterFrame content = (RouterFrame) frame.payload();
            run(() -> listener.onTransmitFailed(
                    nowMs(), LINK, channel.addressOf(frame.to()), ByteBuffer.wrap(content.bytes()), effects));
        }
    }

    /** Calls the router or the origin, then what their effects ask of the other, then winds the clock. */
    private void run(Runnable call) {
        if (running) {
            afterCall.add(call);
            return;
        }
        running = true;
        try {
            for (Runnable next = call; next != null; next = afterCall.poll()) {
                next.run();
            }
        } finally {
            running = false;
        }
        rearm();
        lab.scrutiny().called(index);
    }

    private void rearm() {
        long dueMs = Math.min(router.nextDeadlineMs(), origin.nextDeadlineMs());
        if (dueMs == MeshRouter.NEVER || dead) {
            return;
        }
        // The first us at which the node's own clock shows that ms.
        long atUs = Math.max(lab.simulation().nowUs(), dueMs * 1_000 - offsetUs);
        Event planned = wake;
        if (planned != null && planned.isPending()) {
            if (planned.atUs() <= atUs) {
                return; // early is harmless
            }
            planned.cancel();
        }
        wake = lab.simulation().schedule(index, atUs, this::onWake);
    }

    private void onWake() {
        wake = null;
        run(() -> {
            long nowMs = nowMs();
            if (router.nextDeadlineMs() <= nowMs) {
                router.onDeadline(nowMs, effects);
            }
            if (origin.nextDeadlineMs() <= nowMs) {
                origin.onDeadline(nowMs);
            }
        });
    }

    private long sendPlain(int destination, long maxAgeMs, ByteBuffer payload) {
        boolean anycast = destination == Flow.ANY_GATEWAY;
        long packet = payload.getLong(Integer.BYTES);
        long number = router.send(
                nowMs(),
                anycast ? Destination.GATEWAY : Destination.node(lab.nodeId(destination)),
                anycast ? PayloadType.READINGS : PayloadType.COAP,
                Priority.NORMAL,
                maxAgeMs,
                false,
                0,
                0,
                payload,
                effects);
        if (number > 0) {
            lab.runTrace().handed(index, packet, number);
        }
        return number;
    }

    private void settleLater(MessageId message) {
        lab.simulation().schedule(index, lab.simulation().nowUs() + lab.broker().answerUs(), () -> {
            if (up) {
                run(() -> router.settle(nowMs(), message, SettleStatus.BROKER_ACKED, effects));
            }
        });
    }

    private final class Readings implements OutboxOrigin.Mesh {
        @Override
        public void numbered(long seq, long number) {
            lab.ledger().numbered(index, boot, seq, number);
        }

        @Override
        public void lost(long seq, LossReason reason) {
            lab.runTrace().lost(index, boot, seq, reason.name());
        }

        @Override
        public void settled(long seq) {
            lab.ledger().settled(index, boot, seq);
        }

        @Override
        public int maxPayloadBytes() {
            return router.maxPayloadBytes(Destination.GATEWAY);
        }

        @Override
        public long send(byte[] payload, long repeats, int turn) {
            long number = router.send(
                    nowMs(),
                    Destination.GATEWAY,
                    PayloadType.READINGS,
                    Priority.NORMAL,
                    Outbox.MESSAGE_AGE_MS,
                    true,
                    repeats,
                    turn,
                    ByteBuffer.wrap(payload),
                    effects);
            if (number > 0) {
                lab.runTrace().handed(index, payload);
            }
            return number;
        }
    }

    private final class Effects implements RouterEffects {
        @Override
        public void transmit(LinkId link, LinkAddress toOrAll, int exchange, ByteBuffer sealed) {
            int to = toOrAll.equals(LinkAddress.ALL) ? WifiFrame.EVERYONE : channel.nodeOf(toOrAll);
            Floods.Key flood = classifier.floodOf(sealed);
            if (flood != null) {
                lab.floods().sent(flood, index, classifier.ttlOf(sealed));
            }
            send(to, carriage.frameBytes(channel.phy(), sealed.remaining(), exchange), false, exchange, flood, sealed);
        }

        @Override
        public void reply(LinkId link, LinkAddress to, int exchange, HopCode code, ByteBuffer sealed) {
            send(
                    channel.nodeOf(to),
                    carriage.replyBytes(channel.phy(), sealed.remaining()),
                    true,
                    exchange,
                    null,
                    sealed);
        }

        private void send(
                int to, int bytes, boolean reply, int exchange, Floods.@Nullable Key flood, ByteBuffer sealed) {
            FrameClass its = classifier.classOf(sealed);
            if (channel.mayTransmit(index, its, classifier, sealed)) {
                RouterFrame content = new RouterFrame(
                        reply,
                        exchange,
                        copy(sealed),
                        flood,
                        its,
                        lab.runTrace().carried(classifier, sealed));
                channel.transmit(new WifiFrame(index, to, bytes, content), its);
            }
        }

        private static byte[] copy(ByteBuffer sealed) {
            byte[] bytes = new byte[sealed.remaining()];
            sealed.get(sealed.position(), bytes);
            return bytes;
        }

        @Override
        public void deliver(
                MessageId message, PayloadType type, int hops, long ageMs, boolean wantsSettle, ByteBuffer payload) {
            lab.arrivals().delivered(index, type, hops, payload);
            if (wantsSettle) {
                settleLater(message);
            }
        }

        @Override
        public void settled(long messageNumber, NodeId gatewayId, SettleStatus status) {
            afterCall.add(() -> origin.onSettled(nowMs(), messageNumber, status));
        }

        @Override
        public void drop(MessageId message, Destination destination, DropReason reason) {
            lab.scrutiny().dropped(index, message, reason);
            if (message.origin().equals(lab.nodeId(index))) {
                afterCall.add(() -> origin.onDropped(nowMs(), message.number(), reason));
            }
        }

        @Override
        public void routeChanged(RouteChange change) {
            lab.scrutiny().routeChanged(index, change);
            if (change.nextHop() != null) {
                afterCall.add(() -> origin.onReady(nowMs()));
            }
        }

        @Override
        public void identified(Identity identity) {}

        @Override
        public void persistEpoch(long epoch) {}

        @Override
        public void traced(TraceReport report) {
            // A trace to this node itself ends within its own call, before its number is known.
            lab.simulation().schedule(index, lab.simulation().nowUs(), () -> {
                Consumer<TraceReport> waiting = traces.remove(report.traceId());
                if (waiting != null && up) {
                    waiting.accept(report);
                }
            });
        }

        @Override
        public void alarm(Alarm alarm) {
            lab.scrutiny().alarm(index, alarm);
        }
    }
}
