package io.thicket.gateway.bridge;

import io.thicket.routing.NodeId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A reading between arrival and PUBACK, and the messages that wait for it. */
final class HeldReading {
    /** Most messages that wait for one reading; the oldest gives way, its origin asks again. */
    private static final int MAX_WAITERS = 8;

    final Key key;
    final NodeTrack node;
    /** Order of arrival over all nodes. */
    final long order;

    final Publication publication;
    /** When it was taken, ms since 1970: by the clock of its node or of this gateway. */
    private long takenWallMs;

    final boolean byItsNode;
    /** Whether it was handed to a connection that is gone, so that subscribers may already have it. */
    boolean sentBefore;
    /** Whether it was handed to the present connection. */
    boolean inFlight;
    /** Until when it may be published by the claim that it won. */
    long wonUntilMs = Long.MIN_VALUE;
    /** Whether nobody can know if subscribers have it. */
    boolean doubtful;

    private final List<WaitingMessage> waiters = new ArrayList<>(1);

    HeldReading(Key key, NodeTrack node, long order, long takenWallMs, boolean byItsNode, Publication publication) {
        this.key = key;
        this.node = node;
        this.order = order;
        this.takenWallMs = takenWallMs;
        this.byItsNode = byItsNode;
        this.publication = publication;
    }

    long takenWallMs() {
        return takenWallMs;
    }

    /** This gateway's clock was set. */
    void clockWasSet(long forwardMs) {
        takenWallMs += byItsNode ? 0 : forwardMs;
    }

    /** Returns the message that gave way and will never be complete, null if none did. */
    @Nullable
    WaitingMessage attach(WaitingMessage message) {
        WaitingMessage superseded = waiters.size() == MAX_WAITERS ? waiters.remove(0) : null;
        waiters.add(message);
        return superseded;
    }

    List<WaitingMessage> waiters() {
        return waiters;
    }

    /** The identity of a reading in this bridge: the node's number, not its name, which may change. Asked for in several maps. */
    static final class Key implements Comparable<Key> {
        private final NodeId node;
        private final long epoch;
        private final long seq;
        private final int hash;

        Key(NodeId node, long epoch, long seq) {
            this.node = node;
            this.epoch = epoch;
            this.seq = seq;
            this.hash = 31 * (31 * node.hashCode() + Long.hashCode(epoch)) + Long.hashCode(seq);
        }

        NodeId node() {
            return node;
        }

        long epoch() {
            return epoch;
        }

        long seq() {
            return seq;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key key && seq == key.seq && epoch == key.epoch && node.value() == key.node.value();
        }

        @Override
        public int hashCode() {
            return hash;
        }

        /** In an order, so that a hash map finds one fast among those with its hash: whoever writes to the broker can choose many of one. */
        @Override
        public int compareTo(Key other) {
            int byNode = node.compareTo(other.node);
            int byEpoch = byNode != 0 ? byNode : Long.compare(epoch, other.epoch);
            return byEpoch != 0 ? byEpoch : Long.compare(seq, other.seq);
        }

        @Override
        public String toString() {
            return node + "/" + epoch + "/" + seq;
        }
    }
}
