package io.thicket.sim.medium.wifi;

/** The layer above a station's MAC. */
public interface WifiListener {
    /** A frame for this station, or for everyone, arrived; a MAC retransmission of one that had arrived does not. */
    void onReceived(WifiFrame frame);

    /** The MAC gave a unicast frame up after {@link Phy#transmissions} transmissions. */
    void onGivenUp(WifiFrame frame);
}
