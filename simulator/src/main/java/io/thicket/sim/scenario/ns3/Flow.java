package io.thicket.sim.scenario.ns3;

/**
 * Packets at a constant rate: packet k leaves at {@code startS + k * intervalS}, before {@code stopS}.
 *
 * @param destination a node, or {@link #ANY_GATEWAY}
 */
public record Flow(int source, int destination, double startS, double stopS, double intervalS, int payloadBytes) {
    /** The destination of readings. */
    public static final int ANY_GATEWAY = -1;

    /** How many packets leave. */
    public int packets() {
        return stopS <= startS ? 0 : (int) StrictMath.ceil((stopS - startS) / intervalS);
    }

    /** The same flow, ended at {@code atS} at the latest. */
    public Flow stoppedAt(double atS) {
        return new Flow(source, destination, startS, Math.min(stopS, atS), intervalS, payloadBytes);
    }
}
