package io.thicket.sim.check;

/** Something that must hold after every event. */
public interface Invariant {
    /** For the failure's message. */
    String name();

    /**
     * Looks at the network after an event that touched {@code touched} only. Returns an empty text if all is well, else
     * what is wrong, in one line.
     */
    String check(NetworkView network, int touched);
}
