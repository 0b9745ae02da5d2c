package io.thicket.routing.engine;

import io.thicket.routing.Alarm;
import io.thicket.routing.Destination;
import io.thicket.routing.DropReason;
import io.thicket.routing.GatewayState;
import io.thicket.routing.HopCode;
import io.thicket.routing.Identity;
import io.thicket.routing.LinkAddress;
import io.thicket.routing.LinkClass;
import io.thicket.routing.LinkId;
import io.thicket.routing.LinkInfo;
import io.thicket.routing.LoraRadio;
import io.thicket.routing.MeshRouter;
import io.thicket.routing.MessageId;
import io.thicket.routing.NodeId;
import io.thicket.routing.PayloadType;
import io.thicket.routing.Priority;
import io.thicket.routing.RouteChange;
import io.thicket.routing.RouterEffects;
import io.thicket.routing.RoutingCounter;
import io.thicket.routing.RoutingSnapshot;
import io.thicket.routing.SettleStatus;
import io.thicket.routing.TraceReport;
import io.thicket.routing.check.Judge;
import io.thicket.routing.security.ChaChaSealCipher;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

/**
 * Routers with several links each, in virtual time. LoRa links have airtime: a node sends one frame after the other and
 * listens before it talks, frames that overlap at a receiver are lost, and no node may send for more than its duty in any
 * hour. Safety is judged after every event.
 */
final class MixedMesh {
    static final LinkInfo ETHERNET = new LinkInfo(LinkClass.ETHERNET, 100_000, 1_200, true);
    static final LinkInfo WIFI = new LinkInfo(LinkClass.WIFI, 6_000, 1_200, true);
    static final LinkInfo LORA = new LinkInfo(LinkClass.LORA, 2, 250, true, LoraRadio.sf9());

    private static final long HOUR_US = 3_600_000_000L;

    private record Event(long atMs, long order, Runnable action) {}

    /** A frame on the air at one receiver. */
    private static final class Reception {
        final long untilMs;
        boolean spoilt;

        Reception(long untilMs) {
            this.untilMs = untilMs;
        }
    }

    private record OnAir(long ms, Map<Port, Runnable> arrivals) {}

    /** One node's end of one link. */
    final class Port {
        final Node node;
        final LinkId id;
        LinkInfo info;
        final LinkAddress address;
        final TreeSet<Integer> audience = new TreeSet<>();
        final ArrayDeque<long[]> sentInHour = new ArrayDeque<>();
        long sentInHourUs;
        long sentUs;
        long frames;
        long sendingUntilMs;
        Reception hearing;
        final ArrayDeque<OnAir> waiting = new ArrayDeque<>();

        Port(Node node, int link, LinkInfo info) {
            this.node = node;
            this.id = new LinkId(link);
            this.info = info;
            this.address = LinkAddress.of((byte) link, (byte) node.index);
        }

        /** Takes a frame of the engine; it leaves when the radio has sent what came before, and hears nobody. */
        void send(int bytes, Map<Port, Runnable> arrivals) {
            frames++;
            LoraRadio radio = info.radio();
            if (radio == null) {
                arrivals.forEach((to, arrival) -> at(now + random.nextInt(1, 4), () -> arrive(this, to, arrival)));
                return;
            }
            long us = radio.airtimeUs(bytes);
            sentUs += us;
            sentInHour.addLast(new long[] {now, us});
            sentInHourUs += us;
            while (now - sentInHour.peekFirst()[0] >= 3_600_000) {
                sentInHourUs -= sentInHour.pollFirst()[1];
            }
            broken(
                    sentInHourUs * 1_000 <= HOUR_US * radio.dutyPerMille()
                            ? ""
                            : "node " + node.index + " sent for " + sentInHourUs / 1_000 + " ms within an hour");
            waiting.addLast(new OnAir(us / 1_000, arrivals));
            if (waiting.size() == 1) {
                talk();
            }
        }

        private void talk() {
            long clearAtMs = Math.max(hearing == null ? now : hearing.untilMs, sendingUntilMs);
            if (clearAtMs > now) {
                at(clearAtMs + random.nextInt(1, 100), this::talk);
                return;
            }
            OnAir frame = waiting.peekFirst();
            sendingUntilMs = now + frame.ms;
            frame.arrivals.forEach((to, arrival) -> to.hear(this, sendingUntilMs, arrival));
            at(sendingUntilMs + 1, () -> {
                waiting.pollFirst();
                if (!waiting.isEmpty()) {
                    talk();
                }
            });
        }

        private void hear(Port from, long untilMs, Runnable arrival) {
            Reception reception = new Reception(untilMs);
            reception.spoilt = sendingUntilMs > now || random.nextDouble() < loraLoss;
            if (hearing != null && hearing.untilMs > now) {
                hearing.spoilt = true;
                reception.spoilt = true;
                collisions++;
            }
            if (hearing == null || hearing.untilMs < untilMs) {
                hearing = reception;
            }
            at(untilMs, () -> {
                if (!reception.spoilt) {
                    arrive(from, this, arrival);
                }
            });
        }
    }

