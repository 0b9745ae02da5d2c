package io.thicket.gateway.bridge;

import io.thicket.routing.NodeId;
import io.thicket.routing.table.LinkedTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which readings the broker has, whichever gateway brought them: from this gateway's own PUBACKs, from the readings of all gateways,
 * which it hears, and from the pages that the broker retains. A page that the broker does not have yet in full is written by the
 * gateway that published last, or by another one if that does not.
 */
final class Ledger {
    /** Nodes that are remembered; the one that nothing was heard of for longest gives way, of those whose readings another gateway brought. */
    static final int MAX_NODES = Bridge.MAX_NODES;

    /** How long a page of one's own readings waits for more. */
    private static final long WRITE_AFTER_MS = 2_000;
    /** How long one waits for the page of another gateway, which may have died, before one's turn comes. */
    private static final long WRITE_FOR_OTHERS_AFTER_MS = 5_000;

    /** A broker that forgot is told soon. */
    private static final long AFTER_FORGETTING_MS = 500;

    private static final long AT_ONCE = Long.MIN_VALUE;
    private static final long NEVER = Long.MAX_VALUE;

    private static final class Entry {
        final LedgerPage page;
        String label;
        /** Whether the broker retained it when the present connection was made. */
        boolean vouched;
        /** Whether the broker's copy is known to be complete. */
        boolean written;
        /** Whether the broker's copy lacks a reading that this gateway published. */
        boolean own;
        /** Whether this gateway published the reading that was added last. */
        boolean mine;
        /** When the broker's copy is to be written anew. */
        long dueMs = NEVER;
        /** Grows with each use: the order of {@link Ledger#pages}. */
        long usedAt;
        /** Whether it is in {@link Ledger#toWrite}. */
        boolean listed;
        /** Whether a reading came since this gateway began, through whichever gateway. */
        boolean heardOf;

        Entry(LedgerPage page, String label) {
            this.page = page;
            this.label = label;
        }
    }

    /** A page to be retained under the name of its node; {@code own} if this gateway published what was added to it last. */
    record Write(String label, LedgerPage page, boolean own) {}

    private final PageTurns turns;
    /** {@link LedgerPage#doubtBeforeMs} of nodes without a page. */
    private long doubtBeforeMs = LedgerPage.COMPLETE;

    /** Some page may be one that lacks what this gateway published. */
    private boolean anyOwn;

    /** The pages that are to be written some time, and some that need not be any more: few, where there are a thousand in all. */
    private final List<Entry> toWrite = new ArrayList<>();

    private long pendingDoubtMs = LedgerPage.COMPLETE;

    /** What {@link LedgerPage#SOME_TIME_MS} is by this gateway's clock, whether that is set or not: pages that say it were written before. */
    private long someTimeMs;

    /** The same moment by the clock that only runs on. */
    private long someTimeAtMs;

    private boolean clockIsRight;

    private long uses;
    /** By NodeId; of others' nodes the one that was used last is the youngest. */
    private final LinkedTable<Entry> pages;

    /** An empty one of a gateway that writes the pages of others at its {@code turns}; {@code seed}: see {@link LinkedTable}. */
    Ledger(PageTurns turns, long seed) {
        pages = new LinkedTable<>(seed);
        this.turns = turns;
    }

    boolean contains(NodeId node, long epoch, long seq) {
        Entry entry = find(node);
        return entry != null && entry.page.contains(epoch, seq);
    }

    private boolean contains(NodeId node) {
        return pages.find(node.value(), 0) != LinkedTable.NONE;
    }

    /** The highest boot of the node that readings are known of, -1 for none. */
    long latestEpoch(NodeId node) {
        Entry entry = find(node);
        return entry == null ? -1 : entry.page.latestEpoch();
    }

    /** Gives each node that readings are known of, all from before this gateway began, and its name, if no node has that since. */
    void forEachOfBefore(BiConsumer<NodeId, String> visitor) {
        Set<String> inUse = new HashSet<>();
        forEach(entry -> {
            if (entry.heardOf) {
                inUse.add(entry.label);
            }
        });
        forEach(entry -> {
            if (!inUse.contains(entry.label)) {
                visitor.accept(entry.page.node, entry.label);
            }
        });
    }

    private void forEach(Consumer<Entry> visitor) {
        for (int slot = pages.oldest(); slot != LinkedTable.NONE; slot = pages.younger(slot)) {
            visitor.accept(pages.value(slot));
        }
    }

