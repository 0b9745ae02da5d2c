package io.thicket.gateway.bridge;

import io.thicket.routing.NodeId;
import io.thicket.routing.table.ClockTable;
import org.jspecify.annotations.Nullable;

/**
 * A node of the site, whichever gateway it has: the page of its readings as this gateway knows it, how much of that the broker retains, and whose
 * its readings are. One small object with all of it, 56 bytes on a JVM with compressed references: each message that is heard names another of thousands.
 */
final class SiteNode extends LedgerPage implements ClockTable.Entry {
    static final long NEVER = Long.MAX_VALUE;

    /** Who publishes the node's readings; known only from what was heard on this connection. */
    enum Owner {
        UNKNOWN,
        OTHERS,
        MINE
    }

    // What is so of it or not, a bit each

    /** There is a page; a node may be known by a claim alone. */
    static final int HAS_PAGE = 1;

    /** The broker retained it when the present connection was made. */
    static final int VOUCHED = 1 << 1;

    /** The broker's copy is known to be complete. */
    static final int WRITTEN = 1 << 2;

    /** The broker's copy lacks a reading that this gateway published. */
    static final int OWN = 1 << 3;

    /** This gateway published the reading that was added last. */
    static final int MINE = 1 << 4;

    /** It is in the ledger's list of others' pages to write. */
    static final int LISTED = 1 << 5;

    /** A reading came since this gateway began, through whichever gateway. */
    static final int HEARD_OF = 1 << 6;

    /** Its page is due this gateway's turn later than {@link #dueMs(long)} says: the turn is computed when it may have come, which is rare. */
    static final int TURN_OPEN = 1 << 7;

    /** It is in the ledger's list of its own pages to write. */
    static final int LISTED_OWN = 1 << 8;

    private static final int OWNER_KNOWN = 1 << 9;
    private static final int OWNED_HERE = 1 << 10;

    /** Its page is due some time. */
    private static final int DUE = 1 << 11;

    private short bits;

    /** Readings of it that were heard and not answered yet, at most {@link Unwritten#MAX_OPEN}. */
    short unanswered;

    /** What is tracked of it if this gateway's mesh knows it; set by {@link SiteNodes#track}. */
    @Nullable
    NodeTrack track;

    /** The name that the page has. */
    String label = "";

    /** When the broker's copy is to be written anew if it is {@link #DUE}, the lower half of the time. */
    private int dueMs;

    SiteNode(NodeId node) {
        super(node);
    }

    boolean is(int what) {
        return (bits & what) != 0;
    }

    void set(int what, boolean so) {
        bits = (short) (so ? bits | what : bits & ~what);
    }

    /** It is so from now on, if {@code so}. */
    void add(int what, boolean so) {
        set(what, so || is(what));
    }

    /** When the broker's copy is to be written anew, at most 24 days before or after {@code nowMs}; {@link #NEVER} if it need not be. */
    long dueMs(long nowMs) {
        return is(DUE) ? nowMs + (dueMs - (int) nowMs) : NEVER;
    }

    void setDue(long atMs) {
        dueMs = (int) atMs;
        set(DUE, true);
    }

    /** It need not be written. */
    void clearDue() {
        set(DUE | TURN_OPEN, false);
    }

    Owner owner() {
        return !is(OWNER_KNOWN) ? Owner.UNKNOWN : is(OWNED_HERE) ? Owner.MINE : Owner.OTHERS;
    }

    void setOwner(Owner owner) {
        set(OWNER_KNOWN, owner != Owner.UNKNOWN);
        set(OWNED_HERE, owner == Owner.MINE);
    }

    /** What another gateway brings can be learned again; a page of one's own that began anew would replace all that the broker has of the node. */
    boolean isNeeded() {
        return track != null || isOwn() || unanswered > 0;
    }

    /** Whether this gateway published its last reading, or may publish the next one without a claim. */
    boolean isOwn() {
        return is(MINE) || is(OWNED_HERE);
    }
}
