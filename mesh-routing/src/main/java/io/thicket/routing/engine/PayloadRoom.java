package io.thicket.routing.engine;

import io.thicket.routing.Destination;
import io.thicket.routing.NodeId;

/** How large a payload may be on its way somewhere. */
final class PayloadRoom {
    private final Links links;
    private final DataPlane data;
    private final GatewayChoice choice;
    private final PathMtus pathMtus;

    PayloadRoom(Links links, DataPlane data, GatewayChoice choice, PathMtus pathMtus) {
        this.links = links;
        this.data = data;
        this.choice = choice;
        this.pathMtus = pathMtus;
    }

    /** What this node's own links take for certain, in bytes; of the rest of a path there is only hearsay. */
    int linkBytes(Destination destination) {
        int mtuBytes = links.mtuBytes();
        return Math.max(0, mtuBytes - data.headerBytes(destination, mtuBytes));
    }

    /** What fits as far as is known, in bytes. */
    int bytes(long nowMs, Destination destination) {
        int linkBytes = linkBytes(destination);
        int mtuBytes = choice.pathMtuBytes(nowMs);
        NodeId gateway = choice.pinned(nowMs);
        if (destination instanceof Destination.Node node) {
            mtuBytes = pathMtus.of(nowMs, node.id());
        } else if (gateway != null) {
            mtuBytes = Math.min(mtuBytes, pathMtus.of(nowMs, gateway));
        }
        int pathBytes = mtuBytes - data.headerBytes(destination, mtuBytes);
        return pathBytes > 0 ? Math.min(linkBytes, pathBytes) : linkBytes;
    }
}
