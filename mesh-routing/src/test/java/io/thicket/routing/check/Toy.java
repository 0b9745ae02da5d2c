package io.thicket.routing.check;

import io.thicket.routing.NodeId;
import io.thicket.routing.RoutingCounter;
import io.thicket.routing.Seq;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** A router that shows whatever a test wants. Boot tags are 100 + node, own numbers start at 1.0. */
final class Toy implements RouterView {
    final int node;
    final List<HeldRoute> routes = new ArrayList<>();
    final Map<RoutingCounter, Long> counters = new EnumMap<>(RoutingCounter.class);
    Seq ownSeq = new Seq(1, 0);
    int bootTag;
    int queued;
    int neighbors;

    Toy(int node) {
        this.node = node;
        this.bootTag = 100 + node;
    }

    static NodeId id(int node) {
        return new NodeId(0x1000L + node);
    }

    /** A live route whose feasibility distance is (seq, metric), valid until 60 s and held until 400 s. */
    Toy route(int destination, int nextHop, Seq seq, long metric) {
        return held(route(destination, nextHop, 100 + nextHop, true, seq, metric, 60_000, 400_000));
    }

    /** A distance without a route. */
    Toy distance(int destination, Seq seq, long metric, long heldUntilMs) {
        return held(new HeldRoute(id(destination), null, 0, false, null, -1, seq, metric, 0, heldUntilMs));
    }

    static HeldRoute route(
            int destination,
            int nextHop,
            int tag,
            boolean usable,
            Seq seq,
            long metric,
            long validUntilMs,
            long heldUntilMs) {
        return new HeldRoute(
                id(destination), id(nextHop), tag, usable, seq, metric, seq, metric, validUntilMs, heldUntilMs);
    }

    Toy held(HeldRoute route) {
        routes.removeIf(known -> known.destination().equals(route.destination()));
        routes.add(route);
        return this;
    }

    @Override
    public NodeId self() {
        return id(node);
    }

    @Override
    public Seq ownSeq() {
        return ownSeq;
    }

    @Override
    public int bootTag() {
        return bootTag;
    }

    @Override
    public List<HeldRoute> routes() {
        return List.copyOf(routes);
    }

    @Override
    public int queued() {
        return queued;
    }

    @Override
    public int neighbors() {
        return neighbors;
    }

    @Override
    public long counter(RoutingCounter counter) {
        return counters.getOrDefault(counter, 0L);
    }
}
