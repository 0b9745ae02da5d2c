package io.thicket.routing.engine;

import io.thicket.routing.MeshRouter;
import io.thicket.routing.NodeId;
import io.thicket.routing.RoutingCounter;
import io.thicket.routing.Seq;
import io.thicket.routing.wire.Rrep;
import io.thicket.routing.wire.WireLimits;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * This node's own searches (2.5, order of repair): neighbours are asked first if the destination was known, then the way
 * that is only infeasible, then ever larger rings are flooded. Messages wait meanwhile; a search that found nothing is
 * not repeated for a while.
 *
 * <pre>
 *   ASKING --(no TELL)--> DIRECTED --(no RREP, or refused)--> FLOODING --(largest ring, retries)--> hold-down
 *   any ----(a route)---> found      any --(nobody waits any more)--> forgotten
 * </pre>
 */
final class RouteDiscovery {
    /** Searches at once; what is wanted beyond it waits in the queue. */
    static final int MAX_SEARCHES = 64;

    /** Searches that failed, remembered for their hold-down. */
    static final int MAX_HOLD_DOWNS = 256;

    /** 2.5: a relay this near to the destination repairs by itself; one farther away lets the source search first. */
    static final int REPAIR_HOPS = 2;

    /** A relay with custody searches after all if the source found no way round it meanwhile. */
    static final long SOURCE_FIRST_MS = 2_000;

    /** Meanwhile it asks its neighbours again: the source's search may have made a way that passes near. */
    static final long ASK_AGAIN_MS = 350;

    /** 2.6: news end a hold-down at most this often. */
    static final long NEWS_MS = 5_000;

    /** A search for what was found and lost again begins no sooner than this after the last one. */
    static final long AGAIN_MS = 500;

    /** What is lost sooner than this after it was found, time after time, is searched ever more rarely: that is congestion. */
    static final long SHORT_LIFE_MS = 2_000;

    static final long AGAIN_MAX_MS = 8_000;

    /** A search without a token for its request waits no shorter than this. */
    private static final long NO_TOKEN_MS = 200;

    /** 2.5: a ring reaches so much farther than the destination was. */
    private static final int RING_MARGIN = 2;

    /** An answer to the largest ring is waited for as if it came from this far at least. */
    private static final int MIN_REACH = 20;

    /** Answers that came but could not be used let a search ask for a newer Seq at once so many times. */
    private static final int MAX_RAISES = 2;

    /** A gateway that the neighbours could not tell a way to is asked for again after this, doubling to a minute. */
    private static final long ANYCAST_MS = 1_000;

    private static final long ANYCAST_MAX_MS = 60_000;

    /** A directed request waits no longer than for this many hops: the flood is next. */
    private static final int DIRECTED_HOPS = 6;

    /** Who waits for a route. */
    enum Demand {
        NOBODY,
        /** Messages for any gateway: HELLOs spread the ways to gateways, so that nothing is flooded. */
        ANYCAST,
        OTHERS,
        OWN
    }

    /** What a search needs of the rest of the router. */
    interface Owner {
        Demand demand(NodeId target);

        /** The search found nothing: own messages are dropped. */
        void failed(NodeId target);

        /** A route to {@code entry}'s destination is still missing after the neighbours were asked. */
        void unrepaired(RouteEntry entry);
    }

    private enum Phase {
        ASKING,
        DIRECTED,
        FLOODING
    }

    private static final class Search {
        final NodeId target;
        final long startedMs;
        Phase phase = Phase.ASKING;
        long nextAtMs;
        int lastTtl;
        boolean sameRing;
        boolean awaitsSource;
        int triesAtMax;
        int raises;

        @Nullable
        Seq proven;

        /** From an answer that nobody vouches for: asked for once, or a liar would ask for what the target never has. */
        @Nullable
        Seq hearsay;

        Search(NodeId target, long startedMs) {
            this.target = target;
            this.startedMs = startedMs;
            this.nextAtMs = startedMs;
        }
    }

    private static final class HoldDown {
        long untilMs;
        long lengthMs;
        long newsAtMs = Long.MIN_VALUE / 2;
    }

    /** What the last search for a destination ended with: it outlives the route, which is forgotten when it expires. */
    private record Found(long atMs, int hops, long againMs) {}

