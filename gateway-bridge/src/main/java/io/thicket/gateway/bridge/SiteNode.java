package io.thicket.gateway.bridge;

import io.thicket.routing.NodeId;
import io.thicket.routing.table.ClockTable;
import org.jspecify.annotations.Nullable;

/**
 * A node of the site, whichever gateway it has: the page of its readings as this gateway knows it, how much of that the broker retains, and whose
 * its readings are. One object with all of it: each message that is heard names another of thousands.
 */
final class SiteNode extends LedgerPage implements ClockTable.Entry {
    static final long NEVER = Long.MAX_VALUE;

    /** Who publishes the node's readings; known only from what was heard on this connection. */
    enum Owner {
        UNKNOWN,
        OTHERS,
        MINE
    }

    /** What is tracked of it if this gateway's mesh knows it; set by {@link SiteNodes#track}. */
    @Nullable
    NodeTrack track;

    // Of the ledger

    /** Whether there is a page; a node may be known by a claim alone. */
    boolean hasPage;

    /** The name that the page has. */
    String label = "";

    /** Whether the broker retained it when the present connection was made. */
    boolean vouched;

    /** Whether the broker's copy is known to be complete. */
    boolean written;

    /** Whether the broker's copy lacks a reading that this gateway published. */
    boolean own;

    /** Whether this gateway published the reading that was added last. */
    boolean mine;

    /** Whether it is in the ledger's list of pages to write. */
    boolean listed;

    /** Whether a reading came since this gateway began, through whichever gateway. */
    boolean heardOf;

    /** When the broker's copy is to be written anew. */
    long dueMs = NEVER;

    // Of the claims

    Owner owner = Owner.UNKNOWN;

    /** Since when it is {@link Owner#MINE}. */
    long mineSinceMs;

    // Of what is unwritten

    /** Readings of it that were heard and not answered yet. */
    int unanswered;

    // Of all nodes

    /** The NodeId as a number: a search looks at no other object. */
    private final long key;

    /** Grows with each use: the order of {@link SiteNodes#forEach}. */
    long usedAt;

    /** Since it was last passed over when another one gave way. */
    boolean used;

    SiteNode(NodeId node) {
        super(node);
        key = node.value();
    }

    /** What another gateway brings can be learned again; a page of one's own that began anew would replace all that the broker has of the node. */
    boolean isNeeded() {
        return track != null || isOwn() || unanswered > 0;
    }

    /** Whether this gateway published its last reading, or may publish the next one without a claim. */
    boolean isOwn() {
        return mine || owner == Owner.MINE;
    }

    @Override
    public long key() {
        return key;
    }

    @Override
    public boolean clearUsed() {
        boolean was = used;
        used = false;
        return was;
    }
}
