package io.thicket.sim.reference;

import io.thicket.sim.reference.BabelTlv.Update;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Neighbours and routes (RFC 8966 s3.2), and which routes are selected. What must be told to others is asked for through
 * {@link Listener}. The address plan bounds everything.
 */
final class BabelTable {
    /** A request for a fresher number is worth it only for a route that is better by a perfect hop. */
    private static final int WORTH_A_REQUEST = 256;

    /** What the table wants sent. */
    interface Listener {
        /** The selection changed so much that others should know now. */
        void changed(long nowMs, int prefix);

        /** A number beyond the feasibility distance is needed, from one neighbour or (null) from anybody. */
        void starved(long nowMs, int prefix, int seqno, @Nullable Integer neighbor);

        /** Something with this number arrived. */
        void arrived(long nowMs, int prefix, int seqno);
    }

    private final int self;
    private final BabelParameters parameters;
    private final Listener listener;
    private final Map<Integer, BabelNeighbor> neighbors = new TreeMap<>();
    private final Map<Integer, BabelPrefix> prefixes = new TreeMap<>();

    BabelTable(int self, BabelParameters parameters, Listener listener) {
        this.self = self;
        this.parameters = parameters;
        this.listener = listener;
    }

    Collection<BabelNeighbor> neighbors() {
        return neighbors.values();
    }

    @Nullable
    BabelPrefix prefix(int address) {
        return prefixes.get(address);
    }

    Collection<BabelPrefix> prefixes() {
        return prefixes.values();
    }

    @Nullable
    BabelRoute selected(int destination) {
        BabelPrefix prefix = prefixes.get(destination);
        return prefix == null ? null : prefix.selected;
    }

    /** The neighbour if it was not known before, else null. */
    @Nullable
    BabelNeighbor onHello(long nowMs, int address, BabelTlv.Hello hello) {
        boolean isNew = !neighbors.containsKey(address);
        BabelNeighbor neighbor = neighbors.computeIfAbsent(address, BabelNeighbor::new);
        neighbor.onHello(nowMs, hello.seqno(), hello.interval());
        costChanged(nowMs, neighbor);
        return isNew ? neighbor : null;
    }

    void onIhu(long nowMs, int address, BabelTlv.Ihu ihu) {
        BabelNeighbor neighbor = neighbors.get(address);
        if (neighbor != null && ihu.neighbor() == self) {
            neighbor.onIhu(nowMs, ihu.rxcost(), ihu.interval());
            costChanged(nowMs, neighbor);
        }
    }

    /** s3.5.3. */
    void onUpdate(long nowMs, int address, Update update) {
        BabelNeighbor neighbor = neighbors.get(address);
        if (neighbor == null || update.prefix() == self) {
            return;
        }
        boolean retraction = update.metric() == BabelTlv.INFINITY;
        if (retraction && !prefixes.containsKey(update.prefix())) {
            return;
        }
        BabelPrefix prefix = prefixes.computeIfAbsent(update.prefix(), BabelPrefix::new);
        boolean feasible = prefix.isFeasible(nowMs, update.seqno(), update.metric());
        BabelRoute route = prefix.routes.get(address);
        if (!feasible && route != null && route == prefix.selected) {
            // The route stays as it was, and runs out if the neighbour has nothing feasible to say until then.
            listener.starved(nowMs, prefix.prefix, BabelSeq.next(prefix.feasibleSeqno()), address);
            return;
        }
        if (route == null) {
            route = new BabelRoute(address);
            prefix.routes.put(address, route);
        }
        route.seqno = update.seqno();
        route.refmetric = update.metric();
        route.metric = metric(route, neighbor.cost(nowMs, parameters.cost()));
        route.expiresMs = nowMs + BabelParameters.holdMs(update.interval());
        if (retraction) {
            prefix.routes.remove(address);
        }
        select(nowMs, prefix);
        BabelRoute selected = prefix.selected;
        if (!feasible && (selected == null || route.metric + WORTH_A_REQUEST < selected.metric)) {
            listener.starved(nowMs, prefix.prefix, BabelSeq.next(prefix.feasibleSeqno()), address);
        }
        if (!retraction) {
            listener.arrived(nowMs, prefix.prefix, update.seqno());
        }
    }

    /** Forgets neighbours that are silent and routes that nobody confirmed. */
    void expire(long nowMs) {
        List<BabelNeighbor> silent = new ArrayList<>();
        for (BabelNeighbor neighbor : neighbors.values()) {
            if (!neighbor.isAlive(nowMs)) {
                silent.add(neighbor);
            }
        }
        silent.forEach(neighbor -> neighbors.remove(neighbor.address));
        neighbors.values().forEach(neighbor -> costChanged(nowMs, neighbor));
        for (BabelPrefix prefix : List.copyOf(prefixes.values())) {
            boolean gone = prefix.routes
                    .values()
                    .removeIf(route -> nowMs >= route.expiresMs || !neighbors.containsKey(route.neighbor));
            if (gone) {
                select(nowMs, prefix);
            }
            if (prefix.routes.isEmpty() && !prefix.hasFeasibilityDistance(nowMs)) {
                prefixes.remove(prefix.prefix);
            }
        }
    }

    private void costChanged(long nowMs, BabelNeighbor neighbor) {
        int cost = neighbor.cost(nowMs, parameters.cost());
        for (BabelPrefix prefix : prefixes.values()) {
            BabelRoute route = prefix.routes.get(neighbor.address);
            if (route != null && route.metric != metric(route, cost)) {
                route.metric = metric(route, cost);
                select(nowMs, prefix);
            }
        }
    }

    private static int metric(BabelRoute route, int cost) {
        if (route.refmetric == BabelTlv.INFINITY || cost == BabelTlv.INFINITY) {
            return BabelTlv.INFINITY;
        }
        return Math.min(route.refmetric + cost, BabelTlv.INFINITY);
    }

    private void select(long nowMs, BabelPrefix prefix) {
        BabelRoute before = prefix.selected;
        BabelRoute best = prefix.best(nowMs, parameters.hysteresis());
        prefix.selected = best;
        if (best == null) {
            if (before != null) {
                listener.changed(nowMs, prefix.prefix); // s3.7.2: a retraction
                listener.starved(nowMs, prefix.prefix, BabelSeq.next(prefix.feasibleSeqno()), null);
            }
        } else if (before == null || Math.abs(best.metric - prefix.announcedMetric) >= parameters.triggerThreshold()) {
            listener.changed(nowMs, prefix.prefix);
        }
    }
}
