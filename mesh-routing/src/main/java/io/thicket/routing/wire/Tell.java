package io.thicket.routing.wire;

import io.thicket.routing.NodeId;

/** Type 6: the answer to ASK, an advert of the teller's current route (U3). One hop. */
public record Tell(NodeId destination, Distance distance, int hops) implements MeshMessage {
    static final int TYPE = 6;

    public Tell {
        WireLimits.within(hops, WireLimits.MAX_HOPS, "hops");
    }

    @Override
    public int type() {
        return TYPE;
    }
}
