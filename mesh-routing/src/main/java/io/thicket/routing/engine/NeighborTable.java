package io.thicket.routing.engine;

import io.thicket.routing.LinkAddress;
import io.thicket.routing.LinkId;
import io.thicket.routing.MeshRouter;
import io.thicket.routing.NodeId;
import io.thicket.routing.RoutingSnapshot.NeighborState;
import io.thicket.routing.engine.RuleSwitches.Rule;
import io.thicket.routing.security.OpenResult;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The sessions with neighbours and their states (2.3). One per node and link; a new boot replaces the old one (U7). */
final class NeighborTable {
    /** Sessions at most; a session that is down makes room. */
    static final int MAX_NEIGHBORS = 512;

    /** A session that was down for so long is forgotten. */
    private static final long FORGOTTEN_MS = 600_000;

    /** Heard lists in a row that must miss this node before the link counts as one-way. */
    private static final int MISSING_LIMIT = 2;

    /** What follows from a change of state. */
    interface Listener {
        void linkUsable(Neighbor neighbor);

        void linkUnusable(Neighbor neighbor);

        void linkDown(Neighbor neighbor);

        /** The session is over for good. */
        void sessionEnded(Neighbor neighbor, boolean rebooted);

        void sessionBegan(Neighbor neighbor);

        /** Somebody should find out whether the neighbour can be reached. */
        void shouldProbe(Neighbor neighbor);
    }

    private final Core core;
    private final Listener listener;
    private final SortedNeighbors neighbors = new SortedNeighbors();

    /** Before this a sweep has nothing to do. Too early is harmless, too late is not: whatever changes a session says so. */
    private long sweepAtMs = Long.MIN_VALUE;

    NeighborTable(Core core, Listener listener) {
        this.core = core;
        this.listener = listener;
    }

    /** In order of NodeId, then link. */
    Collection<Neighbor> all() {
        return neighbors;
    }

    @Nullable
    Neighbor find(NodeId id, LinkId link) {
        return neighbors.find(id, link.value());
    }

    /** The session behind a frame that the guard opened as live. Null only if the table is full of live neighbours. */
    @Nullable
    Neighbor heard(OpenResult opened, Interface link, LinkAddress from) {
        Neighbor peer = opened.peer() instanceof Neighbor its && its.link == link && !its.hasEnded() ? its : null;
        Neighbor known = peer != null ? peer : neighbors.find(opened.sender(), link.number);
        Neighbor heard = heard(known, opened.sender(), opened.senderBootTag(), link, from);
        if (heard != null && heard != peer) {
            opened.setPeer(heard);
        }
        return heard;
    }

    /** The same of any boot; {@code present} is the session with the node on {@code link}, null if there is none. */
    @Nullable
    Neighbor heard(@Nullable Neighbor present, NodeId id, int bootTag, Interface link, LinkAddress from) {
        Neighbor known = present;
        boolean wasHere = known != null
                && known.silentMs(core.now()) <= known.parameters().silenceMs(known.announcedIntervalMs());
        if (known != null && known.bootTag() != bootTag) {
            if (core.rules.isOn(Rule.U7_INCARNATION)) {
                endAll(id, bootTag);
                known = null;
            }
        }
        if (known == null) {
            if (neighbors.size() >= MAX_NEIGHBORS && !makeRoom()) {
                return null;
            }
            endAll(id, bootTag);
            known = new Neighbor(core.now(), id, bootTag, link, from);
            neighbors.insert(known);
            sweepAtMs = Long.MIN_VALUE;
            listener.sessionBegan(known);
        }
        if (!wasHere) {
            known.arriving = true; // who only rebooted did not move
            known.forgetFailures(); // what failed in another encounter says nothing about this one
        }
        known.heardAt(core.now());
        known.address = from;
        if (known.isIn(NeighborState.DOWN)) {
            known.enter(NeighborState.HEARD);
            known.needsProof = true;
            sweepAtMs = Long.MIN_VALUE;
            probeAgain(known);
        }
        return known;
    }

