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
import io.thicket.routing.MeshRouter;
import io.thicket.routing.MessageId;
import io.thicket.routing.NodeId;
import io.thicket.routing.PayloadType;
import io.thicket.routing.Priority;
import io.thicket.routing.RouteChange;
import io.thicket.routing.RouterEffects;
import io.thicket.routing.SettleStatus;
import io.thicket.routing.TraceReport;
import io.thicket.routing.check.DataDescends;
import io.thicket.routing.check.DeliveredOnce;
import io.thicket.routing.check.Invariant;
import io.thicket.routing.check.Judge;
import io.thicket.routing.check.MessageInvariant;
import io.thicket.routing.check.MessageInvariant.Party;
import io.thicket.routing.check.NoRouteOverTheDead;
import io.thicket.routing.check.RerrStops;
import io.thicket.routing.check.RreqAtMostTwice;
import io.thicket.routing.check.WithinBounds;
import io.thicket.routing.security.ChaChaSealCipher;
import io.thicket.routing.security.SealCipher;
import io.thicket.routing.wire.FrameCodec;
import io.thicket.routing.wire.MeshMessage;
import io.thicket.routing.wire.WireFormatException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;

/**
 * A few routers in virtual time over a medium that loses, delays, doubles and reorders frames, each with a small outbox
 * that repeats what was not settled. Invariants are checked after every event.
 */
final class Mesh {
    static final LinkId LINK = new LinkId(0);
    static final byte[] NETWORK = "test".getBytes(StandardCharsets.US_ASCII);
    static final byte[] KEY = new byte[32];
    private static final long REPEAT_MS = 8_000;

    /** After which what the router had no room for is offered again. */
    private static final long REFUSED_MS = 500;

    /** Beyond the silence that is borne: the sweep, and a last probe under way. */
    private static final long DEAD_SLACK_MS = 15_000;

    private record Event(long atMs, long order, Runnable action) {}

    /** One message a node's outbox is responsible for. */
    static final class Outgoing {
        final String text;
        long number;
        int turn;
        boolean settled;
        long offeredAtMs;
        long settledAfterMs;

        Outgoing(String text) {
            this.text = text;
        }
    }

    record Delivery(long atMs, long boot, MessageId id, PayloadType type, int hops, long ageMs, String text) {}

    record Dropped(MessageId id, DropReason reason) {}

    final class Node implements RouterEffects {
        final int index;
        Router router;
        EngineView view;
        long epoch;
        int boots;
        final TreeSet<Integer> audience = new TreeSet<>();
        final LinkAddress address;
        boolean up = true;
        boolean settles = true;
        long airSinceMs;
        int heardFrames;
        long pausedUntilMs;
        long deadlineMs = MeshRouter.NEVER;
        final List<Delivery> deliveries = new ArrayList<>();
        final List<Dropped> drops = new ArrayList<>();
        final List<Alarm> alarms = new ArrayList<>();
        final List<RouteChange> changes = new ArrayList<>();
        final Map<NodeId, Identity> identities = new LinkedHashMap<>();
        final Map<Long, Outgoing> outbox = new LinkedHashMap<>();
        final Deque<Outgoing> refused = new ArrayDeque<>();
        final List<Outgoing> settledOutgoing = new ArrayList<>();
        final List<TraceReport> traces = new ArrayList<>();
        final List<Long> persisted = new ArrayList<>();
        GatewayState gateway;

        Node(int index) {
            this.index = index;
            this.address = LinkAddress.of((byte) 10, (byte) (index >> 8), (byte) index);
            boot();
        }

        void boot() {
            epoch++;
            outbox.clear();
            refused.clear();
            RouterConfig config = new RouterConfig(
                    TestKeys.signer(keyOf.applyAsInt(index)),
                    TestKeys.VERIFIER,
                    "node-" + index,
                    Set.of(Identity.Role.RELAY),
                    epoch,
                    random.nextLong(),
                    insider == index ? insiderCipher : cipher,
                    new SplittableRandom(random.nextLong()),
                    Map.of(LinkClass.WIFI, parameters),
                    RoutingTable.MAX_DESTINATIONS,
                    gateways);
            router = new Router(config, insider == index ? insiderRules : rules);
            onBoot.accept(router);
            view = new EngineView(router);
            deadlineMs = MeshRouter.NEVER;
            pausedUntilMs = 0;
            boots++;
        }

