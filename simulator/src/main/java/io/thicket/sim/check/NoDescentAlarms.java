package io.thicket.sim.check;

import io.thicket.routing.RoutingCounter;

/** routing.md 4.1, I9: rule U8 refuses nothing while the code is right, so its alarm count stays 0. */
public final class NoDescentAlarms implements Invariant {
    @Override
    public String name() {
        return "no descent alarms";
    }

    @Override
    public String check(NetworkView network, int touched) {
        long alarms = network.routing(touched)
                .map(state -> state.counters().getOrDefault(RoutingCounter.DESCENT_ALARMS, 0L))
                .orElse(0L);
        return alarms == 0 ? "" : "node " + touched + " raised " + alarms + " descent alarms";
    }
}
