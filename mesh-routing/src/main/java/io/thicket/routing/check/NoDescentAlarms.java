package io.thicket.routing.check;

import io.thicket.routing.RoutingCounter;

/** I9: rule U8 refuses nothing while the code is right, so its alarm count stays 0. */
public final class NoDescentAlarms implements Invariant {
    @Override
    public String name() {
        return "I9 no descent alarms";
    }

    @Override
    public String check(NetworkState network, int touched) {
        RouterView view = network.node(touched).view();
        long alarms = view == null ? 0 : view.counter(RoutingCounter.DESCENT_ALARMS);
        return alarms == 0 ? "" : "node " + touched + " raised " + alarms + " descent alarms";
    }
}
