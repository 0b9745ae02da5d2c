package io.thicket.sim.lab;

import io.thicket.routing.DropReason;
import io.thicket.routing.MeshRouter;
import io.thicket.sim.kernel.VirtualTimers;

/** The packets of a whole node to other nodes: a plain origin that is wound by the node's own timers. */
final class PeerPackets {
    private final VirtualTimers timers;
    private final PlainOrigin origin;
    private long dueMs = MeshRouter.NEVER;

    PeerPackets(VirtualTimers timers, PlainOrigin origin) {
        this.timers = timers;
        this.origin = origin;
    }

    void offer(int destination, long seq, int payloadBytes) {
        origin.offer(timers.nowMs(), destination, seq, payloadBytes);
        wind();
    }

    /** The router gave a message back; not told in the middle of its call. */
    void dropped(long number, DropReason reason) {
        origin.onDropped(timers.nowMs(), number, reason);
        wind();
    }

    /** Whether {@link #ready} would do anything. */
    boolean isWaiting() {
        return origin.isWaiting();
    }

    /** A route came up; not told in the middle of the router's call. */
    void ready() {
        origin.onReady(timers.nowMs());
        wind();
    }

    long repeats() {
        return origin.repeats();
    }

    long givenUp() {
        return origin.givenUp();
    }

    private void wind() {
        long nextMs = origin.nextDeadlineMs();
        if (nextMs != MeshRouter.NEVER && nextMs != dueMs) {
            dueMs = nextMs;
            timers.at(nextMs, () -> {
                dueMs = MeshRouter.NEVER;
                origin.onDeadline(timers.nowMs());
                wind();
            });
        }
    }
}
