package io.thicket.sim.lab;

import io.thicket.routing.DropReason;
import io.thicket.routing.MeshRouter;
import io.thicket.routing.SettleStatus;

/** Where packets begin: what a node's application does with them. Times are the node's own ms. */
interface LabOrigin {
    /** The name of a node. */
    static String nameOf(int node) {
        return "n" + node;
    }

    /** The node of a name, -1 for another's. */
    static int nodeOf(String name) {
        return name.length() > 1 && name.charAt(0) == 'n' ? Integer.parseInt(name, 1, name.length(), 10) : -1;
    }

    /** A new packet. Its seq is the next one of this source, from 1. */
    void offer(long nowMs, int destination, long seq, int payloadBytes);

    default void onSettled(long nowMs, long number, SettleStatus status) {}

    default void onDropped(long nowMs, long number, DropReason reason) {}

    /** A route came up. */
    default void onReady(long nowMs) {}

    default void onDeadline(long nowMs) {}

    default long nextDeadlineMs() {
        return MeshRouter.NEVER;
    }

    /** Packets sent anew from end to end. */
    default long repeats() {
        return 0;
    }

    /** Packets given up, and said so. */
    default long givenUp() {
        return 0;
    }
}