        void start() {
            up = true;
            router.onLink(now, LINK, new LinkInfo(LinkClass.WIFI, 6_000, 1_200, true), this);
            if (gateway != null) {
                router.gatewayState(now, gateway, this);
            }
            reschedule();
        }

        boolean isPaused() {
            return pausedUntilMs > now;
        }

        NodeId id() {
            return router.self();
        }

        void reschedule() {
            touched.add(index);
            long next = router.nextDeadlineMs();
            if (next != deadlineMs && next != MeshRouter.NEVER) {
                deadlineMs = next;
                Router present = router;
                at(Math.max(Math.max(next, now), pausedUntilMs), () -> {
                    if (isPaused()) {
                        deadlineMs = MeshRouter.NEVER;
                        reschedule();
                    } else if (up && router == present && router.nextDeadlineMs() <= now) {
                        router.onDeadline(now, this);
                        deadlineMs = MeshRouter.NEVER;
                        reschedule();
                    }
                });
            }
        }

        void gateway(boolean uplink) {
            gateway = new GatewayState(uplink, true, 0, 0);
            router.gatewayState(now, gateway, this);
            reschedule();
        }

        /** Offers a message for any gateway and repeats it until it is settled. */
        void offer(String text) {
            Outgoing message = new Outgoing(text);
            message.offeredAtMs = now;
            post(message);
        }

        private void post(Outgoing message) {
            if (!isTaken(message)) {
                refused.addLast(message);
                if (refused.size() == 1) {
                    long bootEpoch = epoch;
                    at(now + REFUSED_MS, () -> postRefused(bootEpoch));
                }
            }
        }

        private boolean isTaken(Outgoing message) {
            long result = router.send(
                    now,
                    Destination.GATEWAY,
                    PayloadType.READINGS,
                    Priority.NORMAL,
                    60_000,
                    true,
                    message.number,
                    message.turn,
                    ByteBuffer.wrap(message.text.getBytes(StandardCharsets.US_ASCII)),
                    this);
            if (result > 0) {
                message.number = result;
                if (!message.settled) {
                    outbox.put(result, message);
                }
                long bootEpoch = epoch;
                int turn = message.turn;
                at(now + REPEAT_MS, () -> {
                    if (up && epoch == bootEpoch && !message.settled && message.turn == turn) {
                        message.turn++;
                        post(message);
                    }
                });
            }
            reschedule();
            return result > 0;
        }

        /** In their order, as far as there is room: each of them asking by itself is most of what a full mesh would compute. */
        private void postRefused(long ofEpoch) {
            boolean room = true;
            while (up && epoch == ofEpoch && room && !refused.isEmpty()) {
                Outgoing first = refused.getFirst();
                room = first.settled || isTaken(first);
                if (room) {
                    refused.removeFirst();
                }
            }
            if (epoch == ofEpoch && !refused.isEmpty()) {
                at(now + REFUSED_MS, () -> postRefused(ofEpoch));
            }
        }