    /** A message that a node's outbox repeats until it is settled. */
    private static final class Outgoing {
        final byte[] payload;
        long number;
        int turn;
        boolean settled;

        Outgoing(byte[] payload) {
            this.payload = payload;
        }
    }

    record Delivery(long atMs, MessageId id, int hops, String text) {}

    final class Node implements RouterEffects {
        final int index;
        Router router;
        EngineView view;
        long epoch;
        boolean up;
        long deadlineMs = MeshRouter.NEVER;
        GatewayState gateway;
        final TreeMap<Integer, Port> ports = new TreeMap<>();
        final List<Delivery> deliveries = new ArrayList<>();
        final List<DropReason> drops = new ArrayList<>();
        final List<Alarm> alarms = new ArrayList<>();
        final Map<Long, Outgoing> outbox = new HashMap<>();
        int settled;

        Node(int index) {
            this.index = index;
        }

        NodeId id() {
            return router.self();
        }

        void start() {
            epoch++;
            up = true;
            outbox.clear();
            deadlineMs = MeshRouter.NEVER;
            router = new Router(
                    new RouterConfig(
                            TestKeys.signer(index),
                            TestKeys.VERIFIER,
                            "node-" + index,
                            Set.of(Identity.Role.RELAY),
                            epoch,
                            random.nextLong(),
                            new ChaChaSealCipher(Mesh.NETWORK, Mesh.KEY),
                            new SplittableRandom(random.nextLong()),
                            RouterConfig.defaultParameters(),
                            RoutingTable.MAX_DESTINATIONS,
                            gateways),
                    RuleSwitches.ALL_ON);
            view = new EngineView(router);
            for (Port port : ports.values()) {
                router.onLink(now, port.id, port.info, this);
            }
            if (gateway != null) {
                router.gatewayState(now, gateway, this);
            }
            reschedule();
        }

        void gateway(boolean uplink) {
            gateway = new GatewayState(uplink, true, 0, 0);
            router.gatewayState(now, gateway, this);
            reschedule();
        }

        void change(int link, LinkInfo info) {
            ports.get(link).info = info;
            router.onLink(now, new LinkId(link), info, this);
            reschedule();
        }

        void reschedule() {
            touched.add(index);
            long next = router.nextDeadlineMs();
            if (next != deadlineMs && next != MeshRouter.NEVER) {
                deadlineMs = next;
                Router present = router;
                at(Math.max(next, now), () -> {
                    if (up && router == present && router.nextDeadlineMs() <= now) {
                        router.onDeadline(now, this);
                        deadlineMs = MeshRouter.NEVER;
                        reschedule();
                    }
                });
            }
        }

        /** Offers a message for any gateway and repeats it every {@link #repeatMs} until it is settled. */
        void offer(byte[] payload) {
            post(new Outgoing(payload));
        }

        void offer(String text) {
            offer(text.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        }

        private void post(Outgoing message) {
            if (!up || message.settled) {
                return;
            }
            long bootEpoch = epoch;
            long result = send(Destination.GATEWAY, message.payload, message.number, message.turn, repeatMs * 10, true);
            if (result > 0) {
                message.number = result;
                outbox.put(result, message);
                message.turn++;
            }
            at(now + (result > 0 ? repeatMs : repeatMs / 10), () -> {
                if (epoch == bootEpoch) {
                    post(message);
                }
            });
        }

        long send(Destination to, byte[] payload, long repeats, int turn, long maxAgeMs, boolean settle) {
            long result = router.send(
                    now,
                    to,
                    settle ? PayloadType.READINGS : PayloadType.COAP,
                    Priority.NORMAL,
                    maxAgeMs,
                    settle,
                    repeats,
                    turn,
                    ByteBuffer.wrap(payload),
                    this);
            reschedule();
            return result;
        }

        long count(RoutingCounter counter) {
            return router.counter(counter);
        }

        RoutingSnapshot snapshot() {
            return router.snapshot(now);
        }

        @Override
        public void transmit(LinkId link, LinkAddress toOrAll, int exchange, ByteBuffer sealed) {
            Port port = ports.get(link.value());
            byte[] frame = copy(sealed);
            broken(
                    frame.length <= port.info.mtuBytes()
                            ? ""
                            : "a frame of " + frame.length + " bytes over " + port.info);
            Map<Port, Runnable> arrivals = new LinkedHashMap<>();
            for (int other : port.audience) {
                Port there = nodes.get(other).ports.get(link.value());
                boolean meant = toOrAll == LinkAddress.ALL || toOrAll.equals(there.address);
                arrivals.put(there, () -> {
                    if (meant) {
                        there.node.router.onFrame(
                                now, link, port.address, ByteBuffer.wrap(frame.clone()), exchange, there.node);
                    }
                });
            }
            port.send(frame.length, arrivals);
        }

        @Override
        public void reply(LinkId link, LinkAddress to, int exchange, HopCode code, ByteBuffer sealed) {
            Port port = ports.get(link.value());
            byte[] frame = copy(sealed);
            broken(
                    frame.length <= port.info.mtuBytes()
                            ? ""
                            : "a reply of " + frame.length + " bytes over " + port.info);
            Map<Port, Runnable> arrivals = new LinkedHashMap<>();
            for (int other : port.audience) {
                Port there = nodes.get(other).ports.get(link.value());
                boolean meant = to.equals(there.address);
                arrivals.put(there, () -> {
                    if (meant) {
                        there.node.router.onReply(
                                now, link, port.address, exchange, ByteBuffer.wrap(frame.clone()), there.node);
                    }
                });
            }
            port.send(frame.length, arrivals);
        }

        @Override
        public void deliver(
                MessageId message, PayloadType type, int hops, long ageMs, boolean wantsSettle, ByteBuffer payload) {
            byte[] bytes = copy(payload);
            if (type != PayloadType.IDENT) {
                deliveries.add(new Delivery(
                        now, message, hops, new String(bytes, java.nio.charset.StandardCharsets.US_ASCII)));
            }
            Router present = router;
            if (wantsSettle) {
                at(now + 20, () -> {
                    if (up && router == present) {
                        router.settle(now, message, SettleStatus.BROKER_ACKED, this);
                        reschedule();
                    }
                });
            }
        }

        @Override
        public void settled(long messageNumber, NodeId gatewayId, SettleStatus status) {
            Outgoing message = outbox.remove(messageNumber);
            if (message != null) {
                message.settled = true;
                settled++;
            }
        }

        @Override
        public void drop(MessageId message, Destination destination, DropReason reason) {
            drops.add(reason);
        }

        @Override
        public void routeChanged(RouteChange change) {}

        @Override
        public void identified(Identity identity) {}

        @Override
        public void persistEpoch(long epochToStore) {}

        @Override
        public void traced(TraceReport report) {}

        @Override
        public void alarm(Alarm alarm) {
            alarms.add(alarm);
        }
    }

