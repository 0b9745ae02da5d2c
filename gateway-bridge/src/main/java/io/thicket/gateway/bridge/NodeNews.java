package io.thicket.gateway.bridge;

import io.thicket.routing.NodeId;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the broker is told of nodes: who became known, is called differently, is forgotten or fell silent.
 *
 * <p>What is retained of a node is for the gateway to say that published its newest reading. All gateways hear that one at the broker, in one order, so
 * that they agree who it is; the others keep what they heard, to go on with it once readings come through them. If that gateway goes, all that
 * know the node say {@code offline} if it is silent, and take it back if they hear of it.
 */
final class NodeNews {
    /** A node that was heard of before this gateway began to hear is offline if nothing came from it for so long. */
    private static final long MISSING_AFTER_MS = 3 * IntervalEstimate.DEFAULT_MS;

    /** Where another gateway may know better how often it speaks: longer than any is given. */
    private static final long SURELY_MISSING_AFTER_MS = 3 * IntervalEstimate.MAX_MS;

    private static final long NEVER = Long.MAX_VALUE;

    private final TopicScheme topics;
    private final Payloads payloads;
    private final NodeRegister nodes;
    private final Ledger ledger;
    private final OwnPublications own;
    private final Claims claims;
    private final Hearing hearing;
    private final ReadingIntake intake;
    private final BridgeCounters counters;
    private final SharedTexts gateways = new SharedTexts();
    private boolean connected;
    private long lostAtMs;

    private final FormerPages formerPages = new FormerPages();

    /** Whose pages the broker had when this gateway began. */
    private final Set<String> namesOfBefore = new HashSet<>(0);

    private boolean everCaughtUp;
    private long missingFromMs = NEVER;
    private boolean othersWereThere;

    /** Until then, included, no node and no sensor that is known can have been silent for too long. */
    private long nextSilenceMs = Long.MIN_VALUE;

    /** One without a connection since {@code nowMs}. */
    NodeNews(
            long nowMs,
            TopicScheme topics,
            Payloads payloads,
            NodeRegister nodes,
            Ledger ledger,
            OwnPublications own,
            Claims claims,
            Hearing hearing,
            ReadingIntake intake,
            BridgeCounters counters) {
        this.lostAtMs = nowMs;
        this.topics = topics;
        this.payloads = payloads;
        this.nodes = nodes;
        this.ledger = ledger;
        this.own = own;
        this.claims = claims;
        this.hearing = hearing;
        this.intake = intake;
        this.counters = counters;
    }

    /** The node of this number, which is called {@code label} now; null if there is no room for it. */
    @Nullable
    NodeTrack track(long nowMs, NodeId id, String label) {
        NodeTrack node = nodes.get(id);
        if (node == null) {
            if (nodes.size() >= Bridge.MAX_NODES) {
                if (!nodes.forgetOne()) {
                    return null;
                }
                counters.add(BridgeCounter.NODES_FORGOTTEN, 1);
            }
            node = nodes.add(id, label, nowMs);
            String pageName = ledger.labelOf(id);
            if (pageName != null && !pageName.equals(label)) {
                formerPages.calledByOthers(pageName, id);
            }
            if (ledger.latestEpoch(id) >= 0) {
                broughtBySomebody(nowMs, node);
            }
            nextSilenceMs = Math.min(nextSilenceMs, node.quietUntilMs());
        } else if (!node.label.equals(label)) {
            String old = node.label;
            node.label = label;
            rename(nowMs, node, old);
        }
        return node;
    }

    /**
     * Removes what is retained under the old name, unless another node or gateway has it, and says everything under the new
     * one. The page goes last, once there is another one: {@link #pageCame}.
     */
    private void rename(long nowMs, NodeTrack node, String old) {
        // Also if nobody in particular speaks of it: the name is no more, and whoever said something under it may be
        // gone.
        if (node.keeper == null && !nodes.isNameInUse(old)) {
            own.clear(topics.nodeStatus(old));
            own.clear(topics.nodeInfo(old));
            own.clear(topics.nodeState(old));
        }
        if (node.keeper == null && !formerPages.renamed(old, node.id)) {
            counters.add(BridgeCounter.PUBLICATIONS_DROPPED, 1);
        }
        ledger.renamed(nowMs, node.id, node.label);
        sayEverything(node);
    }

