package io.thicket.sim.medium.wifi;

/**
 * A frame handed to the MAC.
 *
 * @param from the station that sends it
 * @param to the station that it is for, or {@link #EVERYONE}
 * @param bytes its length on the air, MAC header and FCS included
 * @param payload whatever its user wants back
 */
public record WifiFrame(int from, int to, int bytes, Object payload) {
    /** The broadcast address. */
    public static final int EVERYONE = -1;

    public boolean isBroadcast() {
        return to == EVERYONE;
    }
}