    final List<Node> nodes = new ArrayList<>();
    final SplittableRandom random;
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::atMs).thenComparingLong(Event::order));
    private final Set<Integer> touched = new TreeSet<>();
    private final Judge judge = new Judge(0, Judge.safety());
    private long order;
    long now;
    long collisions;

    /** An outbox's patience. */
    long repeatMs = 600_000;

    /** Share of LoRa frames that are lost whatever the medium does. */
    double loraLoss;

    /** Who may be a gateway, any node if empty; to be set before nodes start. */
    Set<NodeId> gateways = Set.of();

    MixedMesh(long seed, int nodeCount) {
        random = new SplittableRandom(seed);
        for (int i = 0; i < nodeCount; i++) {
            nodes.add(new Node(i));
        }
    }

    Node node(int index) {
        return nodes.get(index);
    }

    /** The two hear each other on their links of this number, which are of this kind. */
    void connect(int link, LinkInfo info, int a, int b) {
        port(link, info, a).audience.add(b);
        port(link, info, b).audience.add(a);
    }

    void cut(int link, int a, int b) {
        node(a).ports.get(link).audience.remove(b);
        node(b).ports.get(link).audience.remove(a);
    }

    private Port port(int link, LinkInfo info, int index) {
        Node node = node(index);
        return node.ports.computeIfAbsent(link, unused -> new Port(node, link, info));
    }

    void start(int... gatewayNodes) {
        for (int gateway : gatewayNodes) {
            node(gateway).gateway = new GatewayState(true, true, 0, 0);
        }
        nodes.forEach(Node::start);
    }

    Set<String> delivered(int gateway) {
        Set<String> texts = new HashSet<>();
        node(gateway).deliveries.forEach(delivery -> texts.add(delivery.text()));
        return texts;
    }

    void at(long atMs, Runnable action) {
        events.add(new Event(atMs, order++, action));
    }

    void runFor(long ms) {
        run(now + ms, () -> false);
    }

    /** True if {@code done} became true within {@code ms}. */
    boolean runUntil(BooleanSupplier done, long ms) {
        return run(now + ms, done);
    }

    private boolean run(long untilMs, BooleanSupplier done) {
        while (true) {
            for (int index : touched) {
                broken(judge.afterEvent(now, index, node(index).up ? node(index).view : null));
            }
            touched.clear();
            if (done.getAsBoolean()) {
                return true;
            }
            Event next = events.peek();
            if (next == null || next.atMs > untilMs) {
                now = untilMs;
                return false;
            }
            events.poll();
            now = Math.max(now, next.atMs);
            next.action.run();
        }
    }

    private void arrive(Port from, Port to, Runnable arrival) {
        if (to.node.up && from.audience.contains(to.node.index)) {
            arrival.run();
            to.node.reschedule();
        }
    }

    private static byte[] copy(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    private static void broken(String problem) {
        if (!problem.isEmpty()) {
            throw new AssertionError(problem);
        }
    }
}
