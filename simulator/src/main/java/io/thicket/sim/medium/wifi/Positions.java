package io.thicket.sim.medium.wifi;

/** Where each node is at each time. Metres; the time is in us of the simulation. */
public interface Positions {
    int nodes();

    double x(int node, long atUs);

    double y(int node, long atUs);

    /** Whether nobody ever moves, so that who hears whom need be found out once only. */
    boolean isStatic();
}