    private final Core core;
    private final RoutingTable routes;
    private final NeighborTable neighbors;
    private final Collection<Interface> links;
    private final AskService asks;
    private final OwnRequests own;
    private final Owner owner;
    private final KnownReach reach = new KnownReach();

    // In the order of insertion; each is made with its first entry: most nodes never search.
    private Map<NodeId, Search> searches = Collections.emptyMap();
    private Map<NodeId, HoldDown> holdDowns = Collections.emptyMap();
    private Map<NodeId, Found> found = Collections.emptyMap();

    RouteDiscovery(
            Core core,
            RoutingTable routes,
            NeighborTable neighbors,
            Collection<Interface> links,
            AskService asks,
            OwnRequests own,
            Owner owner) {
        this.core = core;
        this.routes = routes;
        this.neighbors = neighbors;
        this.links = links;
        this.asks = asks;
        this.own = own;
        this.owner = owner;
    }

    /** Whether a message for {@code target} may wait for a search: there is somebody to ask, and no hold-down. */
    boolean mayFind(NodeId target) {
        HoldDown held = holdDowns.get(target);
        return (held == null || held.untilMs - core.now() <= 0) && hasNeighbor() && pace() != null;
    }

    boolean isSearching(NodeId target) {
        return searches.containsKey(target);
    }

    /** A message waits for {@code target} and no route leads there. */
    void want(NodeId target) {
        // What costs nobody anything is no search, nor congestion if it comes again soon.
        routes.recover(core.now(), target);
        RouteEntry entry = routes.get(target);
        if (entry != null && entry.nextHop() != null) {
            return;
        }
        if (searches.containsKey(target) || searches.size() >= MAX_SEARCHES || !mayFind(target)) {
            return;
        }
        Search search = new Search(target, core.now());
        Found before = found.get(target);
        if (before != null) {
            search.nextAtMs = Math.max(core.now(), before.atMs + before.againMs);
        }
        searches = searches.isEmpty() ? new LinkedHashMap<>() : searches;
        searches.put(target, search);
        core.count(RoutingCounter.SEARCHES_STARTED);
        if (search.nextAtMs - core.now() <= 0) {
            step(search);
        }
        plan();
    }

    /** A route was made: whatever searched for it is over, and so is the memory of having failed. */
    void found(RouteEntry entry) {
        holdDowns.remove(entry.destination());
        Search search = searches.remove(entry.destination());
        if (search != null) {
            plan();
            Found before = found.remove(entry.destination()); // the youngest goes last
            boolean soon = before != null && search.startedMs - before.atMs < Math.max(SHORT_LIFE_MS, before.againMs);
            long againMs = before != null && soon ? Math.min(2 * before.againMs, AGAIN_MAX_MS) : AGAIN_MS;
            if (found.size() >= MAX_HOLD_DOWNS) {
                found.remove(found.keySet().iterator().next());
            }
            found = found.isEmpty() ? new LinkedHashMap<>() : found;
            found.put(entry.destination(), new Found(core.now(), entry.hops(), againMs));
        }
    }

    /**
     * A reply to an own request came and its advert was applied. If there is still no route, some node on the way holds a
     * distance that the target's Seq does not improve: the next one will (2.5 (6), it bumps). It has a signature only if
     * that was verified.
     */
    void answered(Rrep rrep) {
        Search search = searches.get(rrep.target());
        if (search == null || search.raises >= MAX_RAISES) {
            return;
        }
        search.raises++;
        if (rrep.signature() == null) {
            search.hearsay = rrep.targetSeq();
        } else {
            search.proven = rrep.targetSeq();
        }
        search.sameRing = search.lastTtl > 0;
        search.nextAtMs = core.now();
        search.phase = Phase.FLOODING;
        plan();
    }

    /** 2.6: a new neighbour ends hold-downs, at most once in 5 s. */
    void linkUsable() {
        for (HoldDown held : holdDowns.values()) {
            if (core.now() - held.newsAtMs >= NEWS_MS) {
                held.newsAtMs = core.now();
                held.untilMs = core.now();
            }
        }
    }