    /** Something proved the link both ways: an answered challenge, probe or hop message. */
    void proved(Neighbor neighbor) {
        if (neighbor.isSuspectedOfSize()) {
            return; // that it answers small ones is known
        }
        neighbor.missingInHeardLists = 0;
        neighbor.needsProof = false;
        neighbor.forgetFailedProbes();
        if (neighbor.arriving) {
            neighbor.arriving = false;
            neighbor.link.arrived(core.now(), neighbor.id(), neighbor.address);
        }
        if (!neighbor.isIn(NeighborState.TWO_WAY) && !neighbor.hasEnded()) {
            neighbor.enter(NeighborState.TWO_WAY);
            sweepAtMs = Long.MIN_VALUE;
            listener.linkUsable(neighbor);
        }
    }

    /** The neighbour's HELLO names this node's boot. */
    void named(Neighbor neighbor) {
        neighbor.missingInHeardLists = 0;
        if (neighbor.isIn(NeighborState.TWO_WAY)) {
            if (neighbor.isSizeTestDue(core.now())) {
                listener.shouldProbe(neighbor);
            }
            return;
        }
        if (neighbor.needsProof || neighbor.isIn(NeighborState.SUSPECT)) {
            probeAgain(neighbor); // hello may pass where data does not
        } else {
            proved(neighbor);
        }
    }

    /** The neighbour's HELLO has a complete heard list without this node. */
    void notNamed(Neighbor neighbor) {
        neighbor.missingInHeardLists = (byte) Math.min(MISSING_LIMIT, neighbor.missingInHeardLists + 1);
        if (neighbor.missingInHeardLists == MISSING_LIMIT && neighbor.isIn(NeighborState.TWO_WAY)) {
            neighbor.enter(NeighborState.HEARD);
            neighbor.needsProof = true;
            sweepAtMs = Long.MIN_VALUE;
            listener.linkUnusable(neighbor);
            listener.shouldProbe(neighbor);
        }
    }

    /** Asks whether a neighbour hears this node, unless that was asked lately, and ever more rarely if several times in vain. */
    void probeAgain(Neighbor neighbor) {
        if (neighbor.isProbeDue(core.now())) {
            listener.shouldProbe(neighbor);
        }
    }

    /**
     * 2.7, break detection: a hop message or, if {@code probed}, a probe got no answer; {@code dead} if nothing speaks for the
     * link. A probe is not followed by another.
     */
    void failed(Neighbor neighbor, boolean dead, boolean probed) {
        switch (neighbor.state()) {
            case TWO_WAY -> {
                if (probed) {
                    down(neighbor);
                    return;
                }
                neighbor.enter(NeighborState.SUSPECT);
                sweepAtMs = Long.MIN_VALUE;
                listener.linkUnusable(neighbor);
                listener.shouldProbe(neighbor);
            }
            case SUSPECT -> {
                if (dead) {
                    down(neighbor);
                }
            }
            case HEARD, DOWN, BLACKLISTED -> {
                // It carries nothing; the next frame heard from it leads to another probe.
            }
        }
    }

    void down(Neighbor neighbor) {
        if (neighbor.isIn(NeighborState.DOWN)) {
            return;
        }
        boolean carried = neighbor.isIn(NeighborState.TWO_WAY);
        neighbor.enter(NeighborState.DOWN);
        neighbor.needsProof = true;
        sweepAtMs = Long.MIN_VALUE;
        if (carried) {
            listener.linkUnusable(neighbor);
        }
        listener.linkDown(neighbor);
    }

    /** Before this a {@link #sweep} has nothing to do. */
    long sweepAtMs() {
        return sweepAtMs;
    }

