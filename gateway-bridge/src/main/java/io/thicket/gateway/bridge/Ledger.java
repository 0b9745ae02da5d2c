package io.thicket.gateway.bridge;

import io.thicket.routing.NodeId;
import java.util.ArrayList;
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

    /** A page to be retained under the name of its node; {@code own} if this gateway published what was added to it last. */
    record Write(String label, LedgerPage page, boolean own) {}

    private final PageTurns turns;
    /** Of nodes without a page. */
    private Doubt doubt = Doubt.NONE;

    /** Some page may be one that lacks what this gateway published. */
    private boolean anyOwn;

    /** The pages that are to be written, but for those that were of others when they began to be. */
    private final PagesToWrite ofOwn = new PagesToWrite(SiteNode.LISTED_OWN);

    /** Those: many, of which nearly all are written by others before they are due. */
    private final PagesToWrite ofOthers = new PagesToWrite(SiteNode.LISTED);

    private Doubt pendingDoubt = Doubt.NONE;

    /** What the page said that was heard last. */
    private Doubt latestDoubt = Doubt.NONE;

    /** What {@link Doubt#SOME_TIME} is by this gateway's clock, whether that is set or not: pages that say it were written before. */
    private long someTimeMs;

    /** The same moment by the clock that only runs on. */
    private long someTimeAtMs;

    private boolean clockIsRight;

    private final SiteNodes site;

    /** Those with a page. */
    private final ForgottenNodes forgotten = new ForgottenNodes();

    /** An empty one of a gateway that writes the pages of others at its {@code turns}, of nodes of {@code site}. */
    Ledger(PageTurns turns, SiteNodes site) {
        this.turns = turns;
        this.site = site;
        site.whenForgotten(this::forgotten);
    }

    private void forgotten(SiteNode node) {
        if (node.is(SiteNode.HAS_PAGE)) {
            forgotten.add(node.key());
        }
        ofOwn.remove(node);
        ofOthers.remove(node);
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
        Set<String> inUse = namesHeardOf();
        forEach(node -> {
            if (!inUse.contains(node.label)) {
                visitor.accept(node.node(), node.label);
            }
        });
    }

    /** The names of nodes of which readings came since this gateway began. */
    Set<String> namesHeardOf() {
        Set<String> names = new HashSet<>();
        forEach(node -> {
            if (node.is(SiteNode.HEARD_OF)) {
                names.add(node.label);
            }
        });
        return names;
    }

    private void forEach(Consumer<SiteNode> visitor) {
        site.forEach(node -> {
            if (node.is(SiteNode.HAS_PAGE)) {
                visitor.accept(node);
            }
        });
    }

    /** The one node of this name, of those that readings are known of. */
    Optional<NodeId> nodeCalled(String label) {
        List<NodeId> found = new ArrayList<>(1);
        forEach(node -> {
            if (node.label.equals(label)) {
                found.add(node.node());
            }
        });
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }

    /** The broker has a reading. Returns whether its page of the node shows all that is known of it. */
    boolean add(long nowMs, SiteNode node, String label, long epoch, long seq, boolean own) {
        open(nowMs, node, label);
        boolean changed = node.add(epoch, seq, seq);
        if (changed) {
            node.label = label;
            node.add(SiteNode.OWN, own);
            node.set(SiteNode.MINE, own);
            anyOwn |= own;
            node.set(SiteNode.WRITTEN, false);
            if (own) {
                setDue(node, Math.min(dueMs(node, nowMs), nowMs + WRITE_AFTER_MS));
            } else {
                setDueAfterOthers(node, nowMs);
            }
        }
        return node.is(SiteNode.WRITTEN);
    }

    /** The broker retains {@code page}, of {@code node}. Returns false if nothing in it is new. */
    boolean retained(long nowMs, SiteNode node, String label, LedgerPage page) {
        boolean isNew = !node.is(SiteNode.HAS_PAGE);
        open(nowMs, node, label);
        if (isCatchingUp() || isNew) {
            // What this gateway knew does not cover the time that it was away, or not running; only the page may.
            Doubt its = shared(resolved(page.doubt));
            node.doubt = isCatchingUp() ? its.orLess(pendingDoubt) : its;
        }
        boolean changed = page.exceeds(node);
        if (changed) {
            page.addTo(node);
        }
        node.set(SiteNode.WRITTEN, !node.exceeds(page));
        if (!node.is(SiteNode.WRITTEN)) {
            setDueAfterOthers(node, nowMs);
        } else {
            needsNoPage(node);
        }
        return changed;
    }

    /** The node is called differently: its page is wanted under the new name, at once. */
    void renamed(long nowMs, NodeId node, String label) {
        SiteNode its = find(node);
        if (its != null) {
            its.label = label;
            setDue(its, nowMs);
        }
    }

    /** Whether another node than this one is known by {@code label}: the page there may be its. */
    boolean isAnotherCalled(String label, NodeId node) {
        boolean[] any = {false};
        forEach(its -> any[0] |= its.label.equals(label) && its.key() != node.value());
        return any[0];
    }

    /** The name that the node's page has, null if there is none. */
    @Nullable
    String labelOf(NodeId node) {
        SiteNode its = find(node);
        return its == null ? null : its.label;
    }

    /**
     * Nothing is known any more of what the broker retains; without the former session it may have forgotten all.
     *
     * @param kept whether the broker kept the session
     */
    void connected(long nowMs, boolean kept) {
        forEach(node -> {
            node.set(SiteNode.WRITTEN, false);
            node.set(SiteNode.VOUCHED, false);
            long turnMs = node.is(SiteNode.MINE) ? 0 : turns.delayMs(node.key());
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
        pendingDoubt = resolved(Doubt.SOME_TIME);
    }

    /** Pages that doubt what was before some time were written before now. */
    void begin(long nowMs, long wallMs, boolean synchronised) {
        someTimeMs = wallMs;
        someTimeAtMs = nowMs;
        clockIsRight = synchronised;
    }

    /** Pages say the same as long as one gateway writes them: one object for all. */
    private Doubt shared(Doubt said) {
        if (!said.equals(latestDoubt)) {
            latestDoubt = said;
        }
        return latestDoubt;
    }

    private Doubt resolved(Doubt said) {
        return said.isOfSomeTime() && clockIsRight ? new Doubt(someTimeMs) : said;
    }

    /** Whether {@link #doubtWhatWas} waits for {@link #caughtUp}. */
    boolean isCatchingUp() {
        return !pendingDoubt.isNone();
    }

    /** The clock is right: when a doubt began while it was not is known now. Returns by how much it was set forward since, ms. */
    long clockIsRight(long nowMs, long wallMs) {
        if (clockIsRight) {
            return 0;
        }
        clockIsRight = true;
        long setByMs = wallMs - (nowMs - someTimeAtMs) - someTimeMs;
        someTimeMs += setByMs;
        doubt = resolved(doubt);
        pendingDoubt = resolved(pendingDoubt);
        Doubt resolved = resolved(Doubt.SOME_TIME);
        forEach(node -> {
            if (node.doubt.isOfSomeTime()) {
                node.doubt = forgotten.mayHave(node.key()) ? ofBefore(nowMs) : resolved;
                node.set(SiteNode.WRITTEN, false);
                setDueAfterOthers(node, nowMs);
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
        doubt = pendingDoubt;
        forEach(node -> {
            if (!node.is(SiteNode.VOUCHED) || !othersWrite) {
                node.doubt = pendingDoubt;
            }
        });
        pendingDoubt = Doubt.NONE;
    }

    /**
     * Whether a reading that is not known to be at the broker may be there.
     *
     * @param byItsNode whether it was taken then by the clock of its node, which says nothing beside one that is not set
     */
    boolean isDoubtful(NodeId node, long takenMs, boolean byItsNode) {
        SiteNode its = find(node);
        if ((its == null || its.doubt.isOfSomeTime()) && forgotten.mayHave(node.value())) {
            return true; // since when it is known again no clock can tell
        }
        Doubt about = its == null ? doubt : its.doubt;
        if (!about.isOfSomeTime()) {
            return takenMs < about.beforeMs();
        }
        return byItsNode || takenMs < someTimeMs;
    }

    /** The pages to write now, of what others published at most {@code maxOfOthers}; they count as written. */
    List<Write> takeDue(long nowMs, int maxOfOthers) {
        int[] left = {maxOfOthers};
        Predicate<SiteNode> isDue = node ->
                node.dueMs(nowMs) <= nowMs && dueMs(node, nowMs) <= nowMs && (node.is(SiteNode.MINE) || left[0]-- > 0);
        List<SiteNode> taken = new ArrayList<>(0);
        if (ofOwn.mayBeDue(nowMs)) {
            ofOwn.take(nowMs, isDue, node -> false, taken);
        }
        if (ofOthers.mayBeDue(nowMs)) {
            ofOthers.take(nowMs, isDue, node -> node.is(SiteNode.LISTED_OWN), taken);
        }
        return writes(taken);
    }

    /** Whether {@link #takeOwn} may give a page. */
    boolean anyOwn() {
        return anyOwn;
    }

    /** The pages that lack what this gateway published, due or not; they count as written. */
    List<Write> takeOwn(long nowMs) {
        if (!anyOwn) {
            return List.of();
        }
        anyOwn = false;
        List<SiteNode> taken = new ArrayList<>(0);
        ofOwn.take(nowMs, node -> node.is(SiteNode.OWN), node -> false, taken);
        return writes(taken);
    }

    private static List<Write> writes(List<SiteNode> taken) {
        List<Write> writes = new ArrayList<>(taken.size());
        for (SiteNode node : taken) {
            needsNoPage(node);
            writes.add(new Write(node.label, node, node.is(SiteNode.MINE)));
        }
        return writes;
    }

    /** Readings of the node are known from now on. */
    private void open(long nowMs, SiteNode node, String label) {
        site.used(node);
        if (!node.is(SiteNode.HAS_PAGE)) {
            node.set(SiteNode.HAS_PAGE, true);
            node.label = label;
            node.doubt = forgotten.mayHave(node.key()) ? ofBefore(nowMs) : doubt;
        }
    }

    /** Of a node that was known better once: whatever was taken before now. */
    private Doubt ofBefore(long nowMs) {
        return clockIsRight ? new Doubt(someTimeMs + (nowMs - someTimeAtMs)) : Doubt.SOME_TIME;
    }

    /** The node if readings of it are known. */
    private @Nullable SiteNode find(NodeId id) {
        SiteNode node = site.find(id);
        if (node == null || !node.is(SiteNode.HAS_PAGE)) {
            return null;
        }
        site.used(node);
        return node;
    }

    /** It is due no later than when the page was left to others for as long as it is. */
    private void setDueAfterOthers(SiteNode node, long nowMs) {
        if (node.is(SiteNode.TURN_OPEN)) {
            return; // it is due as long after an earlier time
        }
        long turnMs = nowMs + WRITE_FOR_OTHERS_AFTER_MS;
        long dueMs = node.dueMs(nowMs);
        if (dueMs == SiteNode.NEVER) {
            setDue(node, turnMs);
            node.set(SiteNode.TURN_OPEN, true);
        } else if (dueMs > turnMs) {
            setDue(node, Math.min(dueMs, turnMs + turns.delayMs(node.key())));
        }
    }

    /** When its page is due, to the end of this gateway's turn. */
    private long dueMs(SiteNode node, long nowMs) {
        if (node.is(SiteNode.TURN_OPEN)) {
            node.set(SiteNode.TURN_OPEN, false);
            node.setDue(node.dueMs(nowMs) + turns.delayMs(node.key()));
        }
        return node.dueMs(nowMs);
    }

    private void setDue(SiteNode node, long dueMs) {
        node.setDue(dueMs);
        node.set(SiteNode.TURN_OPEN, false);
        (node.is(SiteNode.MINE) || node.is(SiteNode.LISTED_OWN) ? ofOwn : ofOthers).put(node, dueMs);
    }

    private static void needsNoPage(SiteNode node) {
        node.clearDue();
        node.set(SiteNode.OWN, false);
    }
}
