package io.thicket.gateway.bridge;

import io.thicket.routing.NodeId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a bridge makes of a message, by its topic. */
sealed interface HeardMessage extends Heard {
    /** A message that says nothing to a bridge. */
    HeardMessage OTHER = new Other();

    /** See {@link Heard#of}. */
    static HeardMessage read(TopicScheme topics, String topic, String payload, Map<String, String> properties) {
        String data = topics.labelOfData(topic);
        if (data != null) {
            return reading(data, payload, properties);
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
            return claim(claim, payload);
        }
        String sync = topics.gatewayOfSync(topic);
        return sync == null ? OTHER : new Sync(sync, payload);
    }

    private static HeardMessage claim(String gateway, String payload) {
        List<NodeId> nodes = LedgerPage.nodeIds(payload);
        if (!nodes.isEmpty()) {
            return new NodeClaim(gateway, nodes);
        }
        List<LedgerPage> pages = LedgerPage.parseLines(payload);
        return pages.isEmpty() ? OTHER : new Claim(gateway, pages);
    }

    private static HeardMessage reading(String label, String payload, Map<String, String> properties) {
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
                : new Reading(
                        label,
                        new HeldReading.Key(node, epoch, seq),
                        properties.get("via"),
                        id,
                        properties.get("hops"),
                        properties.get("clk"),
                        new HeardPack(payload));
    }

    /**
     * A reading that some gateway published.
     *
     * @param via the gateway, null if it is not said
     * @param id as it stands in the message
     * @param hops as it stands there, null if it is not said
     * @param clock whose clock its time stands on, as it stands there, null if it is not said
     */
    record Reading(
            String label,
            HeldReading.Key key,
            @Nullable String via,
            String id,
            @Nullable String hops,
            @Nullable String clock,
            HeardPack pack)
            implements HeardMessage {}

    /** Which readings of a node the broker has. */
    record Page(String label, LedgerPage page) implements HeardMessage {}

    /** A gateway came or went. */
    record Status(String gateway, boolean online) implements HeardMessage {}

    /** What a gateway is about to publish, a page for each node. */
    record Claim(String gateway, List<LedgerPage> pages) implements HeardMessage {
        public Claim {
            pages = List.copyOf(pages);
        }
    }

    /** Whose readings a gateway is going to publish. */
    record NodeClaim(String gateway, List<NodeId> nodes) implements HeardMessage {
        public NodeClaim {
            nodes = List.copyOf(nodes);
        }
    }

    /** What a gateway said to itself. */
    record Sync(String gateway, String marker) implements HeardMessage {}

    /** See {@link #OTHER}. */
    record Other() implements HeardMessage {}
}