    /** After each change of a search. */
    private void plan() {
        long nextMs = MeshRouter.NEVER;
        for (Search search : searches.values()) {
            nextMs = Math.min(nextMs, search.nextAtMs);
        }
        core.agenda.set(Agenda.Part.SEARCHES, nextMs);
    }

    void onDeadline() {
        for (Search search : new ArrayList<>(searches.values())) {
            if (search.nextAtMs - core.now() <= 0 && searches.get(search.target) == search) {
                step(search);
            }
        }
        plan();
    }

    private void step(Search search) {
        routes.recover(core.now(), search.target); // before anybody is asked for a way
        Demand demand = owner.demand(search.target);
        Interface pace = pace();
        RouteEntry entry = routes.get(search.target);
        if (entry != null && entry.nextHop() != null || demand == Demand.NOBODY && search.triesAtMax == 0) {
            searches.remove(search.target);
            return;
        }
        if (demand == Demand.NOBODY) {
            fail(search, pace, demand); // the messages became too old, but everybody was asked
            return;
        }
        if (pace == null || !hasNeighbor()) {
            fail(search, pace, demand);
            return;
        }
        if (search.phase == Phase.ASKING) {
            search.phase = Phase.DIRECTED;
            // Who never knew the destination asks nobody: the first ring finds what they know, too (7).
            long waitMs = entry == null || !entry.hasDistance() ? 0 : asks.ask(entry);
            if (waitMs > 0) {
                search.nextAtMs = core.now() + waitMs;
                return;
            }
        }
        if (demand == Demand.ANYCAST) {
            fail(search, pace, demand);
            return;
        }
        if (search.phase == Phase.DIRECTED) {
            search.phase = Phase.FLOODING;
            if (entry != null) {
                owner.unrepaired(entry);
            }
            if (entry != null && directed(search, entry, pace)) {
                return;
            }
        }
        flood(search, entry, demand, pace.parameters.discovery());
    }

    private void askAgain(Search search, @Nullable RouteEntry entry) {
        if (search.awaitsSource && entry != null && entry.hasDistance()) {
            asks.ask(entry);
        }
        search.awaitsSource = true;
    }

    private boolean directed(Search search, RouteEntry entry, Interface pace) {
        if (!(routes.infeasibleWay(core.now(), search.target, null) instanceof Neighbor way) || !own.mayMake(pace)) {
            return false;
        }
        DiscoveryParameters parameters = pace.parameters.discovery();
        search.nextAtMs = core.now()
                + parameters.ringTimeoutMs(Math.min(firstTtl(search.target, entry, parameters), DIRECTED_HOPS));
        own.direct(search.target, minSeq(search, entry), way, hop -> false, () -> refused(search));
        return true;
    }

    private void refused(Search search) {
        if (searches.get(search.target) == search && search.phase == Phase.FLOODING && search.lastTtl == 0) {
            search.nextAtMs = core.now();
            plan();
        }
    }

    private void flood(Search search, @Nullable RouteEntry entry, Demand demand, DiscoveryParameters parameters) {
        boolean near = entry != null && entry.lastHops() > 0 && entry.lastHops() <= REPAIR_HOPS;
        long sourceUntilMs = search.startedMs + SOURCE_FIRST_MS;
        if (demand != Demand.OWN && !near && sourceUntilMs - core.now() > 0) {
            askAgain(search, entry);
            search.nextAtMs = Math.min(sourceUntilMs, core.now() + ASK_AGAIN_MS);
            return;
        }
        // Whoever answered the last try is there, and is asked once more for a Seq that will do.
        boolean exhausted =
                search.lastTtl >= parameters.maxTtl() && search.triesAtMax > parameters.retries() && !search.sameRing;
        Interface pace = pace();
        if (exhausted || pace == null) {
            fail(search, pace, demand);
            return;
        }
        if (!own.mayMake(pace)) {
            search.nextAtMs = Math.max(core.now() + NO_TOKEN_MS, own.mayMakeAtMs(pace));
            return;
        }
        int further =
                search.lastTtl == 0 ? firstTtl(search.target, entry, parameters) : nextTtl(search.lastTtl, parameters);
        int ttl = search.sameRing ? search.lastTtl : further;
        search.sameRing = false;
        boolean largest = ttl >= parameters.maxTtl();
        // Differs from 2.5 (7), where each ring's last try clears DIRECTED_OK: the next ring is a smaller ring's next
        // try.
        boolean directedOk = !largest || search.triesAtMax == 0 && parameters.retries() > 0;
        int waitHops = Math.min(ttl, reach(search));
        search.nextAtMs = core.now()
                + parameters.ringTimeoutMs(waitHops) * (1L << Math.min(search.triesAtMax, parameters.retries()));
        search.lastTtl = ttl;
        search.triesAtMax += largest ? 1 : 0;
        own.flood(search.target, minSeq(search, entry), ttl, directedOk, entry != null && entry.hasDistance());
        search.hearsay = null;
    }

