package io.thicket.routing.engine;

import io.thicket.routing.NodeId;
import io.thicket.routing.RoutingCounter;
import io.thicket.routing.Seq;
import io.thicket.routing.check.HeldRoute;
import io.thicket.routing.check.RouterView;
import java.util.ArrayList;
import java.util.List;

/** A router as the judge reads it from inside: cheaper than its public picture, and with the holds. */
final class EngineView implements RouterView {
    /** An entry keeps halves of times; the clocks of those that are judged begin with 0. */
    private static final long FIRST_HALF_MS = 0;

    private final Router router;

    EngineView(Router router) {
        this.router = router;
    }

    @Override
    public NodeId self() {
        return router.self();
    }

    @Override
    public Seq ownSeq() {
        return router.ownSeq();
    }

    @Override
    public int bootTag() {
        return router.bootTag();
    }

    @Override
    public List<HeldRoute> routes() {
        return routesOf(router.routes());
    }

    static List<HeldRoute> routesOf(RoutingTable table) {
        List<HeldRoute> all = new ArrayList<>(table.entries().size());
        for (RouteEntry entry : table.entries()) {
            NextHop hop = entry.nextHop();
            Candidate current = entry.current();
            FeasibilityDistance fd = entry.feasibility();
            all.add(new HeldRoute(
                    entry.destination(),
                    hop == null ? null : hop.id(),
                    hop == null ? 0 : hop.bootTag(),
                    hop != null && hop.isUsable(),
                    hop == null || current == null ? null : current.seq(),
                    entry.metric(),
                    fd == null ? null : fd.seq(),
                    fd == null ? 0 : fd.metric(),
                    entry.validUntilMs(FIRST_HALF_MS),
                    entry.holdUntilMs(FIRST_HALF_MS)));
        }
        return all;
    }

    @Override
    public int queued() {
        return router.queued();
    }

    @Override
    public int neighbors() {
        return router.neighborCount();
    }

    @Override
    public long counter(RoutingCounter counter) {
        return router.counter(counter);
    }
}
