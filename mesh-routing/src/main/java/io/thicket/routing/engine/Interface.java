package io.thicket.routing.engine;

import io.thicket.routing.LinkId;
import io.thicket.routing.LinkInfo;

/** One of this node's links: what it can do, and when its next HELLO is due. */
final class Interface {
    private static final double NEWS_PER_INTERVAL = 2;
    private static final int NEWS_BURST = 10;

    final LinkId id;
    LinkInfo info;
    RoutingParameters parameters;
    Trickle trickle;
    long helloSeq;

    /** Early HELLOs because of this node's own routes. */
    final TokenBuckets<Boolean> news;

    /** What may still be sent. */
    final DutyBudget duty;

    Interface(LinkId id, LinkInfo info, RoutingParameters parameters, Trickle trickle, long nowMs) {
        this.id = id;
        this.info = info;
        this.parameters = parameters;
        this.trickle = trickle;
        this.news = new TokenBuckets<>(NEWS_PER_INTERVAL * 1_000.0 / parameters.helloMaxMs(), NEWS_BURST);
        this.duty = new DutyBudget(nowMs, info, parameters);
    }

    /** Airtime of a frame of so many bytes, in 10 us units: what a hop costs, and what control is charged. */
    long airtime(int bytes) {
        return Math.max(1, duty.airtimeUs(bytes) / 10);
    }
}
