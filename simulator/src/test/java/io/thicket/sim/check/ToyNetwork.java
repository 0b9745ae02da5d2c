package io.thicket.sim.check;

import io.thicket.routing.LinkAddress;
import io.thicket.routing.LinkId;
import io.thicket.routing.NodeId;
import io.thicket.routing.RouteChange;
import io.thicket.routing.RoutingCounter;
import io.thicket.routing.RoutingSnapshot;
import io.thicket.routing.RoutingSnapshot.NeighborState;
import io.thicket.routing.RoutingSnapshot.Route;
import io.thicket.routing.RoutingSnapshot.RouteState;
import io.thicket.routing.Seq;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A network of pictures: tests say what each node would show. Boot tags are 100 + node, own numbers start at 1.0. */
final class ToyNetwork implements NetworkView {
    private final List<ToyNode> nodes = new ArrayList<>();
    long nowMs = 1_000;

    ToyNetwork(int size) {
        for (int i = 0; i < size; i++) {
            nodes.add(new ToyNode(i));
        }
    }

    static NodeId id(int node) {
        return new NodeId(0x1000L + node);
    }

    ToyNode node(int node) {
        return nodes.get(node);
    }

    @Override
    public long nowMs() {
        return nowMs;
    }

    @Override
    public int nodes() {
        return nodes.size();
    }

    @Override
    public int indexOf(NodeId id) {
        int node = (int) (id.value() - 0x1000L);
        return node >= 0 && node < nodes.size() ? node : -1;
    }

    @Override
    public NodeId idOf(int node) {
        return id(node);
    }

    @Override
    public Optional<RoutingSnapshot> routing(int node) {
        return nodes.get(node).snapshot();
    }

    @Override
    public long routingAgeMs(int node) {
        return nodes.get(node).ageMs;
    }

    @Override
    public Optional<ReadingAccount> readings(int node) {
        return Optional.ofNullable(nodes.get(node).account);
    }

    static final class ToyNode {
        private final int node;
        private final List<Route> routes = new ArrayList<>();
        private final List<RoutingSnapshot.Neighbor> neighbors = new ArrayList<>();
        private final Map<RoutingCounter, Long> counters = new EnumMap<>(RoutingCounter.class);
        Seq ownSeq = new Seq(1, 0);
        int bootTag;
        boolean up = true;
        long ageMs;

        @Nullable
        ReadingAccount account;

        ToyNode(int node) {
            this.node = node;
            this.bootTag = 100 + node;
        }

        /** A live route: the distance held is (seq, feasibleMetric). */
        ToyNode route(int destination, int nextHop, Seq seq, long feasibleMetric) {
            return route(destination, nextHop, 100 + nextHop, seq, feasibleMetric, 60_000);
        }

        ToyNode route(int destination, int nextHop, int bootTag, Seq seq, long feasibleMetric, long validForMs) {
            routes.removeIf(route -> route.destination().equals(id(destination)));
            neighbors.add(new RoutingSnapshot.Neighbor(
                    id(nextHop),
                    bootTag,
                    new LinkId(0),
                    LinkAddress.of((byte) nextHop),
                    NeighborState.TWO_WAY,
                    10,
                    1,
                    -1,
                    0));
            routes.add(new Route(
                    id(destination),
                    RouteState.ACTIVE,
                    id(nextHop),
                    bootTag,
                    seq,
                    feasibleMetric,
                    1,
                    seq,
                    feasibleMetric,
                    validForMs,
                    0,
                    RouteChange.Reason.FIRST));
            return this;
        }

        void forgetNeighbors() {
            neighbors.clear();
        }

        void count(RoutingCounter counter, long value) {
            counters.put(counter, value);
        }

        Optional<RoutingSnapshot> snapshot() {
            return up
                    ? Optional.of(new RoutingSnapshot(
                            id(node), ownSeq, bootTag, node == 0, null, 0, neighbors, routes, List.of(), counters))
                    : Optional.empty();
        }
    }
}
