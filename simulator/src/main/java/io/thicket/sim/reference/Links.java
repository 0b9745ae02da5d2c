package io.thicket.sim.reference;

import io.thicket.routing.LinkAddress;
import io.thicket.routing.LinkId;
import io.thicket.routing.LinkInfo;
import io.thicket.routing.MeshRouter;
import io.thicket.routing.RouterEffects;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The own links that are up and the neighbours' addresses on them, learned from frames that name their transmitter. At
 * most one port a neighbour and one neighbour a port, so the address plan bounds both maps.
 */
final class Links {
    private final Map<LinkId, LinkInfo> up = new LinkedHashMap<>();
    private final Map<Integer, Port> portOf = new HashMap<>();
    private final Map<Port, Integer> neighborAt = new HashMap<>();
    private final Tally tally;
    private final FrameKinds kinds;

    Links(Tally tally, FrameKinds kinds) {
        this.tally = tally;
        this.kinds = kinds;
    }

    void onLink(LinkId link, LinkInfo info) {
        if (info.up()) {
            up.put(link, info);
        } else {
            up.remove(link);
        }
    }

    /** The smallest frame size of all links that are up. */
    int mtuBytes() {
        int mtu = LinkInfo.MAX_MTU_BYTES;
        for (LinkInfo info : up.values()) {
            mtu = Math.min(mtu, info.mtuBytes());
        }
        return mtu;
    }

    void learn(int neighbor, LinkId link, LinkAddress address) {
        Port port = new Port(link, address);
        Port before = portOf.put(neighbor, port);
        if (port.equals(before)) {
            return;
        }
        if (before != null) {
            neighborAt.remove(before);
        }
        Integer displaced = neighborAt.put(port, neighbor);
        if (displaced != null) {
            portOf.remove(displaced);
        }
    }

    /** The neighbour behind an address, null if no frame named it yet. */
    @Nullable
    Integer neighborAt(LinkId link, LinkAddress address) {
        return neighborAt.get(new Port(link, address));
    }

    @Nullable
    Port portOf(int neighbor) {
        return portOf.get(neighbor);
    }

    /** False if the neighbour's address is not known. */
    boolean unicast(int neighbor, ByteBuffer frame, RouterEffects effects) {
        Port port = portOf.get(neighbor);
        if (port == null || !up.containsKey(port.link())) {
            return false;
        }
        transmit(port.link(), port.address(), frame, effects);
        return true;
    }

    void broadcast(ByteBuffer frame, RouterEffects effects) {
        for (LinkId link : up.keySet()) {
            transmit(link, LinkAddress.ALL, frame, effects);
        }
    }

    private void transmit(LinkId link, LinkAddress to, ByteBuffer frame, RouterEffects effects) {
        tally.sent(kinds.kindOf(frame), frame.remaining());
        effects.transmit(link, to, MeshRouter.NO_EXCHANGE, frame.duplicate());
    }
}