        long sendTo(Node other, String text) {
            long result = router.send(
                    now,
                    Destination.node(other.id()),
                    PayloadType.COAP,
                    Priority.NORMAL,
                    30_000,
                    false,
                    0,
                    0,
                    ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)),
                    this);
            reschedule();
            return result;
        }

        @Override
        public void transmit(LinkId link, LinkAddress toOrAll, int exchange, ByteBuffer sealed) {
            byte[] frame = copy(sealed);
            framesSent++;
            tap(this, toOrAll, frame);
            boolean unicast = toOrAll != LinkAddress.ALL;
            for (Node other : audience(toOrAll, this)) {
                if (filter.isLost(this, other, frame)) {
                    continue;
                }
                if (!unicast || toOrAll.equals(addressOf(other))) {
                    carry(this, other, unicast, unicast ? unicastLoss : broadcastLoss, () -> {
                        other.router.onFrame(
                                now, LINK, addressOf(this), ByteBuffer.wrap(frame.clone()), exchange, other);
                    });
                }
            }
        }

        @Override
        public void reply(LinkId link, LinkAddress to, int exchange, HopCode code, ByteBuffer sealed) {
            byte[] frame = copy(sealed);
            for (Node other : audience(to, this)) {
                if (to.equals(addressOf(other))) {
                    carry(this, other, true, replyLoss, () -> {
                        other.router.onReply(
                                now, LINK, addressOf(this), exchange, ByteBuffer.wrap(frame.clone()), other);
                    });
                }
            }
        }

        @Override
        public void deliver(
                MessageId message, PayloadType type, int hops, long ageMs, boolean wantsSettle, ByteBuffer payload) {
            String text = StandardCharsets.US_ASCII.decode(payload).toString();
            deliveries.add(new Delivery(now, epoch, message, type, hops, ageMs, text));
            broken(deliveredOnce.delivered(index, boots, message));
            broken(hops <= DataPlane.TTL ? "" : "I9 hops within ttl: " + hops + " hops of " + message);
            Router present = router;
            if (wantsSettle && settles) {
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
                message.settledAfterMs = now - message.offeredAtMs;
                settledOutgoing.add(message);
            }
        }

        @Override
        public void drop(MessageId message, Destination destination, DropReason reason) {
            drops.add(new Dropped(message, reason));
        }

        @Override
        public void routeChanged(RouteChange change) {
            changes.add(change);
            reasons.merge(change.reason(), 1L, Long::sum);
            routeChanges++;
        }

        @Override
        public void identified(Identity identity) {
            identities.put(identity.id(), identity);
        }

        @Override
        public void persistEpoch(long epochToStore) {
            persisted.add(epochToStore);
        }

        @Override
        public void traced(TraceReport report) {
            traces.add(report);
        }

        @Override
        public void alarm(Alarm alarm) {
            alarms.add(alarm);
        }
    }

    final List<Node> nodes = new ArrayList<>();
    final SplittableRandom random;
    final RoutingParameters parameters;
    final RuleSwitches rules;
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::atMs).thenComparingLong(Event::order));
    private final Map<Long, Double> lossOf = new HashMap<>();
    private final Map<Long, Double> grayOf = new HashMap<>();
    private long order;
    private final Set<Integer> touched = new TreeSet<>();
    private final DeliveredOnce deliveredOnce = new DeliveredOnce();
    private List<MessageInvariant> messageInvariants = List.of();
    private SealCipher cipher = new ChaChaSealCipher(NETWORK, KEY);
    private IntUnaryOperator keyOf = IntUnaryOperator.identity();
    private boolean shuffled;
    final Judge judge;

    /** Off for the largest meshes and the longest runs, where a test asks for figures. */
    boolean checking = true;

    final Map<RouteChange.Reason, Long> reasons = new EnumMap<>(RouteChange.Reason.class);
    long routeChanges;
    long eventsRun;
    long now;
    double loss;
    double duplicate;
    double broadcastLoss;
    double unicastLoss;
    double replyLoss;
    int delayMinMs = 1;
    int delayMaxMs = 4;
    long framesSent;

    /** Frames that can be heard at one place in 100 ms; what is more collides. */
    int capacityPer100Ms = Integer.MAX_VALUE;

    /** Takes chosen frames out of the air, beside what the medium loses. */
    interface Filter {
        boolean isLost(Node from, Node to, byte[] frame);
    }

    Filter filter = (from, to, frame) -> false;

    /** Hears of each router that is made; before nodes are added. */
    Consumer<Router> onBoot = router -> {};

    private int insider = -1;
    private SealCipher insiderCipher = cipher;
    private RuleSwitches insiderRules = RuleSwitches.ALL_ON;

    /** This node says what {@code lies} makes of its words and keeps only these rules; to be called before nodes are added. */
    void insider(int index, SealCipher lies, RuleSwitches insidersRules) {
        insider = index;
        insiderCipher = lies;
        insiderRules = insidersRules;
    }

    /** Who may be a gateway, any node if empty; to be set before nodes are added. */
    Set<NodeId> gateways = Set.of();

    Mesh(long seed) {
        this(seed, RoutingParameters.of(LinkClass.WIFI), RuleSwitches.ALL_ON);
    }

    Mesh(long seed, RoutingParameters parameters, RuleSwitches rules) {
        this.random = new SplittableRandom(seed);
        this.parameters = parameters;
        this.rules = rules;
        List<Invariant> invariants = new ArrayList<>(Judge.safety());
        invariants.add(new NoRouteOverTheDead(parameters.deadRouteMs() + DEAD_SLACK_MS));
        invariants.add(
                new WithinBounds(RoutingTable.MAX_DESTINATIONS, NeighborTable.MAX_NEIGHBORS, parameters.queueTotal()));
        judge = new Judge(0, invariants);
    }

    /** Frames can be read, so that what is said is judged, too; and they cost less. Before the first node. */
    Mesh glass() {
        cipher = new GlassCipher();
        messageInvariants = List.of(new DataDescends(), new RreqAtMostTwice(), new RerrStops());
        return this;
    }

    /** I20: node i gets the key, and so the NodeId, of {@code key(i)}; simultaneous events run in another order. */
    Mesh relabelled(IntUnaryOperator key) {
        keyOf = key;
        shuffled = true;
        return this;
    }

    /** Nodes 0 to n-1, node 0 the gateway, each hearing only its neighbours in the line. */
    static Mesh line(long seed, int n) {
        return line(seed, n, RoutingParameters.of(LinkClass.WIFI));
    }

    static Mesh line(long seed, int n, RoutingParameters parameters) {
        Mesh mesh = new Mesh(seed, parameters, RuleSwitches.ALL_ON);
        mesh.add(n);
        for (int i = 0; i + 1 < n; i++) {
            mesh.connect(i, i + 1);
        }
        return mesh;
    }

    void add(int n) {
        for (int i = 0; i < n; i++) {
            nodes.add(new Node(nodes.size()));
        }
    }

    Node node(int index) {
        return nodes.get(index);
    }

    void start(int... gateways) {
        for (int gateway : gateways) {
            node(gateway).gateway = new GatewayState(true, true, 0, 0);
        }
        for (Node node : nodes) {
            node.start();
        }
    }

    void connect(int a, int b) {
        connectOneWay(a, b);
        connectOneWay(b, a);
    }

    /** b hears a. */
    void connectOneWay(int a, int b) {
        lossOf.put(key(a, b), 0.0);
        node(a).audience.add(b);
    }

    void cut(int a, int b) {
        lossOf.remove(key(a, b));
        lossOf.remove(key(b, a));
        grayOf.remove(key(a, b));
        grayOf.remove(key(b, a));
        node(a).audience.remove(b);
        node(b).audience.remove(a);
    }

    /** Broadcasts pass between the two, but of unicast frames and replies this share is lost. */
    void gray(int a, int b, double unicastShare) {
        connect(a, b);
        grayOf.put(key(a, b), unicastShare);
        grayOf.put(key(b, a), unicastShare);
    }

    private List<Node> audience(LinkAddress to, Node from) {
        if (to != LinkAddress.ALL) {
            int index = indexOf(to);
            return index < nodes.size() ? List.of(nodes.get(index)) : List.of();
        }
        List<Node> all = new ArrayList<>(from.audience.size());
        from.audience.forEach(index -> all.add(nodes.get(index)));
        return all;
    }

    boolean connected(int a, int b) {
        return lossOf.containsKey(key(a, b));
    }

    void kill(int index) {
        node(index).up = false;
        touched.add(index);
    }

    /** The node stands still: neither deadlines nor frames are served, and what came meanwhile is heard late (4.1, stall). */
    void pause(int index, long ms) {
        node(index).pausedUntilMs = Math.max(node(index).pausedUntilMs, now + ms);
    }

    void restart(int index) {
        node(index).boot();
        node(index).start();
    }

    void at(long atMs, Runnable action) {
        events.add(new Event(atMs, shuffled ? (order++ & 0xffff_ffffL) * 0x9e3779b1L & 0xffff_ffffL : order++, action));
    }

    void runFor(long ms) {
        runUntil(now + ms, () -> false);
    }

    /** True if {@code done} became true within {@code ms}. */
    boolean runUntil(BooleanSupplier done, long ms) {
        return runUntil(now + ms, done);
    }

    private boolean runUntil(long untilMs, BooleanSupplier done) {
        judgeTouched();
        while (true) {
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
            eventsRun++;
            judgeTouched();
        }
    }

    /** 4.1: after every event, at every node that it touched. */
    private void judgeTouched() {
        for (int index : touched) {
            Node node = nodes.get(index);
            broken(!checking ? "" : judge.afterEvent(now, index, node.up ? node.view : null));
        }
        touched.clear();
    }

    private static void broken(String problem) {
        if (!problem.isEmpty()) {
            throw new AssertionError(problem);
        }
    }

    private void tap(Node from, LinkAddress toOrAll, byte[] frame) {
        if (messageInvariants.isEmpty() || insider >= 0) {
            return;
        }
        boolean unicast = toOrAll != LinkAddress.ALL;
        Party by = new Party(from.index, from.view.bootTag());
        // To a boot, which may be gone by now: its tag stands in clear.
        Party to = unicast ? new Party(indexOf(toOrAll), ByteBuffer.wrap(frame).getInt(14)) : Party.EVERYONE;
        for (MeshMessage message : said(frame)) {
            for (MessageInvariant invariant : messageInvariants) {
                String problem = invariant.sent(now, by, to, message);
                broken(problem.isEmpty() ? "" : invariant.name() + ": " + problem);
            }
        }
    }

    /** What a frame under the {@link GlassCipher} says. */
    static List<MeshMessage> said(byte[] frame) {
        int header = 14 + ((frame[0] & 1) != 0 ? 4 : 0) + ((frame[0] & 2) != 0 ? 20 : 0);
        try {
            return FrameCodec.decode(ByteBuffer.wrap(frame, header, frame.length - header - SealCipher.TAG_BYTES)
                    .slice());
        } catch (WireFormatException e) {
            throw new AssertionError("a node sends what cannot be read", e);
        }
    }

    List<String> deliveredTexts(int gateway) {
        List<String> texts = new ArrayList<>();
        for (Delivery delivery : node(gateway).deliveries) {
            texts.add(delivery.text());
        }
        return texts;
    }

    Set<MessageId> deliveredIds() {
        Set<MessageId> ids = new HashSet<>();
        for (Node node : nodes) {
            node.deliveries.forEach(delivery -> ids.add(delivery.id()));
        }
        return ids;
    }

    static LinkAddress addressOf(Node node) {
        return node.address;
    }

    private static int indexOf(LinkAddress address) {
        byte[] bytes = address.toBytes();
        return (bytes[1] & 0xff) << 8 | bytes[2] & 0xff;
    }

    private void carry(Node from, Node to, boolean unicast, double kindLoss, Runnable arrival) {
        Double own = lossOf.get(key(from.index, to.index));
        if (own == null || from == to) {
            return;
        }
        if (to.airSinceMs + 100 <= now) {
            to.airSinceMs = now;
            to.heardFrames = 0;
        }
        if (++to.heardFrames > capacityPer100Ms) {
            return;
        }
        int copies = random.nextDouble() < duplicate ? 2 : 1;
        for (int i = 0; i < copies; i++) {
            double gray = !unicast ? 0 : grayOf.getOrDefault(key(from.index, to.index), 0.0);
            if (random.nextDouble() >= Math.max(Math.max(loss, gray), Math.max(own, kindLoss))) {
                at(now + random.nextInt(delayMinMs, delayMaxMs + 1), () -> {
                    if (to.up && connected(from.index, to.index)) {
                        arrive(to, arrival);
                    }
                });
            }
        }
    }

    private void arrive(Node to, Runnable arrival) {
        if (to.isPaused()) {
            Router present = to.router;
            at(to.pausedUntilMs, () -> {
                if (to.up && to.router == present) {
                    arrive(to, arrival);
                }
            });
            return;
        }
        arrival.run();
        to.reschedule();
    }

    private static byte[] copy(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    private static long key(int from, int to) {
        return (long) from << 32 | to;
    }
}
