package io.thicket.routing.engine;

import io.thicket.routing.MeshRouter;
import io.thicket.routing.RoutingCounter;
import io.thicket.routing.security.FrameForm;
import io.thicket.routing.wire.Ask;
import io.thicket.routing.wire.Distance;
import io.thicket.routing.wire.FrameCodec;
import io.thicket.routing.wire.HopResult;
import io.thicket.routing.wire.MeshMessage;
import io.thicket.routing.wire.Tell;
import io.thicket.routing.wire.WireLimits;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** ASK and TELL, the repair of one hop (2.5): does a neighbour have a route that is feasible for me? */
final class AskService {
    /** Answers to one neighbour. */
    private static final double TELLS_PER_S = 2;

    private static final int TELL_BURST = 8;

    private final Core core;
    private final FrameSender frames;
    private final RoutingTable routes;
    private final HopSender hops;
    private final ControlBudget budget;
    private final Collection<Interface> links;
    private @Nullable TokenBuckets<Neighbor> told;

    AskService(
            Core core,
            FrameSender frames,
            RoutingTable routes,
            HopSender hops,
            ControlBudget budget,
            Collection<Interface> links) {
        this.core = core;
        this.frames = frames;
        this.routes = routes;
        this.hops = hops;
        this.budget = budget;
        this.links = links;
    }

    /** Asks the neighbours on all links. How long to wait for their answers, 0 if nobody could be asked. */
    long ask(RouteEntry entry) {
        Ask ask = questionAbout(entry);
        int bytes = FrameForm.BROADCAST_INTRODUCED.overheadBytes() + FrameCodec.encodedBytes(ask);
        long waitMs = 0;
        for (Interface link : links) {
            if (link.info.up() && budget.mayAsk(link) && budget.spend(link, bytes, false)) {
                core.count(RoutingCounter.ASKS_SENT);
                frames.broadcast(link, List.of(ask));
                DiscoveryParameters parameters = link.parameters.discovery();
                waitMs = Math.max(waitMs, parameters.hopTraversalMs() + parameters.floodJitterMs());
            }
        }
        return waitMs;
    }

    /** Asks one neighbour alone. */
    void ask(RouteEntry entry, Neighbor neighbor) {
        Ask ask = questionAbout(entry);
        int bytes = FrameForm.UNICAST.overheadBytes() + FrameCodec.encodedBytes(ask);
        if (budget.mayAsk(neighbor.link) && budget.spend(neighbor.link, bytes, false)) {
            core.count(RoutingCounter.ASKS_SENT);
            core.count(RoutingCounter.CONTROL_FRAMES_SENT);
            frames.unicast(neighbor, MeshRouter.NO_EXCHANGE, List.of(ask));
        }
    }

    private static Ask questionAbout(RouteEntry entry) {
        return new Ask(entry.destination(), entry.distanceOnWire());
    }

    /** Told iff this node's route is strictly better than the asker's distance, and does not lead over the asker. */
    void onAsk(Neighbor from, Ask ask) {
        Distance mine = distanceFor(from, ask);
        Distance limit = ask.limit();
        if (mine == null || limit != null && !mine.isBetterThan(limit)) {
            return;
        }
        told = TokenBuckets.of(told, TELLS_PER_S, TELL_BURST);
        if (from.isUsable() && told.take(core.now(), from) && budget.mayAsk(from.link)) {
            hops.sendControl(new Answer(ask), from);
        }
    }

    void onTell(Neighbor from, Tell tell) {
        Distance distance = tell.distance();
        if (distance.metric() <= FeasibilityDistance.MAX_METRIC
                && !routes.advert(
                        core.now(), tell.destination(), from, distance.seq(), distance.metric(), tell.hops())) {
            core.count(RoutingCounter.DROPPED_TABLE_FULL);
        }
    }

    /** What could be told; nothing is announced by looking. */
    private @Nullable Distance distanceFor(Neighbor asker, Ask ask) {
        if (ask.destination().equals(core.self)) {
            return new Distance(core.ownSeq(), 0);
        }
        RouteEntry route = core.isRelay() ? routes.get(ask.destination()) : null;
        NextHop next = route == null ? null : route.nextHop();
        Candidate current = route == null ? null : route.current();
        if (route == null || next == null || current == null || next.id().equals(asker.id()) || route.metric() < 0) {
            return null;
        }
        return new Distance(current.seq(), route.metric());
    }

    /** A TELL until its taker confirms it: it holds an advert, so it says what is true when it is sent (U3). */
    private final class Answer implements Confirmable {
        private final Ask ask;

        Answer(Ask ask) {
            this.ask = ask;
        }

        @Override
        public List<MeshMessage> stamp(Neighbor hop) {
            Distance limit = ask.limit();
            Distance mine = distanceFor(hop, ask);
            if (mine == null || limit != null && !mine.isBetterThan(limit)) {
                return List.of();
            }
            int hopsHere = 0;
            if (!ask.destination().equals(core.self)) {
                RoutingTable.Advert advert = routes.advertise(core.now(), ask.destination(), hop.parameters());
                if (advert == null) {
                    return List.of();
                }
                mine = new Distance(advert.seq(), advert.metric());
                hopsHere = Math.min(WireLimits.MAX_HOPS, advert.hops());
            }
            core.count(RoutingCounter.TELLS_SENT);
            return List.of(new Tell(ask.destination(), mine, hopsHere));
        }

        @Override
        public boolean isElsewhere(Neighbor hop) {
            return false;
        }

        @Override
        public void answered(Neighbor hop, HopResult result) {
            // It has what it asked for.
        }

        @Override
        public void unanswered(Neighbor hop) {
            // It asks again if it still needs to know.
        }
    }
}
