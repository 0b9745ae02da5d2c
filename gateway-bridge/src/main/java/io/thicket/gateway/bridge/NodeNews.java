package io.thicket.gateway.bridge;

import io.thicket.routing.NodeId;
import org.jspecify.annotations.Nullable;

/** What the broker is told of nodes: who became known, is called differently, is forgotten or fell silent. */
final class NodeNews {
    private final TopicScheme topics;
    private final NodeRegister nodes;
    private final Ledger ledger;
    private final OwnPublications own;
    private final BridgeCounters counters;

    /** Until then, included, no node and no sensor that is known can have been silent for too long. */
    private long nextSilenceMs = Long.MIN_VALUE;

    NodeNews(TopicScheme topics, NodeRegister nodes, Ledger ledger, OwnPublications own, BridgeCounters counters) {
        this.topics = topics;
        this.nodes = nodes;
        this.ledger = ledger;
        this.own = own;
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
        } else if (!node.label.equals(label)) {
            String old = node.label;
            node.label = label;
            rename(node, old);
        }
        return node;
    }

    /** Removes what is retained under the old name, unless another node has it, and says everything under the new one. */
    private void rename(NodeTrack node, String old) {
        if (!nodes.isNameInUse(old)) {
            own.put(Payloads.clear(topics.nodeStatus(old)));
            own.put(Payloads.clear(topics.nodeInfo(old)));
            own.put(Payloads.clear(topics.nodeState(old)));
            own.put(Payloads.clear(topics.published(old)));
        }
        ledger.renamed(node.id, node.label);
        sayEverything(node);
    }

    /** The broker may know nothing of any node. */
    void sayEverything() {
        nodes.forEach(this::sayEverything);
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

    /** Nodes that were not heard of for too long are offline, and sensors are forgotten. */
    void lookForSilence(long nowMs) {
        if (nowMs <= nextSilenceMs) {
            return;
        }
        nextSilenceMs = Long.MAX_VALUE;
        nodes.forEach(node -> {
            if (node.online && nowMs - node.heardAtMs > node.onlineLifeMs()) {
                nodes.setOnline(node, false);
            }
            if (node.forgetSilentSensors(nowMs)) {
                nodes.markDirty(node, NodeTrack.Topic.INFO);
            }
            nextSilenceMs = Math.min(nextSilenceMs, node.quietUntilMs());
        });
    }
}
