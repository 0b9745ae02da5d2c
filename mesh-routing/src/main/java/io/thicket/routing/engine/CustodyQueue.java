package io.thicket.routing.engine;

import io.thicket.routing.NodeId;
import io.thicket.routing.table.LinkedTable;
import io.thicket.routing.wire.DataFields;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The messages in custody by target, bounded per target and in all (2.6); those in flight count, too. Urgent ones leave
 * first.
 */
final class CustodyQueue {
    /** A neighbour that stays full is asked every few seconds: the frames that it refuses leave less room for its own. */
    private static final int MAX_REFUSAL_DOUBLINGS = 4;

    /** One target's. */
    static final class Lane {
        NodeId target = Held.ANY_GATEWAY;

        /** Its place in {@link CustodyQueue#lanes}. */
        int slot;

        final ArrayDeque<Held> high = new ArrayDeque<>(0);
        final FairLane normal = new FairLane();
        final OriginCounts heldOf = new OriginCounts();
        int held;

        /** Who refused them for want of room, and until when it is not asked again. */
        @Nullable
        Neighbor refusedBy;

        long refusedUntilMs;

        /** When it might have been asked again, if that had been its first refusal. */
        long shortestUntilMs;

        int refusedInRow;

        /** When the first one in the row was. */
        long refusedSinceMs;
    }

    /** In the order of their turns. */
    private final LinkedTable<Lane> lanes;

    /** The one that was found last: a call asks many times about one target. Null if it is in {@link #lanes} no more. */
    private @Nullable Lane latest;

    private final Spares spares;
    private int perTarget = 1;
    private int total = 1;
    private int held;

    CustodyQueue() {
        this(0);
    }

    /** {@code seed}: see {@link LinkedTable}. */
    CustodyQueue(long seed) {
        this(seed, new Spares());
    }

    /** The same with spares that others may use, too. */
    CustodyQueue(long seed, Spares spares) {
        this.lanes = new LinkedTable<>(seed);
        this.spares = spares;
    }

    /** A message to be filled, before it is added. */
    Held blank() {
        Held message = spares.messages.pollLast();
        return message == null ? new Held() : message;
    }

