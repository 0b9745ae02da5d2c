package io.thicket.routing.check;

import io.thicket.routing.RoutingCounter;

/** I17, liveness: without changes and traffic the network comes to rest; from then on a node sends hardly anything. */
public final class Quiescence {
    private final NetworkState network;
    private final double framesPerNodeAndMinute;
    private final long[] framesBefore;
    private final long fromMs;

    /** Begins to count now: the network should have come to rest. */
    public Quiescence(NetworkState network, long nowMs, double framesPerNodeAndMinute) {
        this.network = network;
        this.framesPerNodeAndMinute = framesPerNodeAndMinute;
        this.fromMs = nowMs;
        this.framesBefore = new long[network.size()];
        for (int node = 0; node < network.size(); node++) {
            framesBefore[node] = frames(node);
        }
    }

    /** An empty text if no node sent more frames since the beginning than it may at rest. */
    public String check(long nowMs) {
        for (int node = 0; node < network.size(); node++) {
            long sent = frames(node) - framesBefore[node];
            if (sent > framesPerNodeAndMinute * (nowMs - fromMs) / 60_000) {
                return "I17 quiescence: node " + node + " sent " + sent + " frames in " + (nowMs - fromMs)
                        + " ms of rest";
            }
        }
        return "";
    }

    private long frames(int node) {
        RouterView view = network.node(node).view();
        return view == null ? 0 : view.counter(RoutingCounter.FRAMES_SENT);
    }
}
