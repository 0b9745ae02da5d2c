package io.thicket.gateway.bridge;

import io.thicket.routing.NodeId;
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
    /** How long a page of one's own readings waits for more. */
    private static final long WRITE_AFTER_MS = 2_000;
    /** How long one waits for the page of another gateway, which may have died, before one's turn comes. */
    private static final long WRITE_FOR_OTHERS_AFTER_MS = 5_000;

    /** A broker that forgot is told soon. */
    private static final long AFTER_FORGETTING_MS = 500;

    private static final long AT_ONCE = Long.MIN_VALUE;
    private static final long NEVER = SiteNode.NEVER;

    /** A page to be retained under the name of its node; {@code own} if this gateway published what was added to it last. */
    record Write(String label, LedgerPage page, boolean own) {}

    private final PageTurns turns;
    /** {@link LedgerPage#doubtBeforeMs} of nodes without a page. */
    private long doubtBeforeMs = LedgerPage.COMPLETE;

    /** Some page may be one that lacks what this gateway published. */
    private boolean anyOwn;

    /** The pages that are to be written some time, and some that need not be any more: few, where there are a thousand in all. */
    private final List<SiteNode> toWrite = new ArrayList<>();

    private long pendingDoubtMs = LedgerPage.COMPLETE;

    /** What {@link LedgerPage#SOME_TIME_MS} is by this gateway's clock, whether that is set or not: pages that say it were written before. */
    private long someTimeMs;

    /** The same moment by the clock that only runs on. */
    private long someTimeAtMs;

    private boolean clockIsRight;

    private final SiteNodes site;

    /** An empty one of a gateway that writes the pages of others at its {@code turns}, of nodes of {@code site}. */
    Ledger(PageTurns turns, SiteNodes site) {
        this.turns = turns;
        this.site = site;
        site.whenForgotten(this::forgotten);
    }

    private void forgotten(SiteNode node) {
        if (node.listed) {
            toWrite.remove(node);
        }
    }

    boolean contains(NodeId node, long epoch, long seq) {
        SiteNode its = find(node);
        return its != null && its.contains(epoch, seq);
    }

    /** The highest boot of the node that readings are known of, -1 for none. */
    long latestEpoch(NodeId node) {
        SiteNode its = find(node);
        return its == null ? -1 : its.latestEpoch();
    }

    /** Gives each node that readings are known of, all from before this gateway began, and its name, if no node has that since. */
    void forEachOfBefore(BiConsumer<NodeId, String> visitor) {
        Set<String> inUse = new HashSet<>();
        forEach(node -> {
            if (node.heardOf) {
                inUse.add(node.label);
            }
        });
        forEach(node -> {
            if (!inUse.contains(node.label)) {
                visitor.accept(node.node, node.label);
            }
        });
    }

    private void forEach(Consumer<SiteNode> visitor) {
        site.forEach(node -> {
            if (node.hasPage) {
                visitor.accept(node);
            }
        });
    }

    /** The one node of this name, of those that readings are known of. */
    Optional<NodeId> nodeCalled(String label) {
        List<NodeId> found = new ArrayList<>(1);
        forEach(node -> {
            if (node.label.equals(label)) {
                found.add(node.node);
            }
        });
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }

    /** The broker has a reading. Returns whether its page of the node shows all that is known of it. */
    boolean add(long nowMs, SiteNode node, String label, long epoch, long seq, boolean own) {
        open(node, label);
        boolean changed = node.add(epoch, seq, seq);
        if (changed) {
            node.label = label;
            node.own |= own;
            node.mine = own;
            anyOwn |= own;
            node.written = false;
            setDue(node, Math.min(node.dueMs, nowMs + (own ? WRITE_AFTER_MS : othersAfterMs(node.node))));
        }
        return node.written;
    }

    /** The broker retains {@code page}, of {@code node}. Returns false if nothing in it is new. */
    boolean retained(long nowMs, SiteNode node, String label, LedgerPage page) {
        boolean isNew = !node.hasPage;
        open(node, label);
        if (isCatchingUp() || isNew) {
            // What this gateway knew does not cover the time that it was away, or not running; only the page may.
            node.doubtBeforeMs = Math.min(resolved(page.doubtBeforeMs), isCatchingUp() ? pendingDoubtMs : NEVER);
        }
        boolean changed = page.exceeds(node);
        if (changed) {
            page.addTo(node);
        }
        node.written = !node.exceeds(page);
        if (!node.written) {
            setDue(node, Math.min(node.dueMs, nowMs + othersAfterMs(page.node)));
        } else {
            node.dueMs = NEVER;
            node.own = false;
        }
        return changed;
    }

    /** The node is called differently: its page is wanted under the new name, at once. */
    void renamed(NodeId node, String label) {
        SiteNode its = find(node);
        if (its != null) {
            its.label = label;
            setDue(its, AT_ONCE);
        }
    }

    /**
     * Nothing is known any more of what the broker retains; without the former session it may have forgotten all.
     *
     * @param kept whether the broker kept the session
     */
    void connected(long nowMs, boolean kept) {
        forEach(node -> {
            node.written = false;
            node.vouched = false;
            long turnMs = node.mine ? 0 : turns.delayMs(node.node);
            setDue(node, nowMs + turnMs + (kept ? WRITE_FOR_OTHERS_AFTER_MS : AFTER_FORGETTING_MS));
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
        forEach(node -> {
            if (node.doubtBeforeMs == LedgerPage.SOME_TIME_MS) {
                node.doubtBeforeMs = someTimeMs;
                node.written = false;
                setDue(node, Math.min(node.dueMs, nowMs + othersAfterMs(node.node)));
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
        forEach(node -> {
            if (!node.vouched || !othersWrite) {
                node.doubtBeforeMs = pendingDoubtMs;
            }
        });
        pendingDoubtMs = LedgerPage.COMPLETE;
    }

    /**
     * Whether a reading that is not known to be at the broker may be there.
     *
     * @param byItsNode whether it was taken then by the clock of its node, which says nothing beside one that is not set
     */
    boolean isDoubtful(NodeId node, long takenMs, boolean byItsNode) {
        SiteNode its = find(node);
        long beforeMs = its == null ? doubtBeforeMs : its.doubtBeforeMs;
        if (beforeMs != LedgerPage.SOME_TIME_MS) {
            return takenMs < beforeMs;
        }
        return byItsNode || takenMs < someTimeMs;
    }

    /** The pages to write now, of what others published at most {@code maxOfOthers}; they count as written. */
    List<Write> takeDue(long nowMs, int maxOfOthers) {
        int[] left = {maxOfOthers};
        return take(node -> node.dueMs <= nowMs && (node.mine || left[0]-- > 0));
    }

    /** The pages that lack what this gateway published, due or not; they count as written. */
    List<Write> takeOwn() {
        if (!anyOwn) {
            return List.of();
        }
        anyOwn = false;
        return take(node -> node.own);
    }

    /** In the order of their last use. */
    private List<Write> take(Predicate<SiteNode> wanted) {
        List<SiteNode> taken = new ArrayList<>(0);
        int kept = 0;
        for (int i = 0; i < toWrite.size(); i++) {
            SiteNode node = toWrite.get(i);
            if (wanted.test(node)) {
                node.dueMs = NEVER;
                node.own = false;
                taken.add(node);
            }
            node.listed = node.dueMs != NEVER;
            if (node.listed) {
                toWrite.set(kept++, node);
            }
        }
        toWrite.subList(kept, toWrite.size()).clear();
        taken.sort(Comparator.comparingLong(node -> node.usedAt));
        List<Write> writes = new ArrayList<>(taken.size());
        for (SiteNode node : taken) {
            writes.add(new Write(node.label, node, node.mine));
        }
        return writes;
    }

    /** Readings of the node are known from now on. */
    private void open(SiteNode node, String label) {
        site.used(node);
        if (!node.hasPage) {
            node.hasPage = true;
            node.label = label;
            node.doubtBeforeMs = doubtBeforeMs;
        }
    }

    /** The node if readings of it are known. */
    private @Nullable SiteNode find(NodeId id) {
        SiteNode node = site.find(id);
        if (node == null || !node.hasPage) {
            return null;
        }
        site.used(node);
        return node;
    }

    private long othersAfterMs(NodeId node) {
        return WRITE_FOR_OTHERS_AFTER_MS + turns.delayMs(node);
    }

    private void setDue(SiteNode node, long dueMs) {
        node.dueMs = dueMs;
        if (!node.listed) {
            node.listed = true;
            toWrite.add(node);
        }
    }
}