    /**
     * Silence of 3.5 intervals ends a link (2.6); a probe is sent a little before. One that failed is probed if it was heard since it
     * was last asked.
     */
    void sweep() {
        if (core.now() < sweepAtMs) {
            return;
        }
        sweepAtMs = MeshRouter.NEVER;
        List<Neighbor> forgotten = new ArrayList<>(0);
        for (Neighbor neighbor : neighbors) {
            long silentMs = neighbor.silentMs(core.now());
            long limitMs = limitMs(neighbor);
            if (silentMs > Math.max(FORGOTTEN_MS, 2 * limitMs)) {
                forgotten.add(neighbor);
            } else if (silentMs > limitMs) {
                down(neighbor);
            } else if (neighbor.isIn(NeighborState.TWO_WAY)) {
                // One that moves is gone: each probe after it would block the MAC's queue for a tenth of a second.
                if (silentMs > limitMs * 5 / 7 && !neighbor.isRestless(core.now())) {
                    listener.shouldProbe(neighbor);
                }
            } else if (neighbor.isHeardSinceProbe(core.now()) || neighbor.isSuspectedOfSize()) {
                probeAgain(neighbor); // waiting for its next HELLO may take a minute
            }
            sweepAtMs = Math.min(sweepAtMs, dueAtMs(neighbor));
        }
        for (Neighbor neighbor : forgotten) {
            end(neighbor, false);
        }
    }

    /** The neighbour promised another HELLO interval than before: its silence may end the link sooner. */
    void announced(Neighbor neighbor) {
        sweepAtMs = Math.min(sweepAtMs, dueAtMs(neighbor));
    }

    /** When a sweep does something about this neighbour at the earliest, as it is now. */
    private long dueAtMs(Neighbor neighbor) {
        long limitMs = limitMs(neighbor);
        return switch (neighbor.state()) {
            case TWO_WAY -> neighbor.lastHeardMs(core.now()) + limitMs * 5 / 7;
            case DOWN -> neighbor.silentMs(core.now()) > limitMs ? forgottenAtMs(neighbor, limitMs) : Long.MIN_VALUE;
            case HEARD, SUSPECT, BLACKLISTED -> Long.MIN_VALUE; // it is probed whenever it may be
        };
    }

    /** A silence that ends the link; after twice that the session is forgotten. */
    private static long limitMs(Neighbor neighbor) {
        long usualMs = neighbor.parameters().silenceMs(neighbor.announcedIntervalMs());
        return Math.min(usualMs, SessionState.LONGEST_SILENCE_MS / 2);
    }

    private long forgottenAtMs(Neighbor neighbor, long limitMs) {
        return neighbor.lastHeardMs(core.now()) + Math.max(FORGOTTEN_MS, 2 * limitMs);
    }

    /** After a stall nobody is blamed for the silence. */
    void excuseSilence() {
        sweepAtMs = Long.MIN_VALUE;
        for (Neighbor neighbor : neighbors) {
            neighbor.heardAt(core.now());
        }
    }

    void linkDown(Interface link) {
        for (Neighbor neighbor : List.copyOf(neighbors)) {
            if (neighbor.link == link) {
                down(neighbor);
            }
        }
    }

    /** The link is another one from now on (its class changed): sessions over it have the wrong timers. */
    void linkGone(Interface link) {
        for (Neighbor neighbor : List.copyOf(neighbors)) {
            if (neighbor.link == link) {
                end(neighbor, false);
            }
        }
    }

    /** 2.1: every session with {@code id} is over, whichever boot it is with. */
    void endSessions(NodeId id) {
        for (Neighbor neighbor : List.copyOf(sessionsOf(id))) {
            end(neighbor, true);
        }
    }

    private void endAll(NodeId id, int exceptBootTag) {
        for (Neighbor neighbor : List.copyOf(sessionsOf(id))) {
            if (neighbor.bootTag() != exceptBootTag) {
                end(neighbor, true);
            }
        }
    }

    /** Whether a session with this boot exists on any link. */
    boolean knows(NodeId id, int bootTag) {
        for (Neighbor neighbor : sessionsOf(id)) {
            if (neighbor.bootTag() == bootTag) {
                return true;
            }
        }
        return false;
    }

    private Collection<Neighbor> sessionsOf(NodeId id) {
        return neighbors.of(id);
    }

    private boolean makeRoom() {
        for (Neighbor neighbor : neighbors) {
            if (neighbor.isIn(NeighborState.DOWN)) {
                end(neighbor, false);
                return true;
            }
        }
        return false;
    }

    private void end(Neighbor neighbor, boolean rebooted) {
        neighbor.end();
        neighbors.remove(neighbor.id(), neighbor.link.number);
        listener.sessionEnded(neighbor, rebooted);
    }
}
