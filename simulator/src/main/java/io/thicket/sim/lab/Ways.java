package io.thicket.sim.lab;

import java.util.List;

/** What the scenario itself allows, whatever the protocol: the physical limit of a run. */
interface Ways {
    /** Hops from {@code from} to the nearest of {@code targets} at that time, {@link Ledger#NONE} without a way. */
    int hops(int from, List<Integer> targets, long atUs);

    /** Whether there is a way at some instant from {@code atUs} on that is still in time for a packet made then. */
    boolean inTime(int from, List<Integer> targets, long atUs);
}
