package io.thicket.routing.check;

/** I8: no ACTIVE route leads over a node that has been dead for longer than its announced silence is borne and the route lives. */
public final class NoRouteOverTheDead implements Invariant {
    private final long deadAfterMs;

    /** {@code deadAfterMs}: T_dead, {@code RoutingParameters.deadRouteMs} and what the judge grants beyond. */
    public NoRouteOverTheDead(long deadAfterMs) {
        this.deadAfterMs = deadAfterMs;
    }

    @Override
    public String name() {
        return "I8 no route over the dead";
    }

    @Override
    public String check(NetworkState network, int touched) {
        for (HeldRoute route : network.node(touched).routes()) {
            long deadForMs = route.nextHop() == null ? -1 : network.nextHopDeadForMs(route);
            if (deadForMs > deadAfterMs && network.node(touched).view() != null) {
                return "node " + touched + " still goes to " + route.destination() + " over " + route.nextHop()
                        + ", dead for " + deadForMs + " ms";
            }
        }
        return "";
    }
}