    /** Nobody looks at {@code message} any more. */
    void recycle(Held message) {
        message.forget();
        spares.messages.addLast(message);
    }

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
        Lane lane = find(target);
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
        Lane lane = find(target);
        int limit = urgent ? 2 * perTarget : perTarget;
        if (lane == null || 2 * lane.held < limit) {
            return true;
        }
        return lane.heldOf.of(origin) < Math.max(1, limit / 4);
    }

    void add(Held message) {
        Lane lane = lane(message.target);
        lane.held++;
        lane.heldOf.add(message.origin(), 1);
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
        Lane lane = find(target);
        if (lane == null) {
            return null;
        }
        Held first = lane.high.pollFirst();
        return first != null ? first : lane.normal.pollFirst();
    }

    /** The next waiting message for {@code target} that is urgent, or that is not; it stays in line. */
    @Nullable
    Held peek(NodeId target, boolean urgent) {
        Lane lane = find(target);
        return lane == null ? null : urgent ? lane.high.peekFirst() : lane.normal.peekFirst();
    }

    /** As {@link #poll}, but only urgent ones or only others. */
    @Nullable
    Held poll(NodeId target, boolean urgent) {
        Lane lane = find(target);
        return lane == null ? null : urgent ? lane.high.pollFirst() : lane.normal.pollFirst();
    }

    /** Custody ends: handed on, delivered or dropped. */
    void release(Held message) {
        Lane lane = find(message.target);
        if (lane == null) {
            throw new AssertionError("released twice");
        }
        held--;
        lane.heldOf.add(message.origin(), -1);
        if (--lane.held == 0) {
            lanes.remove(lane.slot);
            latest = null;
            lane.refusedBy = null;
            spares.lanes.addLast(lane);
        }
    }

    /**
     * {@code hop} has no room for messages to {@code target} (5.03): a pause of {@code shortestMs}, doubled from the third refusal in a
     * row on. What was in flight together is one refusal, and what goes over the same hop to others does not wait.
     */
    void refused(long nowMs, NodeId target, Neighbor hop, long shortestMs) {
        Lane lane = find(target);
        if (lane == null || mayOfferAtMs(nowMs, target, hop) - nowMs > 0) {
            return;
        }
        lane.refusedInRow = lane.refusedBy == hop ? lane.refusedInRow + 1 : 1;
        lane.refusedBy = hop;
        lane.refusedSinceMs = lane.refusedInRow == 1 ? nowMs : lane.refusedSinceMs;
        lane.shortestUntilMs = nowMs + shortestMs;
        lane.refusedUntilMs =
                nowMs + (shortestMs << Math.max(0, Math.min(lane.refusedInRow - 2, MAX_REFUSAL_DOUBLINGS)));
    }

    /** How long ago {@code hop} had no room for messages to {@code target} for the first time, if it was asked again and took none since; else 0. */
    long refusedForMs(long nowMs, NodeId target, Neighbor hop) {
        Lane lane = find(target);
        return lane != null && lane.refusedBy == hop && lane.refusedInRow > 1 ? nowMs - lane.refusedSinceMs : 0;
    }

    /** {@code hop} took something for {@code target}: the next refusal is the first one again. One frame may bring both answers. */
    void accepted(NodeId target, Neighbor hop) {
        Lane lane = find(target);
        if (lane != null && lane.refusedBy == hop) {
            lane.refusedInRow = 0;
            lane.refusedUntilMs = lane.shortestUntilMs;
        }
    }

    /** When messages to {@code target} may be offered to {@code hop}; in the past if they may be now. */
    long mayOfferAtMs(long nowMs, NodeId target, Neighbor hop) {
        Lane lane = find(target);
        return lane != null && lane.refusedBy == hop ? lane.refusedUntilMs : nowMs;
    }

    boolean isWaiting(NodeId target) {
        Lane lane = find(target);
        return lane != null && !(lane.high.isEmpty() && lane.normal.isEmpty());
    }

    /** Whether anything for {@code target} is held (U6). */
    boolean holds(NodeId target) {
        return find(target) != null;
    }

    /** Who waits for a route to {@code target}: E2EACKs do not, the origin repeats its message and is told again. */
    RouteDiscovery.Demand demand(NodeId target) {
        RouteDiscovery.Demand[] demand = {RouteDiscovery.Demand.NOBODY};
        Lane lane = find(target);
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
        DataFields data = message.data;
        if (data == null) {
            return RouteDiscovery.Demand.NOBODY;
        }
        if (data.node() == null) {
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
        Lane lane = find(target);
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
        Lane lane = find(target);
        if (lane != null) {
            lanes.touch(lane.slot);
        }
    }

    /** Copies the targets with something held into {@code into}, in the order of their turns. */
    void targets(List<NodeId> into) {
        into.clear();
        for (int slot = lanes.oldest(); slot != LinkedTable.NONE; slot = lanes.younger(slot)) {
            into.add(lanes.value(slot).target);
        }
    }

    /** Messages for {@code target} in custody. */
    int held(NodeId target) {
        Lane lane = find(target);
        return lane == null ? 0 : lane.held;
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
        for (int slot = lanes.oldest(); slot != LinkedTable.NONE; slot = lanes.younger(slot)) {
            collect(nowMs, lanes.value(slot).high, over);
            lanes.value(slot).normal.removeExpired(nowMs, over);
        }
        for (Held message : over) {
            release(message);
            dropped.accept(message);
            recycle(message);
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

    private @Nullable Lane find(NodeId target) {
        Lane known = latest;
        if (known != null && known.target.equals(target)) {
            return known;
        }
        Lane found = lanes.get(target.value(), 0);
        if (found != null) {
            latest = found;
        }
        return found;
    }

    private Lane lane(NodeId target) {
        Lane lane = find(target);
        if (lane == null) {
            Lane unused = spares.lanes.pollLast();
            lane = unused == null ? new Lane() : unused;
            lane.target = target;
            lane.slot = lanes.add(target.value(), 0, lane);
            latest = lane;
        }
        return lane;
    }
}
