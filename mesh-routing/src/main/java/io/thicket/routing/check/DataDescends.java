package io.thicket.routing.check;

import io.thicket.routing.Destination;
import io.thicket.routing.MessageId;
import io.thicket.routing.NodeId;
import io.thicket.routing.wire.Data;
import io.thicket.routing.wire.Distance;
import io.thicket.routing.wire.MeshMessage;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * I9, seen on the air: whoever passes DATA on does so with a distance strictly better than that of somebody who sent it
 * to him in this turn. A packet therefore takes finitely many hops even while tables change.
 */
public final class DataDescends implements MessageInvariant {
    /** Messages remembered; the oldest goes. */
    static final int MAX_MESSAGES = 4_096;

    private record Leg(MessageId id, NodeId target, int turn) {}

    /** The worst distance that each node got the message with. */
    private final LinkedHashMap<Leg, Map<Party, Distance>> received = new LinkedHashMap<>();

    @Override
    public String name() {
        return "I9 data descends";
    }

    @Override
    public String sent(long nowMs, Party from, Party to, MeshMessage message) {
        NodeId target = message instanceof Data data ? targetOf(data) : null;
        if (target == null || to.equals(Party.EVERYONE) || !(message instanceof Data data)) {
            return "";
        }
        Map<Party, Distance> legs =
                received.computeIfAbsent(new Leg(data.id(), target, data.turn()), key -> new HashMap<>());
        if (received.size() > MAX_MESSAGES) {
            received.remove(received.keySet().iterator().next());
        }
        Distance mine = data.descent();
        if (mine == null) {
            return "node " + from.node() + " sends " + data.id() + " without a distance";
        }
        Distance got = legs.get(from);
        legs.merge(to, mine, (a, b) -> b.isBetterThan(a) ? a : b);
        return got == null || mine.isBetterThan(got)
                ? ""
                : "node " + from.node() + " passes " + data.id() + " on at " + mine + ", but got it at " + got;
    }

    private static @Nullable NodeId targetOf(Data data) {
        return data.destination() instanceof Destination.Node node ? node.id() : data.pinned();
    }
}
