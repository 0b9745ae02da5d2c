package io.thicket.agent.node;

import io.thicket.routing.Identity;
import io.thicket.routing.NodeId;
import java.util.Arrays;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What {@link NodeDirectory} holds of each node, in the order of their NodeIds: a row in a few arrays, because everybody knows many
 * nodes. A row's number is good until a row is added or removed.
 */
final class NodeRows {
    /** Stands for no row. */
    static final int NONE = -1;

    private static final long[] NO_NUMBERS = {};
    private static final int[] NO_ORDERS = {};
    private static final @Nullable Identity[] NO_IDENTITIES = {};

    /** What is below the time at which a node was seen: see {@link #facts}. */
    private static final int SEEN_SHIFT = 18;

    private static final long VERIFIED = 1L << 16;
    private static final long SELF = 1L << 17;
    private static final long HOPS = 0xffff;

    /** By themselves, because they are searched at each message. */
    private long[] ids = NO_NUMBERS;

    private @Nullable Identity[] identities = NO_IDENTITIES;

    /** The how manieth to become known. */
    private int[] orders = NO_ORDERS;

    /** When it was seen, in ms, {@link #SELF} and {@link #VERIFIED}, and one more than the hops to it. */
    private long[] facts = NO_NUMBERS;

    private int size;

    int size() {
        return size;
    }

    /** The row of that node, {@link #NONE} if there is none. */
    int find(NodeId id) {
        int place = placeOf(id);
        return place < size && ids[place] == id.value() ? place : NONE;
    }

    /** Where it is, or belongs. */
    private int placeOf(NodeId id) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Long.compareUnsigned(ids[middle], id.value()) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Adds a node that is not there, {@code order} being the how manieth to become known. */
    void add(Identity identity, long nowMs, int order) {
        if (size == ids.length) {
            int capacity = size + size / 8 + 2;
            ids = Arrays.copyOf(ids, capacity);
            identities = Arrays.copyOf(identities, capacity);
            orders = Arrays.copyOf(orders, capacity);
            facts = Arrays.copyOf(facts, capacity);
        }
        int place = placeOf(identity.id());
        move(place, place + 1, size - place);
        size++;
        ids[place] = identity.id().value();
        identities[place] = identity;
        orders[place] = order;
        facts[place] = nowMs << SEEN_SHIFT;
    }

    void remove(int row) {
        move(row + 1, row, size - row - 1);
        size--;
        identities[size] = null;
    }

    private void move(int from, int to, int count) {
        System.arraycopy(ids, from, ids, to, count);
        System.arraycopy(identities, from, identities, to, count);
        System.arraycopy(orders, from, orders, to, count);
        System.arraycopy(facts, from, facts, to, count);
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

    /** Whether it was seen earlier than {@code other}, or became known earlier if both were seen at one time. */
    boolean isOlder(int row, int other) {
        long itsMs = seenAtMs(row);
        long othersMs = seenAtMs(other);
        return itsMs != othersMs ? itsMs < othersMs : orders[row] < orders[other];
    }

    /** The rows that are {@code wanted}, in the order in which their nodes became known. */
    int[] byAge(IntPredicate wanted) {
        long[] found = new long[size];
        int count = 0;
        for (int row = 0; row < size; row++) {
            if (wanted.test(row)) {
                found[count++] = (long) orders[row] << Integer.SIZE | row;
            }
        }
        Arrays.sort(found, 0, count);
        int[] rows = new int[count];
        for (int i = 0; i < count; i++) {
            rows[i] = (int) found[i];
        }
        return rows;
    }
}
