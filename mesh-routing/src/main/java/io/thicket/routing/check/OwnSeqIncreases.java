package io.thicket.routing.check;

import io.thicket.routing.Seq;
import io.thicket.routing.check.NetworkState.Node;

/** I5: a node's own Seq never goes back, and each boot has a newer epoch than the one before. */
public final class OwnSeqIncreases implements Invariant {
    @Override
    public String name() {
        return "I5 own Seq increases";
    }

    @Override
    public String check(NetworkState network, int touched) {
        Node node = network.node(touched);
        Seq before = node.ownSeqBefore();
        Seq now = node.ownSeq();
        if (before == null || now == null) {
            return "";
        }
        if (before.isNewerThan(now)) {
            return "own number of node " + touched + " went back from " + before + " to " + now;
        }
        return node.rebooted() && now.epoch() <= before.epoch()
                ? "node " + touched + " rebooted within epoch " + before.epoch()
                : "";
    }
}