    /**
     * The broker has a page of {@code node} under {@code name}, with all that is known of it if it {@code isWhole}. If another node had that name before,
     * its page is gone, and is wanted under its present name at once; and former names of this one are of no use any more.
     */
    void pageCame(long nowMs, NodeId node, String name, @Nullable NodeTrack track, boolean isWhole) {
        NodeId other = formerPages.replaced(node, name);
        NodeTrack replaced = other == null ? null : nodes.get(other);
        if (replaced != null) {
            ledger.renamed(nowMs, replaced.id, replaced.label);
        }
        if (track == null) {
            return;
        }
        if (!track.label.equals(name)) {
            formerPages.calledByOthers(name, node);
        } else if (isWhole) {
            for (String former : formerPages.take(node, name)) {
                if (!nodes.isNameInUse(former) && !ledger.isAnotherCalled(former, node)) {
                    own.clear(topics.published(former));
                }
            }
        }
    }

    /** A connection. The broker may know nothing of any node. */
    void connected(long nowMs) {
        long absentMs = connected ? 0 : nowMs - lostAtMs;
        connected = true;
        if (missingFromMs != NEVER) {
            missingFromMs = Math.max(missingFromMs + absentMs, nowMs + NodeTrack.MIN_LIFE_MS);
        }
        nextSilenceMs = Long.MIN_VALUE;
        nodes.forEach(node -> {
            node.excuse(nowMs, absentMs);
            sayEverything(node);
        });
    }

    /** The broker has a page under this name. */
    void page(String name) {
        if (!everCaughtUp && namesOfBefore.size() < Bridge.MAX_NODES) {
            namesOfBefore.add(name);
        }
    }

    /**
     * Names under which nobody has spoken since this gateway began, and whose nodes may be called differently now: renamed while there was no gateway,
     * which knows a node by its number. Their pages stay, since they are what tells one reading from its repetition.
     */
    private Set<String> formerNames() {
        Set<String> former = new TreeSet<>(namesOfBefore);
        former.removeAll(ledger.namesHeardOf());
        nodes.forEach(node -> former.remove(node.label));
        return former;
    }

    /** All that the broker kept was heard. */
    void caughtUp(long nowMs) {
        if (!everCaughtUp) {
            everCaughtUp = true;
            missingFromMs = nowMs + MISSING_AFTER_MS;
        }
    }

    /** The connection is gone. */
    void disconnected(long nowMs) {
        if (connected) {
            connected = false;
            lostAtMs = nowMs;
        }
    }

    private void sayEverything(NodeTrack node) {
        nodes.markDirty(node, NodeTrack.Topic.INFO);
        if (node.hadReadings) {
            nodes.markDirty(node, NodeTrack.Topic.STATUS);
            nodes.markDirty(node, NodeTrack.Topic.STATE);
        }
    }

    /** A reading of the node came. */
    void isAlive(NodeTrack node) {
        nodes.setOnline(node, true);
        nextSilenceMs = Math.min(nextSilenceMs, node.quietUntilMs());
    }

    /**
     * A reading of {@code node} was heard that a gateway published, this one if {@code mine}. What the broker kept counts as what comes now, one's own included:
     * readings of a node come in the order in which the broker had them, or two gateways might each leave the node to the other.
     */
    void heard(long nowMs, NodeTrack node, HeardMessage.Reading message, boolean mine) {
        if (mine) {
            broughtHere(node);
            return;
        }
        String via = message.via();
        // Under another name it speaks of topics that are not this gateway's.
        boolean same = message.label().equals(node.label);
        broughtElsewhere(nowMs, node, via != null && same && claims.isThere(via) ? via : null);
        intake.heard(nowMs, node, message, hearing.isUpToDate());
    }

    /** This gateway published the node's newest reading. */
    void broughtHere(NodeTrack node) {
        if (node.elsewhere) {
            node.elsewhere = false;
            node.keeper = null;
            sayEverything(node);
        }
    }

