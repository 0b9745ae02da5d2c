package io.thicket.agent.node;

import io.thicket.routing.Identity;
import io.thicket.routing.NodeId;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What {@link NodeDirectory} holds of each node, in the order in which they became known: a row in a few arrays, because everybody knows many
 * nodes. A row's number is good until a row is removed.
 */
final class NodeRows {
    /** Stands for no row. */
    static final int NONE = -1;

    private static final long[] NO_FACTS = {};
    private static final char[] NO_PLACES = {};
    private static final @Nullable Identity[] NO_IDENTITIES = {};

    /** What is below the time at which a node was seen: see {@link #facts}. */
    private static final int SEEN_SHIFT = 18;

    private static final long VERIFIED = 1L << 16;
    private static final long SELF = 1L << 17;
    private static final long HOPS = 0xffff;

    /** The first 16 bits of the NodeIds, in the order of these: by themselves, because they are searched at each message. Few nodes have the same. */
    private char[] heads = NO_PLACES;

    /** The row of each of {@link #heads}. */
    private char[] rows = NO_PLACES;

    private @Nullable Identity[] identities = NO_IDENTITIES;

    /** When it was seen, in ms, {@link #SELF} and {@link #VERIFIED}, and one more than the hops to it. */
    private long[] facts = NO_FACTS;

    private int size;

    int size() {
        return size;
    }

    /** The row of that node, {@link #NONE} if there is none. */
    int find(NodeId id) {
        int place = placeOf(id);
        return place < size
                        && heads[place] == head(id)
                        && identity(rows[place]).id().equals(id)
                ? rows[place]
                : NONE;
    }

    /** Where it is among {@link #heads}, or belongs. */
    private int placeOf(NodeId id) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (isBelow(middle, id)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private boolean isBelow(int place, NodeId id) {
        char its = heads[place];
        return its != head(id)
                ? its < head(id)
                : Long.compareUnsigned(identity(rows[place]).id().value(), id.value()) < 0;
    }

    private static char head(NodeId id) {
        return (char) (id.value() >>> Long.SIZE - Character.SIZE);
    }

    /** Adds a node that is not there, to fewer than 65 536. */
    void add(Identity identity, long nowMs) {
        if (size == heads.length) {
            int capacity = size + size / 16 + 1;
            heads = Arrays.copyOf(heads, capacity);
            rows = Arrays.copyOf(rows, capacity);
            identities = Arrays.copyOf(identities, capacity);
            facts = Arrays.copyOf(facts, capacity);
        }
        int place = placeOf(identity.id());
        System.arraycopy(heads, place, heads, place + 1, size - place);
        System.arraycopy(rows, place, rows, place + 1, size - place);
        heads[place] = head(identity.id());
        rows[place] = (char) size;
        identities[size] = identity;
        facts[size] = nowMs << SEEN_SHIFT;
        size++;
    }

    void remove(int row) {
        int place = placeOf(identity(row).id());
        size--;
        System.arraycopy(heads, place + 1, heads, place, size - place);
        System.arraycopy(rows, place + 1, rows, place, size - place);
        System.arraycopy(identities, row + 1, identities, row, size - row);
        System.arraycopy(facts, row + 1, facts, row, size - row);
        identities[size] = null;
        for (int i = 0; i < size; i++) {
            if (rows[i] > row) {
                rows[i]--;
            }
        }
    }

    Identity identity(int row) {
        Identity identity = identities[row];
        if (identity == null) {
            throw new AssertionError("no node in row " + row);
        }
        return identity;
    }

    /** Another one of the same node. */
    void identify(int row, Identity identity) {
        identities[row] = identity;
    }

    boolean isNamed(int row, String name) {
        String its = identity(row).name();
        return its.hashCode() == name.hashCode() && its.equals(name); // hardly any is looked at that is another
    }

    long seenAtMs(int row) {
        return facts[row] >> SEEN_SHIFT;
    }

    void see(int row, long nowMs) {
        facts[row] = nowMs << SEEN_SHIFT | facts[row] & (1L << SEEN_SHIFT) - 1;
    }

    /** How far it is, -1 if nobody knows. */
    int hops(int row) {
        return (int) (facts[row] & HOPS) - 1;
    }

    /** Hops from 0 to 65 534. */
    void setHops(int row, int hops) {
        facts[row] = facts[row] & ~HOPS | hops + 1;
    }

    /** Whether the node has signed what it says of itself. */
    boolean isVerified(int row) {
        return (facts[row] & VERIFIED) != 0;
    }

    void verify(int row) {
        facts[row] |= VERIFIED;
    }

    boolean isSelf(int row) {
        return (facts[row] & SELF) != 0;
    }

    void setSelf(int row) {
        facts[row] |= SELF;
    }
}
