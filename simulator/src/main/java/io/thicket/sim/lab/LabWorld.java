package io.thicket.sim.lab;

import io.thicket.sim.medium.wifi.Propagation;

/**
 * Who can hear whom as a run goes on: what its scenario says beyond places and a radio. All of it is known before the run, so
 * that the physical limit can be told apart from what a protocol lost.
 */
public interface LabWorld {
    /** What the medium asks during the run. It must agree with {@link #connects}. */
    Propagation propagation();

    /** Whether two nodes that are up can read each other's frames at that time, both ways, interference aside. */
    boolean connects(int one, int other, long atUs);

    /** Whether the node runs at that time. */
    boolean isUp(int node, long atUs);

    /** When {@link #connects} or {@link #isUp} changes by other causes than movement, ascending. */
    long[] changesUs();

    /** Whether every call of a judged protocol's routers is judged, which is dear in large networks. */
    boolean isJudged();

    /** Until when a way is in time. */
    long horizonUs();
}
