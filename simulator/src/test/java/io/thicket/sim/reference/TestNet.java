package io.thicket.sim.reference;

import io.thicket.routing.Alarm;
import io.thicket.routing.Destination;
import io.thicket.routing.DropReason;
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
import io.thicket.routing.RoutingSnapshot.Route;
import io.thicket.routing.SettleStatus;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Routers on ideal links: 1 ms a frame, no airtime. Links are cut (the MAC then reports unicast frames as given up), frames
 * are swallowed or held back by what they are. Deterministic.
 */
final class TestNet {
    static final LinkId LINK = new LinkId(0);
    static final long LATENCY_MS = 1;
    static final long GIVE_UP_MS = 5;

    /** Makes the router of one node. */
    interface Factory {
        ReferenceRouter make(NodeId self, long epoch, AddressPlan plan, int number);
    }

    /** One copy of a frame on its way to one node. */
    record Copy(int from, int to, boolean broadcast, String name, byte[] bytes) {}

    record Delivery(int node, MessageId message, int hops, long atMs) {}

    record Drop(int node, MessageId message, DropReason reason, long atMs) {}

    private record Event(long atMs, long order, Runnable action) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(atMs, other.atMs);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    final List<Delivery> delivered = new ArrayList<>();
    final List<Drop> dropped = new ArrayList<>();
    final Map<String, Integer> transmitted = new TreeMap<>();
    final List<Copy> held = new ArrayList<>();
    final AddressPlan plan;

    /** A node's own transmissions by name. */
    final List<Map<String, Integer>> transmittedBy = new ArrayList<>();

    long now;

    /** Copies that vanish although the MAC is content. */
    Predicate<Copy> swallow = copy -> false;

    /** Copies that are kept in {@link #held}. */
    Predicate<Copy> hold = copy -> false;

    /** Called after each event. */
    Runnable afterEvent = () -> {};

    private final Factory factory;
    private final List<NodeId> ids = new ArrayList<>();
    private final List<ReferenceRouter> routers = new ArrayList<>();
    private final Set<Integer> down = new HashSet<>();
    private final boolean[][] reach;
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private long order;

    TestNet(int nodes, Factory factory) {
        this.factory = factory;
        for (int i = 0; i < nodes; i++) {
            ids.add(new NodeId(0x1000_0000_0000_0000L + i * 0x1_0000_0001L));
            transmittedBy.add(new TreeMap<>());
        }
        plan = new AddressPlan(ids);
        reach = new boolean[nodes][nodes];
        for (int i = 0; i < nodes; i++) {
            routers.add(factory.make(ids.get(i), 1, plan, i));
        }
    }

    static TestNet line(int nodes, Factory factory) {
        TestNet net = new TestNet(nodes, factory);
        for (int i = 0; i + 1 < nodes; i++) {
            net.join(i, i + 1);
        }
        return net;
    }

    static TestNet grid(int side, Factory factory) {
        TestNet net = new TestNet(side * side, factory);
        for (int i = 0; i < side * side; i++) {
            if (i % side + 1 < side) {
                net.join(i, i + 1);
            }
            if (i + side < side * side) {
                net.join(i, i + side);
            }
        }
        return net;
    }

    TestNet up() {
        for (int i = 0; i < ids.size(); i++) {
            powerUp(i);
        }
        return this;
    }

    void powerUp(int node) {
        down.remove(node);
        LinkInfo info = new LinkInfo(LinkClass.WIFI, 2_000, LinkInfo.MAX_MTU_BYTES, true);
        router(node).onLink(now, LINK, info, new Effects(node));
    }

    /** A new boot of the node, with nothing remembered. */
    void reboot(int node, long epoch) {
        routers.set(node, factory.make(ids.get(node), epoch, plan, node));
        powerUp(node);
    }

    void crash(int node) {
        down.add(node);
    }

    void join(int a, int b) {
        reach[a][b] = true;
        reach[b][a] = true;
    }

    void cut(int a, int b) {
        reach[a][b] = false;
        reach[b][a] = false;
    }

    boolean joined(int a, int b) {
        return reach[a][b] && !down.contains(a) && !down.contains(b);
    }

    ReferenceRouter router(int node) {
        return routers.get(node);
    }

    NodeId id(int node) {
        return ids.get(node);
    }

    int address(int node) {
        return plan.addressOf(ids.get(node));
    }

    int size() {
        return ids.size();
    }

    static LinkAddress linkAddress(int node) {
        return LinkAddress.of((byte) (node >> 8), (byte) node);
    }

    static int nodeAt(LinkAddress address) {
        byte[] bytes = address.toBytes();
        return (bytes[0] & 0xff) << 8 | bytes[1] & 0xff;
    }

    long send(int from, int to) {
        return send(from, Destination.node(id(to)), 64, false);
    }

    long send(int from, Destination to, int bytes, boolean wantsSettle) {
        return router(from)
                .send(
                        now,
                        to,
                        PayloadType.READINGS,
                        Priority.NORMAL,
                        60_000,
                        wantsSettle,
                        0,
                        0,
                        ByteBuffer.allocate(bytes),
                        new Effects(from));
    }

    /** Hands {@code node} a frame as if {@code from} had transmitted it. */
    void inject(int node, int from, ByteBuffer frame) {
        router(node).onFrame(now, LINK, linkAddress(from), frame, MeshRouter.NO_EXCHANGE, new Effects(node));
    }

