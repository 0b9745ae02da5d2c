package io.thicket.routing.engine;

import io.thicket.routing.LinkClass;
import io.thicket.routing.NodeId;

/** A neighbour session that is as the test says; by default one over Wi-Fi that can be used. */
final class FixedHop implements NextHop {
    static final long COST = 10;
    static final long SETTLE_MS = 2_000;

    private final NodeId id;
    private final int bootTag;
    private final RoutingParameters parameters;
    boolean usable = true;
    long cost = COST;
    long settleMs = SETTLE_MS;

    FixedHop(long id) {
        this(new NodeId(id), 1);
    }

    FixedHop(NodeId id, int bootTag) {
        this(id, bootTag, RoutingParameters.of(LinkClass.WIFI));
    }

    FixedHop(NodeId id, int bootTag, RoutingParameters parameters) {
        this.id = id;
        this.bootTag = bootTag;
        this.parameters = parameters;
    }

    FixedHop cost(long newCost) {
        cost = newCost;
        return this;
    }

    FixedHop settleMs(long newSettleMs) {
        settleMs = newSettleMs;
        return this;
    }

    @Override
    public NodeId id() {
        return id;
    }

    @Override
    public int bootTag() {
        return bootTag;
    }

    @Override
    public boolean isUsable() {
        return usable;
    }

    @Override
    public long cost() {
        return cost;
    }

    @Override
    public RoutingParameters parameters() {
        return parameters;
    }

    @Override
    public long settleMs() {
        return settleMs;
    }
}
