package io.thicket.routing.check;

import io.thicket.routing.Seq;
import io.thicket.routing.check.NetworkState.Change;

/** I3: within a boot a feasibility distance only improves, and it is not forgotten before its hold is over (U5, U6). */
public final class DistanceNeverWorsens implements Invariant {
    @Override
    public String name() {
        return "I3 distance never worsens";
    }

    @Override
    public String check(NetworkState network, int touched) {
        for (Change change : network.changes()) {
            HeldRoute before = change.before();
            Seq was = before == null ? null : before.feasibleSeq();
            if (before == null || was == null) {
                continue;
            }
            HeldRoute after = change.after();
            Seq is = after == null ? null : after.feasibleSeq();
            if (after == null || is == null) {
                boolean mayForget = after == null && before.heldUntilMs() < network.nowMs();
                if (!mayForget && before.heldUntilMs() != HeldRoute.UNKNOWN_HOLD) {
                    return "node " + touched + " forgot " + before.distance() + " of " + change.destination() + " "
                            + (before.heldUntilMs() - network.nowMs()) + " ms too early";
                }
            } else if (HeldRoute.isBetter(was, before.feasibleMetric(), is, after.feasibleMetric())) {
                return "node " + touched + " went from " + before.distance() + " to " + after.distance() + " for "
                        + change.destination();
            }
        }
        return "";
    }
}