    /** Lets go of everything held back, in the order in which it came. */
    void release() {
        List<Copy> copies = List.copyOf(held);
        held.clear();
        for (Copy copy : copies) {
            inject(copy.to, copy.from, ByteBuffer.wrap(copy.bytes));
            afterEvent.run();
        }
    }

    void later(long delayMs, Runnable action) {
        events.add(new Event(now + delayMs, order++, action));
    }

    void run(long durationMs) {
        runTo(now + durationMs);
    }

    void runTo(long endMs) {
        while (true) {
            int node = -1;
            long at = events.isEmpty() ? MeshRouter.NEVER : events.peek().atMs;
            for (int i = 0; i < routers.size(); i++) {
                if (!down.contains(i) && router(i).nextDeadlineMs() < at) {
                    at = router(i).nextDeadlineMs();
                    node = i;
                }
            }
            if (at > endMs) {
                break;
            }
            now = Math.max(now, at);
            if (node >= 0) {
                router(node).onDeadline(now, new Effects(node));
            } else {
                events.remove().action.run();
            }
            afterEvent.run();
        }
        now = endMs;
    }

    /** The next hop that the node's routing state names, -1 for none. */
    int nextHop(int node, int destination) {
        for (Route route : router(node).snapshot(now).routes()) {
            NodeId nextHop = route.nextHop();
            if (route.destination().equals(id(destination)) && nextHop != null) {
                return ids.indexOf(nextHop);
            }
        }
        return -1;
    }

    Route route(int node, int destination) {
        return router(node).snapshot(now).routes().stream()
                .filter(route -> route.destination().equals(id(destination)))
                .findFirst()
                .orElseThrow();
    }

    boolean hasRoute(int node, int destination) {
        return nextHop(node, destination) >= 0;
    }

    /** A cycle of next hops, as text; empty if there is none. Nodes that are down have no next hop. */
    String loop() {
        for (int destination = 0; destination < ids.size(); destination++) {
            int[] next = new int[ids.size()];
            for (int i = 0; i < next.length; i++) {
                next[i] = i == destination || down.contains(i) ? -1 : nextHop(i, destination);
            }
            for (int start = 0; start < next.length; start++) {
                StringBuilder way = new StringBuilder().append(start);
                int node = next[start];
                for (int steps = 0; node >= 0 && steps <= next.length; steps++) {
                    way.append("->").append(node);
                    if (node == start) {
                        return "to " + destination + ": " + way;
                    }
                    node = next[node];
                }
            }
        }
        return "";
    }

    int count(String name) {
        return transmitted.getOrDefault(name, 0);
    }

    private void carry(int from, LinkAddress toOrAll, ByteBuffer frame) {
        byte[] bytes = new byte[frame.remaining()];
        frame.duplicate().get(bytes);
        String name = router(from).nameOf(frame);
        transmitted.merge(name, 1, Integer::sum);
        transmittedBy.get(from).merge(name, 1, Integer::sum);
        if (toOrAll.equals(LinkAddress.ALL)) {
            for (int to = 0; to < ids.size(); to++) {
                if (joined(from, to)) {
                    pass(new Copy(from, to, true, name, bytes));
                }
            }
        } else if (joined(from, nodeAt(toOrAll))) {
            pass(new Copy(from, nodeAt(toOrAll), false, name, bytes));
        } else {
            later(GIVE_UP_MS, () -> giveUp(from, toOrAll, bytes));
        }
    }

    private void pass(Copy copy) {
        if (hold.test(copy)) {
            held.add(copy);
        } else if (!swallow.test(copy)) {
            later(LATENCY_MS, () -> {
                if (!down.contains(copy.to)) {
                    inject(copy.to, copy.from, ByteBuffer.wrap(copy.bytes));
                }
            });
        }
    }

    private void giveUp(int from, LinkAddress to, byte[] bytes) {
        if (down.contains(from)) {
            return;
        }
        if (router(from) instanceof MacFeedback feedback) {
            feedback.onTransmitFailed(now, LINK, to, ByteBuffer.wrap(bytes), new Effects(from));
        }
        router(from).onLinkFailure(now, LINK, to, new Effects(from));
    }

    private final class Effects implements RouterEffects {
        private final int node;

        Effects(int node) {
            this.node = node;
        }

        @Override
        public void transmit(LinkId link, LinkAddress toOrAll, int exchange, ByteBuffer frame) {
            carry(node, toOrAll, frame);
        }

        @Override
        public void reply(LinkId link, LinkAddress to, int exchange, HopCode code, ByteBuffer sealed) {
            throw new AssertionError("references have no hop acknowledgement of their own");
        }

        @Override
        public void deliver(
                MessageId message, PayloadType type, int hops, long ageMs, boolean wantsSettle, ByteBuffer payload) {
            delivered.add(new Delivery(node, message, hops, now));
        }

        @Override
        public void settled(long messageNumber, NodeId gateway, SettleStatus status) {
            throw new AssertionError("references settle nothing");
        }

        @Override
        public void drop(MessageId message, Destination destination, DropReason reason) {
            dropped.add(new Drop(node, message, reason, now));
        }

        @Override
        public void routeChanged(RouteChange change) {}

        @Override
        public void identified(Identity identity) {}

        @Override
        public void persistEpoch(long epoch) {}

        @Override
        public void alarm(Alarm alarm) {
            throw new AssertionError(alarm.toString());
        }
    }
}