    /**
     * Another gateway, which may be unknown, published the node's newest reading.
     *
     * @param keeper that gateway if it is there to say whether the node is silent, else null
     */
    private void broughtElsewhere(long nowMs, NodeTrack node, @Nullable String keeper) {
        node.online = true;
        isElsewhere(nowMs, node, keeper);
    }

    /** The broker has readings of the node that came neither from here nor were they heard: whose they are is not known. */
    void broughtBySomebody(long nowMs, NodeTrack node) {
        node.online |= node.hadReadings;
        if (!node.learning) {
            node.learning = true;
            node.learningSinceMs = nowMs;
        }
        isElsewhere(nowMs, node, null);
    }

    private void isElsewhere(long nowMs, NodeTrack node, @Nullable String keeper) {
        nodes.leave(node);
        // Whoever brought it may never have thought so. What the broker kept is no news: what was said since is still
        // to be heard.
        if (node.saidOffline && node.online && hearing.isUpToDate()) {
            nodes.mustSay(node, NodeTrack.Topic.STATUS);
        }
        node.elsewhere = true;
        node.keeper = keeper == null ? null : gateways.of(keeper);
        node.heardAtMs = nowMs;
        nextSilenceMs = Math.min(nextSilenceMs, node.quietUntilMs());
    }

    /** A gateway went: of the nodes that it brought, nobody in particular says whether they are silent. */
    void gatewayWent(String gateway) {
        nextSilenceMs = Long.MIN_VALUE;
        nodes.forEach(node -> {
            if (gateway.equals(node.keeper)) {
                node.keeper = null;
            }
        });
    }

    /**
     * A gateway came. If it had not said goodbye, it may have lost its memory all the same, and with it the nodes that it brought. They have the
     * time to be heard of that a mesh needs. One whose pace is not known here is left to it, since who guesses would call slow nodes silent.
     */
    void gatewayCame(long nowMs, String gateway) {
        nextSilenceMs = Long.MIN_VALUE;
        nodes.forEach(node -> {
            if (gateway.equals(node.keeper) && node.isPaceKnown()) {
                node.keeper = null;
                node.excuse(nowMs, 0);
            }
        });
    }

    /** Nodes that were not heard of for too long are offline, and sensors are forgotten. Only while the broker hears this gateway. */
    void lookForSilence(long nowMs) {
        if (missingFromMs != NEVER && !hearing.isUpToDate()) {
            othersWereThere = false;
            missingFromMs = nowMs + MISSING_AFTER_MS; // Who is deaf has to hear for as long again.
        } else if (nowMs >= missingFromMs) {
            lookForMissing(nowMs);
        }
        if (nowMs <= nextSilenceMs) {
            return;
        }
        nextSilenceMs = Long.MAX_VALUE;
        nodes.forEach(node -> {
            if (node.online && node.keeper == null && node.isSilent(nowMs)) {
                nodes.setOnline(node, false);
            }
            boolean learned = node.hasLearned(nowMs);
            node.learning &= !learned;
            boolean old = node.growsOld(nowMs);
            if (node.forgetSilentSensors(nowMs) || learned || old) {
                nodes.markDirty(node, NodeTrack.Topic.INFO);
            }
            nextSilenceMs = Math.min(nextSilenceMs, node.quietUntilMs());
        });
    }

    /**
     * Nodes that died while there was no gateway: once after this one began, which knows them from the broker's pages alone. Another gateway
     * that is there may know better how often they speak.
     */
    private void lookForMissing(long nowMs) {
        if (claims.hasOthers() && !othersWereThere) {
            othersWereThere = true;
            missingFromMs = nowMs + SURELY_MISSING_AFTER_MS - MISSING_AFTER_MS;
            return;
        }
        missingFromMs = NEVER;
        formerNames().forEach(name -> own.putOfNode(payloads.nodeStatus(name, false)));
        namesOfBefore.clear();
        ledger.forEachOfBefore((id, label) -> {
            NodeTrack node = nodes.get(id);
            if (node == null && !nodes.isNameInUse(label) || node != null && !node.hadReadings) {
                own.putOfNode(payloads.nodeStatus(label, false));
            }
        });
    }
}
