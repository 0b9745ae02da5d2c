package io.thicket.gateway.bridge;

import io.thicket.routing.NodeId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message of the broker on one of the {@link Bridge#subscriptions}, read: its topic, its properties, and its payload if a bridge acts on
 * that. Bridges change nothing in it, so that those of one site in one process (a simulation's) can share it instead of reading the
 * same text once each.
 */
public abstract sealed class Heard {
    private static final Heard OTHER = new Other();

    private Heard() {}

    /** Reads a message; whatever others wrote into the broker is some message. */
    public static Heard of(TopicScheme topics, String topic, String payload, Map<String, String> properties) {
        String data = topics.labelOfData(topic);
        if (data != null) {
            return reading(data, properties);
        }
        String published = topics.labelOfPublished(topic);
        if (published != null) {
            LedgerPage page = LedgerPage.parse(payload);
            return page == null ? OTHER : new Page(published, page);
        }
        String status = topics.gatewayOfStatus(topic);
        if (status != null) {
            return new Status(status, Payloads.ONLINE.equals(payload));
        }
        String claim = topics.gatewayOfClaim(topic);
        if (claim != null) {
            List<NodeId> nodes = LedgerPage.nodeIds(payload);
            if (!nodes.isEmpty()) {
                return new NodeClaim(claim, nodes);
            }
            LedgerPage page = LedgerPage.parse(payload);
            return page == null ? OTHER : new Claim(claim, page);
        }
        String sync = topics.gatewayOfSync(topic);
        return sync == null ? OTHER : new Sync(sync, payload);
    }

    private static Heard reading(String label, Map<String, String> properties) {
        String id = properties.get("id");
        NodeId node = LedgerPage.nodeId(properties.get("node"));
        int epochAt = id == null ? 0 : id.indexOf('/') + 1;
        int seqAt = id == null || epochAt == 0 ? 0 : id.indexOf('/', epochAt) + 1;
        if (id == null || node == null || seqAt == 0) {
            return OTHER; // Not from a gateway of this version.
        }
        long epoch = LedgerPage.number(id.substring(epochAt, seqAt - 1));
        long seq = LedgerPage.number(id.substring(seqAt));
        return epoch < 0 || seq < 0
                ? OTHER
                : new Reading(label, new HeldReading.Key(node, epoch, seq), properties.get("via"), id);
    }

    /** A reading that some gateway published. */
    static final class Reading extends Heard {
        final String label;
        final HeldReading.Key key;
        /** The gateway, null if it is not said. */
        final @Nullable String via;
        /** As it stands in the message. */
        final String id;

        private Reading(String label, HeldReading.Key key, @Nullable String via, String id) {
            this.label = label;
            this.key = key;
            this.via = via;
            this.id = id;
        }
    }

    /** Which readings of a node the broker has. */
    static final class Page extends Heard {
        final String label;
        final LedgerPage page;

        private Page(String label, LedgerPage page) {
            this.label = label;
            this.page = page;
        }
    }

    /** A gateway came or went. */
    static final class Status extends Heard {
        final String gateway;
        final boolean online;

        private Status(String gateway, boolean online) {
            this.gateway = gateway;
            this.online = online;
        }
    }

    /** What a gateway is about to publish. */
    static final class Claim extends Heard {
        final String gateway;
        final LedgerPage page;

        private Claim(String gateway, LedgerPage page) {
            this.gateway = gateway;
            this.page = page;
        }
    }

    /** Whose readings a gateway is going to publish. */
    static final class NodeClaim extends Heard {
        final String gateway;
        final List<NodeId> nodes;

        private NodeClaim(String gateway, List<NodeId> nodes) {
            this.gateway = gateway;
            this.nodes = nodes;
        }
    }

    /** What a gateway said to itself. */
    static final class Sync extends Heard {
        final String gateway;
        final String marker;

        private Sync(String gateway, String marker) {
            this.gateway = gateway;
            this.marker = marker;
        }
    }

    /** A message that says nothing to a bridge. */
    private static final class Other extends Heard {}
}
