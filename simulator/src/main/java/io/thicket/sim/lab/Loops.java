package io.thicket.sim.lab;

import io.thicket.routing.NodeId;
import org.jspecify.annotations.Nullable;

/** Counts loops among the ways of all routers. It hears of each way that a router announces. */
interface Loops {
    /** The way of {@code node} leads over {@code hop} from now on, null if it leads nowhere. May be in the middle of a router's call. */
    void changed(int node, NodeId destination, @Nullable NodeId hop);

    /** The node is down: it forwards nothing. */
    void down(int node);

    /** The call of {@code node}'s router is over. */
    void called(int node);

    /** Whether {@link #look} is needed from time to time, since loops are not counted as they close. */
    boolean isSampled();

    /** Counts loops that were not there the last time. */
    void look();

    /** How many there were so far. */
    long count();
}
