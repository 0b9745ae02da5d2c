package io.thicket.routing.engine;

import io.thicket.routing.Destination;
import io.thicket.routing.NodeId;
import io.thicket.routing.wire.Data;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The messages in custody by target, bounded per target and in all (2.6); those in flight count, too. Urgent ones leave
 * first.
 */
final class CustodyQueue {
    private static final class Lane {
        final ArrayDeque<Held> high = new ArrayDeque<>();
        final FairLane normal = new FairLane();
        final Map<NodeId, Integer> heldOf = new HashMap<>();
        int held;
    }

    private final LinkedHashMap<NodeId, Lane> lanes = new LinkedHashMap<>();
    private int perTarget = 1;
    private int total = 1;
    private int held;

    /** The bounds of the roomiest link class this node has. */
    void setBounds(int messagesPerTarget, int messagesInAll) {
        perTarget = messagesPerTarget;
        total = messagesInAll;
    }

    /** Whether one more for {@code target} would be taken; urgent ones may use twice the room. */
    boolean hasRoom(NodeId target, boolean urgent) {
        return held < total && mayMoveTo(target, urgent);
    }

    /** Whether a message that is held already may be {@link #retarget}ed: that makes no more of them in all. */
    boolean mayMoveTo(NodeId target, boolean urgent) {
        Lane lane = lanes.get(target);
        int inLane = lane == null ? 0 : lane.held;
        return inLane < (urgent ? 2 * perTarget : perTarget);
    }

    /**
     * Whether one more of {@code origin} for {@code target} would be taken. When the lane is half full, whoever has a
     * quarter of it already is refused: an origin that sends too much meets the refusal, the others do not (2.7).
     */
    boolean hasRoom(NodeId target, NodeId origin, boolean urgent) {
        if (!hasRoom(target, urgent)) {
            return false;
        }
        Lane lane = lanes.get(target);
        int limit = urgent ? 2 * perTarget : perTarget;
        if (lane == null || 2 * lane.held < limit) {
            return true;
        }
        return lane.heldOf.getOrDefault(origin, 0) < Math.max(1, limit / 4);
    }

    void add(Held message) {
        Lane lane = lane(message.target);
        lane.held++;
        lane.heldOf.merge(message.origin(), 1, Integer::sum);
        held++;
        addLast(lane, message);
    }

    /** Puts back, first in line, what {@link #poll} took. */
    void putBack(Held message) {
        Lane lane = lane(message.target);
        if (message.high) {
            lane.high.addFirst(message);
        } else {
            lane.normal.addFirst(message);
        }
    }

    private static void addLast(Lane lane, Held message) {
        if (message.high) {
            lane.high.addLast(message);
        } else {
            lane.normal.addLast(message);
        }
    }

    /** Gives a message that {@link #poll} took another target and puts it in line there. */
    void retarget(Held message, NodeId target) {
        release(message);
        message.target = target;
        add(message);
    }

    /** The next waiting message for {@code target}, which stays in custody until {@link #release}. */
    @Nullable
    Held poll(NodeId target) {
        Lane lane = lanes.get(target);
        if (lane == null) {
            return null;
        }
        Held first = lane.high.pollFirst();
        return first != null ? first : lane.normal.pollFirst();
    }

    /** The next waiting message for {@code target} that is urgent, or that is not; it stays in line. */
    @Nullable
    Held peek(NodeId target, boolean urgent) {
        Lane lane = lanes.get(target);
        return lane == null ? null : urgent ? lane.high.peekFirst() : lane.normal.peekFirst();
    }

    /** As {@link #poll}, but only urgent ones or only others. */
    @Nullable
    Held poll(NodeId target, boolean urgent) {
        Lane lane = lanes.get(target);
        return lane == null ? null : urgent ? lane.high.pollFirst() : lane.normal.pollFirst();
    }