    /** The one node of this name, of those that readings are known of. */
    Optional<NodeId> nodeCalled(String label) {
        NodeId found = null;
        for (int slot = pages.oldest(); slot != LinkedTable.NONE; slot = pages.younger(slot)) {
            Entry entry = pages.value(slot);
            if (entry.label.equals(label)) {
                if (found != null) {
                    return Optional.empty();
                }
                found = entry.page.node;
            }
        }
        return Optional.ofNullable(found);
    }

    /** The broker has a reading. Returns whether its page of the node shows all that is known of it. */
    boolean add(long nowMs, NodeId node, String label, long epoch, long seq, boolean own) {
        Entry entry = entry(node, label);
        boolean changed = entry.page.add(epoch, seq, seq);
        if (changed) {
            entry.label = label;
            entry.own |= own;
            entry.mine = own;
            anyOwn |= own;
            entry.written = false;
            setDue(entry, Math.min(entry.dueMs, nowMs + (own ? WRITE_AFTER_MS : othersAfterMs(node))));
        }
        return entry.written;
    }

    /** A reading of the node, which the broker has, came just now. */
    void heardOf(NodeId node) {
        Entry entry = find(node);
        if (entry != null) {
            entry.heardOf = true;
        }
    }

    /** The broker retains {@code page}. Returns false if nothing in it is new. */
    boolean retained(long nowMs, String label, LedgerPage page) {
        boolean isNew = !contains(page.node);
        Entry entry = entry(page.node, label);
        if (isCatchingUp() || isNew) {
            // What this gateway knew does not cover the time that it was away, or not running; only the page may.
            entry.page.doubtBeforeMs = Math.min(resolved(page.doubtBeforeMs), isCatchingUp() ? pendingDoubtMs : NEVER);
        }
        boolean changed = page.exceeds(entry.page);
        if (changed) {
            page.addTo(entry.page);
        }
        entry.written = !entry.page.exceeds(page);
        if (!entry.written) {
            setDue(entry, Math.min(entry.dueMs, nowMs + othersAfterMs(page.node)));
        } else {
            entry.dueMs = NEVER;
            entry.own = false;
        }
        return changed;
    }

    /** The node is called differently: its page is wanted under the new name, at once. */
    void renamed(NodeId node, String label) {
        Entry entry = find(node);
        if (entry != null) {
            entry.label = label;
            setDue(entry, AT_ONCE);
        }
    }

    /**
     * Nothing is known any more of what the broker retains; without the former session it may have forgotten all.
     *
     * @param kept whether the broker kept the session
     */
    void connected(long nowMs, boolean kept) {
        forEach(entry -> {
            entry.written = false;
            entry.vouched = false;
            long turnMs = entry.mine ? 0 : turns.delayMs(entry.page.node);
            setDue(entry, nowMs + turnMs + (kept ? WRITE_FOR_OTHERS_AFTER_MS : AFTER_FORGETTING_MS));
        });
    }

    /**
     * What was taken before now may have been published without that anybody here could hear it. Until {@link #caughtUp} pages may know
     * better; if the connection is lost before that, on the next one.
     *
     * @param wallMs now, by a clock that is right if {@code synchronised}
     */
    void doubtWhatWas(long nowMs, long wallMs, boolean synchronised) {
        begin(nowMs, wallMs, synchronised);
        pendingDoubtMs = resolved(LedgerPage.SOME_TIME_MS);
    }

    /** Pages that doubt what was before some time were written before now. */
    void begin(long nowMs, long wallMs, boolean synchronised) {
        someTimeMs = wallMs;
        someTimeAtMs = nowMs;
        clockIsRight = synchronised;
    }

    private long resolved(long doubtMs) {
        return doubtMs == LedgerPage.SOME_TIME_MS && clockIsRight ? someTimeMs : doubtMs;
    }

    /** Whether {@link #doubtWhatWas} waits for {@link #caughtUp}. */
    boolean isCatchingUp() {
        return pendingDoubtMs != LedgerPage.COMPLETE;
    }

    /** The clock is right: when a doubt began while it was not is known now. Returns by how much it was set forward since, ms. */
    long clockIsRight(long nowMs, long wallMs) {
        if (clockIsRight) {
            return 0;
        }
        clockIsRight = true;
        long setByMs = wallMs - (nowMs - someTimeAtMs) - someTimeMs;
        someTimeMs += setByMs;
        doubtBeforeMs = resolved(doubtBeforeMs);
        pendingDoubtMs = resolved(pendingDoubtMs);
        forEach(entry -> {
            if (entry.page.doubtBeforeMs == LedgerPage.SOME_TIME_MS) {
                entry.page.doubtBeforeMs = someTimeMs;
                entry.written = false;
                setDue(entry, Math.min(entry.dueMs, nowMs + othersAfterMs(entry.page.node)));
            }
        });
        return setByMs;
    }

