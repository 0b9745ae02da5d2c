package io.thicket.sim.lab;

import io.thicket.sim.medium.wifi.WifiMedium;

/** Hears what costs energy, while it happens; it must not change anything by itself. */
public interface LabMeter extends WifiMedium.AirUse {
    /** A node started, or lost its power. */
    void powered(long nowUs, int node, boolean up);

    /** The warm-up is over. */
    void warmedUp(long nowUs);
}
