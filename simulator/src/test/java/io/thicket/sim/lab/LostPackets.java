package io.thicket.sim.lab;

/** Falsifies the books of a run, where no run does what a test needs. */
public final class LostPackets {
    private LostPackets() {}

    /** What the node made and nobody got counts as settled. */
    public static void settle(Lab lab, int node) {
        for (Ledger.Packet packet : lab.ledger().packets()) {
            if (packet.source() == node && !packet.isDelivered()) {
                packet.settle();
            }
        }
    }
}
