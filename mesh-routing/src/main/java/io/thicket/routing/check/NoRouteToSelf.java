package io.thicket.routing.check;

import io.thicket.routing.check.NetworkState.Change;

/** I6: nobody holds a route to itself (U10). */
public final class NoRouteToSelf implements Invariant {
    @Override
    public String name() {
        return "I6 no route to self";
    }

    @Override
    public String check(NetworkState network, int touched) {
        for (Change change : network.changes()) {
            if (change.after() != null && network.is(touched, change.destination())) {
                return "node " + touched + " holds a route to itself";
            }
        }
        return "";
    }
}
