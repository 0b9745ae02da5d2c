package io.thicket.sim.node;

/** The power of a node ended inside a write. It unwinds the node's code up to the simulation, which crashes the node. */
public final class PowerCut extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** A power cut during the write of {@code name}. */
    public PowerCut(String name) {
        super("power cut while writing " + name, null, false, false);
    }
}
