package io.thicket.routing.engine;

import io.thicket.routing.LinkAddress;
import io.thicket.routing.NodeId;
import io.thicket.routing.RoutingSnapshot.NeighborState;
import io.thicket.routing.wire.WireLimits;

/**
 * Whom a session is with, over which link, and whether it is alive: what each frame of a neighbour asks for, so that it stands with the link's
 * quality in front of the rest of a {@link Neighbor}.
 */
abstract class SessionState extends LinkQuality {
    private static final NeighborState[] STATES = NeighborState.values();

    /** Twelve days, whatever a class of links makes of it: half of what a difference of halves of times can be. */
    static final long LONGEST_SILENCE_MS = 1 << 30;

    /** No place of a state: the session is over for good. */
    private static final byte ENDED = -1;

    final NodeId id;
    final int bootTag;
    final Interface link;
    LinkAddress address;

    /** The place of its state, or {@link #ENDED}: one byte where a reference and a flag take five. */
    private byte state;

    /** Of the time the lower 32 bits: a session ends before {@link #LONGEST_SILENCE_MS}. */
    private int lastHeardMs;

    /** Its HELLOs come at least as often as this; of 32 bits, as on the wire. */
    int announcedIntervalMs;

    SessionState(long nowMs, NodeId id, int bootTag, Interface link, LinkAddress address) {
        this.id = id;
        this.bootTag = bootTag;
        this.link = link;
        this.address = address;
        enter(NeighborState.HEARD);
        heardAt(nowMs);
        this.announcedIntervalMs = (int) Math.min(WireLimits.MAX_U32, link.parameters.helloMaxMs());
    }

    /** DOWN if the session is over for good. */
    final NeighborState state() {
        return hasEnded() ? NeighborState.DOWN : STATES[state];
    }

    @SuppressWarnings("EnumOrdinal") // An index of this class alone.
    final boolean isIn(NeighborState which) {
        return state == which.ordinal() || which == NeighborState.DOWN && hasEnded();
    }

    /** The session, which is not over for good, is in this state now. */
    @SuppressWarnings("EnumOrdinal")
    final void enter(NeighborState next) {
        state = (byte) next.ordinal();
    }

    final boolean hasEnded() {
        return state == ENDED;
    }

    /** The session is over for good. */
    final void end() {
        state = ENDED;
    }

    final long lastHeardMs(long nowMs) {
        return nowMs - silentMs(nowMs);
    }

    /** For how long it was not heard. */
    final int silentMs(long nowMs) {
        return (int) nowMs - lastHeardMs;
    }

    final void heardAt(long nowMs) {
        lastHeardMs = (int) nowMs;
    }

    /** Its HELLOs come at least as often as this. */
    final long announcedIntervalMs() {
        return Integer.toUnsignedLong(announcedIntervalMs);
    }
}
