package io.thicket.routing.engine;

import io.thicket.routing.LinkId;
import io.thicket.routing.LinkInfo;

/** One of this node's links: what it can do, and when its next HELLO is due. */
final class Interface {
    final LinkId id;
    LinkInfo info;
    RoutingParameters parameters;
    Trickle trickle;
    long helloSeq;

    Interface(LinkId id, LinkInfo info, RoutingParameters parameters, Trickle trickle) {
        this.id = id;
        this.info = info;
        this.parameters = parameters;
        this.trickle = trickle;
    }
}