    /**
     * All that the broker retains was heard: what it does not know, nobody knows.
     *
     * @param othersWrite whether there is another gateway: it writes the page of whoever died before it did so itself
     */
    void caughtUp(boolean othersWrite) {
        if (!isCatchingUp()) {
            return;
        }
        doubtBeforeMs = pendingDoubtMs;
        forEach(entry -> {
            if (!entry.vouched || !othersWrite) {
                entry.page.doubtBeforeMs = pendingDoubtMs;
            }
        });
        pendingDoubtMs = LedgerPage.COMPLETE;
    }

    /** The broker retained a page of the node from before. */
    void vouch(NodeId node) {
        Entry entry = find(node);
        if (entry != null) {
            entry.vouched = true;
        }
    }

    /**
     * Whether a reading that is not known to be at the broker may be there.
     *
     * @param byItsNode whether it was taken then by the clock of its node, which says nothing beside one that is not set
     */
    boolean isDoubtful(NodeId node, long takenMs, boolean byItsNode) {
        Entry entry = find(node);
        long beforeMs = entry == null ? doubtBeforeMs : entry.page.doubtBeforeMs;
        if (beforeMs != LedgerPage.SOME_TIME_MS) {
            return takenMs < beforeMs;
        }
        return byItsNode || takenMs < someTimeMs;
    }

    /** The pages to write now, of what others published at most {@code maxOfOthers}; they count as written. */
    List<Write> takeDue(long nowMs, int maxOfOthers) {
        int[] left = {maxOfOthers};
        return take(entry -> entry.dueMs <= nowMs && (entry.mine || left[0]-- > 0));
    }

    /** The pages that lack what this gateway published, due or not; they count as written. */
    List<Write> takeOwn() {
        if (!anyOwn) {
            return List.of();
        }
        anyOwn = false;
        return take(entry -> entry.own);
    }

    /** In the order of {@link #pages}. */
    private List<Write> take(Predicate<Entry> wanted) {
        List<Entry> taken = new ArrayList<>(0);
        int kept = 0;
        for (int i = 0; i < toWrite.size(); i++) {
            Entry entry = toWrite.get(i);
            if (wanted.test(entry)) {
                entry.dueMs = NEVER;
                entry.own = false;
                taken.add(entry);
            }
            entry.listed = entry.dueMs != NEVER;
            if (entry.listed) {
                toWrite.set(kept++, entry);
            }
        }
        toWrite.subList(kept, toWrite.size()).clear();
        taken.sort(Comparator.comparingLong(entry -> entry.usedAt));
        List<Write> writes = new ArrayList<>(taken.size());
        for (Entry entry : taken) {
            writes.add(new Write(entry.label, entry.page, entry.mine));
        }
        return writes;
    }

    int size() {
        return pages.size();
    }

    private Entry entry(NodeId node, String label) {
        Entry entry = find(node);
        if (entry == null) {
            if (pages.size() >= MAX_NODES) {
                forgetOne();
            }
            entry = new Entry(new LedgerPage(node), label);
            entry.page.doubtBeforeMs = doubtBeforeMs;
            pages.add(node.value(), 0, entry);
            entry.usedAt = ++uses;
        }
        return entry;
    }

    /** Of a larger site the others' pages give way: a page of one's own that begins anew would replace all that the broker has of the node. */
    private void forgetOne() {
        for (int tries = pages.size(); tries > 0 && pages.value(pages.oldest()).mine; tries--) {
            pages.touch(pages.oldest());
        }
        Entry gone = pages.value(pages.oldest());
        pages.remove(pages.oldest());
        if (gone.listed) {
            toWrite.remove(gone);
        }
    }

    private @Nullable Entry find(NodeId node) {
        int slot = pages.find(node.value(), 0);
        if (slot == LinkedTable.NONE) {
            return null;
        }
        pages.touch(slot);
        Entry entry = pages.value(slot);
        entry.usedAt = ++uses;
        return entry;
    }

    private long othersAfterMs(NodeId node) {
        return WRITE_FOR_OTHERS_AFTER_MS + turns.delayMs(node);
    }

    private void setDue(Entry entry, long dueMs) {
        entry.dueMs = dueMs;
        if (!entry.listed) {
            entry.listed = true;
            toWrite.add(entry);
        }
    }
}