    /**
     * Hops that an answer may have to come: twice as many as to those known. Waiting for 64 would take 5 s wherever a frame was lost;
     * each repetition waits twice as long.
     */
    private int reach(Search search) {
        int ring = search.triesAtMax > 0 ? 0 : search.lastTtl;
        int farthest = Math.max(ring, reach.hops(core.now(), routes.entries()));
        return Math.max(MIN_REACH, 2 * farthest + RING_MARGIN);
    }

    private int firstTtl(NodeId target, @Nullable RouteEntry entry, DiscoveryParameters parameters) {
        Found before = found.get(target);
        int hops = entry != null && entry.lastHops() > 0 ? entry.lastHops() : before == null ? 0 : before.hops;
        return hops <= 0 ? parameters.rings().get(0) : Math.min(parameters.maxTtl(), hops + RING_MARGIN);
    }

    private static int nextTtl(int ttl, DiscoveryParameters parameters) {
        for (int ring : parameters.rings()) {
            if (ring > ttl) {
                return ring;
            }
        }
        return parameters.maxTtl();
    }

    /** A Seq under which an answer is feasible here whatever its metric, if anything was ever known. */
    private static Seq minSeq(Search search, @Nullable RouteEntry entry) {
        Seq newest = entry == null ? null : entry.feasibleSeq();
        newest = newer(newer(newest, search.proven), search.hearsay);
        // The last Seq of an epoch has no next one to ask for.
        return newest == null ? new Seq(0, 0) : newest.count() >= WireLimits.MAX_U32 ? newest : newest.next();
    }

    private static @Nullable Seq newer(@Nullable Seq one, @Nullable Seq other) {
        return one == null || other != null && other.isNewerThan(one) ? other : one;
    }

    private void fail(Search search, @Nullable Interface pace, Demand demand) {
        searches.remove(search.target);
        if (pace != null) {
            boolean anycast = demand == Demand.ANYCAST;
            DiscoveryParameters parameters = pace.parameters.discovery();
            hold(
                    search.target,
                    anycast ? ANYCAST_MS : parameters.holdDownMinMs(),
                    anycast ? ANYCAST_MAX_MS : parameters.holdDownMaxMs());
        }
        if (demand != Demand.ANYCAST) {
            core.count(RoutingCounter.SEARCHES_FAILED);
            owner.failed(search.target);
        }
    }

    private void hold(NodeId target, long minMs, long maxMs) {
        HoldDown held = holdDowns.remove(target); // the youngest goes last
        if (held == null) {
            held = new HoldDown();
        }
        held.lengthMs = Math.max(minMs, Math.min(2 * held.lengthMs, maxMs));
        held.untilMs = core.now() + held.lengthMs;
        if (holdDowns.size() >= MAX_HOLD_DOWNS) {
            holdDowns.remove(holdDowns.keySet().iterator().next());
        }
        holdDowns = holdDowns.isEmpty() ? new LinkedHashMap<>() : holdDowns;
        holdDowns.put(target, held);
    }

    /** The fastest link sets the pace; what comes later over slower ones still makes a route. */
    private @Nullable Interface pace() {
        Interface fastest = null;
        for (Interface link : links) {
            if (link.info.up()
                    && (fastest == null
                            || link.parameters.discovery().hopTraversalMs()
                                    < fastest.parameters.discovery().hopTraversalMs())) {
                fastest = link;
            }
        }
        return fastest;
    }

    private boolean hasNeighbor() {
        for (Neighbor neighbor : neighbors.all()) {
            if (neighbor.isUsable()) {
                return true;
            }
        }
        return false;
    }
}
