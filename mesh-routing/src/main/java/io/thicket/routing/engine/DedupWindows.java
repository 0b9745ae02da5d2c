package io.thicket.routing.engine;

import io.thicket.routing.MessageId;
import io.thicket.routing.NodeId;
import io.thicket.routing.SettleStatus;
import io.thicket.routing.table.LinkedTable;
import io.thicket.routing.wire.DataFields;
import java.util.ArrayDeque;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Which messages of which origin passed here, with what the decision about a copy needs (2.7). Bounded per origin and
 * in origins; the oldest is forgotten first, and a forgotten message counts as new: rather twice than never.
 *
 * @param <S> what is remembered: {@link Seen} of what passes, {@link Received} of what ends here
 */
final class DedupWindows<S extends DedupWindows.Seen> {
    /** Messages remembered per origin that this node only relays. */
    static final int RELAYED_PER_ORIGIN = 128;

    /** Messages remembered per origin that this node receives. */
    static final int RECEIVED_PER_ORIGIN = 4_096;

    /** Origins (with their epoch) remembered. */
    static final int MAX_ORIGINS = 1_024;

    /** Messages remembered in all: at some 60 bytes each, 1 MB of a daemon's 16 MB heap if strangers fill it. */
    static final int MAX_MESSAGES = 16_384;

    private static final int FIRST_BUCKETS = 16;

    /** One origin in one of its boots, with its messages from the oldest to the youngest. */
    private static final class Window {
        /** Spreads its messages over the buckets; no other window has it. */
        long salt;

        @Nullable
        Seen oldest;

        @Nullable
        Seen youngest;

        int size;
    }

    /** What is known about one message that passes. There may be many, so it has no byte more than it needs: 40. */
    static sealed class Seen permits Received {
        /** The highest turn in which it was taken. */
        int turn;

        /** Still in custody here. */
        boolean held;

        /** The feasibility distance that it was handed on with. */
        @Nullable
        FeasibilityDistance handedOn;

        /** Unsigned. */
        private int number;

        private @Nullable Window window;

        /** The next younger message of the same origin, or the next one that may be used again. */
        private @Nullable Seen younger;

        private @Nullable Seen sameBucket;

        void clear() {
            turn = 0;
            held = false;
            handedOn = null;
            younger = null;
            sameBucket = null;
        }
    }

    /** What is known about one message for this node. */
    static final class Received extends Seen {
        /** Delivered to this node's user. */
        boolean delivered;

        /** When its origin made it, as far as the hops could tell; set on delivery. */
        long madeAtMs;

        /** How it was settled, null until then. */
        @Nullable
        SettleStatus settled;

        @Override
        void clear() {
            super.clear();
            delivered = false;
            madeAtMs = 0;
            settled = null;
        }
    }

    private final LinkedTable<Window> windows;
    private final int perOrigin;
    private final long seed;
    private final Supplier<S> maker;
    private @Nullable Seen[] buckets = new @Nullable Seen[FIRST_BUCKETS];
    private int messages;
    private long nextSalt;
    private @Nullable Seen spare;
    private final ArrayDeque<Window> spareWindows = new ArrayDeque<>(0);

    /** {@code seed}: see {@link LinkedTable}. */
    private DedupWindows(int perOrigin, long seed, Supplier<S> maker) {
        this.perOrigin = perOrigin;
        this.seed = seed;
        this.maker = maker;
        this.windows = new LinkedTable<>(seed);
    }

    /** Of messages that this node relays; {@code seed}: see {@link LinkedTable}. */
    static DedupWindows<Seen> relayed(int perOrigin, long seed) {
        return new DedupWindows<>(perOrigin, seed, Seen::new);
    }

    /** Of messages that this node receives. */
    static DedupWindows<Received> received(int perOrigin, long seed) {
        return new DedupWindows<>(perOrigin, seed, Received::new);
    }

    @Nullable
    S find(MessageId id) {
        return find(id.origin(), id.epoch(), id.number());
    }

    @Nullable
    S find(NodeId origin, long epoch, long number) {
        int slot = windows.find(origin.value(), epoch);
        if (slot == LinkedTable.NONE) {
            return null;
        }
        windows.touch(slot);
        return find(windows.value(slot), number);
    }

    /** What is known about {@code id}, made new if nothing is. */
    S remember(MessageId id) {
        return remember(id.origin(), id.epoch(), id.number());
    }

