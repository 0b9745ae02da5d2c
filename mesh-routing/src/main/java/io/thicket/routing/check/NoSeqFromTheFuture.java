package io.thicket.routing.check;

import io.thicket.routing.Seq;
import io.thicket.routing.check.NetworkState.Change;

/** I4: nobody holds a Seq of a destination that is newer than the destination's own. */
public final class NoSeqFromTheFuture implements Invariant {
    @Override
    public String name() {
        return "I4 no Seq from the future";
    }

    @Override
    public String check(NetworkState network, int touched) {
        for (Change change : network.changes()) {
            HeldRoute after = change.after();
            int owner = after == null ? -1 : network.numberOf(change.destination());
            Seq own = owner < 0 ? null : network.node(owner).ownSeq();
            if (after != null && own != null && (isNewer(after.seq(), own) || isNewer(after.feasibleSeq(), own))) {
                return "node " + touched + " holds " + after.seq() + " and " + after.distance() + " of node " + owner
                        + ", whose own number is " + own;
            }
        }
        return "";
    }

    private static boolean isNewer(@org.jspecify.annotations.Nullable Seq seq, Seq own) {
        return seq != null && seq.isNewerThan(own);
    }
}