    /** Custody ends: handed on, delivered or dropped. */
    void release(Held message) {
        Lane lane = lanes.get(message.target);
        if (lane == null) {
            throw new AssertionError("released twice");
        }
        held--;
        lane.heldOf.merge(message.origin(), -1, (a, b) -> a + b == 0 ? null : a + b);
        if (--lane.held == 0) {
            lanes.remove(message.target);
        }
    }

    boolean isWaiting(NodeId target) {
        Lane lane = lanes.get(target);
        return lane != null && !(lane.high.isEmpty() && lane.normal.isEmpty());
    }

    /** Whether anything for {@code target} is held (U6). */
    boolean holds(NodeId target) {
        return lanes.containsKey(target);
    }

    /** Who waits for a route to {@code target}: E2EACKs do not, the origin repeats its message and is told again. */
    RouteDiscovery.Demand demand(NodeId target) {
        RouteDiscovery.Demand[] demand = {RouteDiscovery.Demand.NOBODY};
        Lane lane = lanes.get(target);
        if (lane != null) {
            Consumer<Held> count = message -> {
                RouteDiscovery.Demand one = demandOf(message);
                demand[0] = one.compareTo(demand[0]) > 0 ? one : demand[0];
            };
            lane.high.forEach(count);
            lane.normal.forEach(count);
        }
        return demand[0];
    }

    private static RouteDiscovery.Demand demandOf(Held message) {
        Data data = message.data;
        if (data == null) {
            return RouteDiscovery.Demand.NOBODY;
        }
        if (data.destination() instanceof Destination.AnyGateway) {
            return RouteDiscovery.Demand.ANYCAST;
        }
        return message.own ? RouteDiscovery.Demand.OWN : RouteDiscovery.Demand.OTHERS;
    }

    /** Takes out, as {@link #poll} does, the waiting messages of this node for {@code target} itself. */
    List<Held> takeOwn(NodeId target) {
        return take(target, message -> demandOf(message) == RouteDiscovery.Demand.OWN);
    }

    /** Takes out, as {@link #poll} does, the waiting messages for {@code target} that {@code condition} holds for. */
    List<Held> take(NodeId target, Predicate<Held> condition) {
        List<Held> taken = new ArrayList<>(0);
        Lane lane = lanes.get(target);
        if (lane != null) {
            Iterator<Held> all = lane.high.iterator();
            while (all.hasNext()) {
                Held message = all.next();
                if (condition.test(message)) {
                    all.remove();
                    taken.add(message);
                }
            }
            lane.normal.removeIf(condition, taken);
        }
        return taken;
    }

    /** {@code target} had its turn: the others go first next time. */
    void served(NodeId target) {
        Lane lane = lanes.remove(target);
        if (lane != null) {
            lanes.put(target, lane);
        }
    }

    /** A copy of the targets with something held, in the order of their turns. */
    List<NodeId> targets() {
        return new ArrayList<>(lanes.keySet());
    }

    boolean isEmpty() {
        return held == 0;
    }

    /** How full the queue is. */
    int percent() {
        return Math.min(100, 100 * held / total);
    }

    int size() {
        return held;
    }

    /** Removes the waiting messages whose time is over. */
    void expire(long nowMs, Consumer<Held> dropped) {
        List<Held> over = new ArrayList<>();
        for (Map.Entry<NodeId, Lane> entry : lanes.entrySet()) {
            collect(nowMs, entry.getValue().high, over);
            entry.getValue().normal.removeExpired(nowMs, over);
        }
        for (Held message : over) {
            release(message);
            dropped.accept(message);
        }
    }

    private static void collect(long nowMs, ArrayDeque<Held> lane, List<Held> over) {
        Iterator<Held> all = lane.iterator();
        while (all.hasNext()) {
            Held message = all.next();
            if (message.expiresAtMs - nowMs <= 0) {
                all.remove();
                over.add(message);
            }
        }
    }

    private Lane lane(NodeId target) {
        return lanes.computeIfAbsent(target, unused -> new Lane());
    }
}
