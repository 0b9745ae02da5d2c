package io.thicket.routing.check;

import io.thicket.routing.check.NetworkState.Change;

/** I7: no ACTIVE route over a link that is not TWO_WAY, or over a session that ended. */
public final class OnlyUsableLinks implements Invariant {
    @Override
    public String name() {
        return "I7 only usable links";
    }

    @Override
    public String check(NetworkState network, int touched) {
        for (Change change : network.changes()) {
            HeldRoute after = change.after();
            if (after != null && after.nextHop() != null && !after.usable()) {
                return "node " + touched + " goes to " + change.destination() + " over " + after.nextHop()
                        + ", to which it has no usable link";
            }
        }
        return "";
    }
}