    S remember(NodeId origin, long epoch, long number) {
        Window window = window(origin, epoch);
        S known = find(window, number);
        if (known != null) {
            return known;
        }
        if (window.size >= perOrigin) {
            forgetOldest(window);
        }
        while (messages >= MAX_MESSAGES && windows.size() > 1) {
            forgetEldestOrigin();
        }
        S seen = make(window, number);
        Seen made = seen;
        Seen youngest = window.youngest;
        if (youngest == null) {
            window.oldest = made;
        } else {
            youngest.younger = made;
        }
        window.youngest = made;
        window.size++;
        link(made);
        return seen;
    }

    private @Nullable S find(Window window, long number) {
        Seen seen = buckets[bucket(window, (int) number)];
        while (seen != null && (seen.number != (int) number || seen.window != window)) {
            seen = seen.sameBucket;
        }
        return seen == null ? null : own(seen);
    }

    private int bucket(Window window, int number) {
        long mixed = (window.salt << Integer.SIZE | Integer.toUnsignedLong(number)) ^ seed;
        mixed = (mixed ^ mixed >>> 32) * 0x9e3779b97f4a7c15L;
        mixed = (mixed ^ mixed >>> 29) * 0xbf58476d1ce4e5b9L;
        return (int) (mixed >>> 32) & buckets.length - 1;
    }

    private void link(Seen seen) {
        if (messages == buckets.length) {
            @Nullable Seen[] old = buckets;
            buckets = new @Nullable Seen[2 * old.length];
            for (Seen first : old) {
                for (Seen each = first; each != null; ) {
                    Seen after = each.sameBucket;
                    push(each);
                    each = after;
                }
            }
        }
        push(seen);
        messages++;
    }

    private void push(Seen seen) {
        int bucket = bucket(windowOf(seen), seen.number);
        seen.sameBucket = buckets[bucket];
        buckets[bucket] = seen;
    }

    private void unlink(Seen seen) {
        int bucket = bucket(windowOf(seen), seen.number);
        Seen before = buckets[bucket];
        if (before == seen) {
            buckets[bucket] = seen.sameBucket;
        }
        while (before != null && before != seen) {
            if (before.sameBucket == seen) {
                before.sameBucket = seen.sameBucket;
            }
            before = before.sameBucket;
        }
        messages--;
    }

    private static Window windowOf(Seen seen) {
        Window window = seen.window;
        if (window == null) {
            throw new AssertionError("a message of no window");
        }
        return window;
    }

    private Window window(NodeId origin, long epoch) {
        int slot = windows.find(origin.value(), epoch);
        if (slot != LinkedTable.NONE) {
            windows.touch(slot);
            return windows.value(slot);
        }
        if (windows.size() >= MAX_ORIGINS) {
            forgetEldestOrigin();
        }
        Window unused = spareWindows.pollLast();
        Window window = unused == null ? new Window() : unused;
        window.salt = nextSalt++;
        windows.add(origin.value(), epoch, window);
        return window;
    }

    @SuppressWarnings("unchecked") // The maker made them all.
    private S own(Seen seen) {
        return (S) seen;
    }

    private S make(Window window, long number) {
        Seen unused = spare;
        S seen = unused == null ? maker.get() : own(unused);
        if (unused != null) {
            spare = unused.younger;
            unused.clear();
        }
        Seen made = seen;
        made.number = (int) number;
        made.window = window;
        return seen;
    }

    /**
     * 2.7: a copy is a duplicate iff the message is still held, or its turn is lower, or its turn is equal and the
     * sender's feasibility distance is not strictly better than the one it was handed on with.
     */
    static boolean isDuplicate(Seen seen, DataFields copy) {
        if (seen.held || copy.turn() < seen.turn) {
            return true;
        }
        FeasibilityDistance handedOn = seen.handedOn;
        return copy.turn() == seen.turn
                && (!copy.hasDescent()
                        || handedOn == null
                        || !handedOn.isWorseThan(copy.descentEpoch(), copy.descentCount(), copy.descentMetric()));
    }

    int size() {
        return messages;
    }

    private void forgetEldestOrigin() {
        int slot = windows.oldest();
        Window window = windows.value(slot);
        windows.remove(slot);
        while (window.size > 0) {
            forgetOldest(window);
        }
        spareWindows.addLast(window);
    }

    private void forgetOldest(Window window) {
        Seen seen = window.oldest;
        if (seen == null) {
            throw new AssertionError("an empty window");
        }
        unlink(seen);
        window.oldest = seen.younger;
        window.youngest = seen.younger == null ? null : window.youngest;
        window.size--;
        seen.window = null;
        seen.younger = spare;
        spare = seen;
    }
}
