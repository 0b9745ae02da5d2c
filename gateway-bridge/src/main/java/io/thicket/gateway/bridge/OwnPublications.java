package io.thicket.gateway.bridge;

import io.thicket.routing.NodeId;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the gateway itself has to publish: first what is of the gateway (its status, info, metrics and markers), then what is of nodes (pages, status, names
 * that were given up) and claims, the oldest first. Of each topic only the newest, but for claims, of which each counts.
 */
final class OwnPublications {
    /**
     * With so many waiting no name is cleared and nothing claimed any more. Pages, and the status of nodes that are missing, are one for each node of the
     * site, which is bounded; only who renames node upon node while there is no broker comes here, since each old name leaves four topics to clear.
     */
    static final int MAX = 4 * Bridge.MAX_NODES;

    /** Nodes in one claim of whole nodes: 1 KiB. */
    static final int NODES_IN_CLAIM = 64;

    /** Characters of one of them. */
    private static final int NODE_IN_CLAIM = 17;

    private final TopicScheme topics;
    private final Payloads payloads;
    private final BridgeCounters counters;
    private final Work work;
    private final String statusTopic;
    private final String infoTopic;
    private final String metricsTopic;
    private final String syncTopic;
    /** By topic. A marker that waited for thousands of names to be cleared would come back too late: the gateway would think itself deaf. */
    private final Map<String, Publication> ofGateway = new LinkedHashMap<>();

    /** By topic; claims by topic and text. */
    private final Map<String, Publication> waiting = new LinkedHashMap<>();
    /** What is larger than the broker takes is not sent, and readings that cannot be claimed are not published. */
    private int maxClaimText = LedgerPage.MAX_CLAIM_TEXT;

    /** None yet, of the gateway {@code self}. */
    OwnPublications(TopicScheme topics, Payloads payloads, GatewayIdentity self, BridgeCounters counters, Work work) {
        this.work = work;
        this.topics = topics;
        this.payloads = payloads;
        this.counters = counters;
        this.statusTopic = topics.gatewayStatus(self.name());
        this.infoTopic = topics.gatewayInfo(self.name());
        this.metricsTopic = topics.gatewayMetrics(self.name());
        this.syncTopic = topics.gatewaySync(self.name());
    }

    boolean isEmpty() {
        return ofGateway.isEmpty() && waiting.isEmpty();
    }

    /** What is of the gateway itself: its status, info, metrics and markers. */
    void put(Publication publication) {
        ofGateway.put(publication.topic(), publication);
        work.mark();
    }

    /** What is of a node that is known: always taken. */
    void putOfNode(Publication publication) {
        waiting.put(publication.topic(), publication);
        work.mark();
    }

    /** What is retained there is no more. */
    void clear(String topic) {
        putIfRoom(topic, Payloads.clear(topic));
    }

    private void putIfRoom(String key, Publication publication) {
        if (waiting.size() < MAX || waiting.containsKey(key)) {
            waiting.put(key, publication);
            work.mark();
        } else {
            counters.add(BridgeCounter.PUBLICATIONS_DROPPED, 1);
        }
    }

    /** A marker, if there is one. */
    void putMarker(@Nullable String marker) {
        if (marker != null) {
            put(payloads.gatewaySync(marker));
        }
    }

    /** Claims of readings, as few messages as they fit into: after a power cut a gateway has readings of all its nodes at once. */
    void putClaims(List<LedgerPage> pages) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < pages.size(); i++) {
            String line = pages.get(i).toString();
            if (!lines.isEmpty() && lines.length() + 1 + line.length() > maxClaimText) {
                putClaim(payloads.claimOfReadings(lines.toString()));
                lines.setLength(0);
            }
            lines.append(lines.isEmpty() ? "" : "\n").append(line);
        }
        if (!lines.isEmpty()) {
            putClaim(payloads.claimOfReadings(lines.toString()));
        }
    }

    /** Claims of whole nodes, as few messages as they fit into. */
    void putClaimOf(List<NodeId> nodes) {
        int most = Math.min(NODES_IN_CLAIM, maxClaimText / NODE_IN_CLAIM);
        for (int first = 0; first < nodes.size(); first += most) {
            putClaim(payloads.claimOfNodes(nodes.subList(first, Math.min(nodes.size(), first + most))));
        }
    }

    private void putClaim(Publication claim) {
        putIfRoom(claim.topic() + ' ' + claim.payload(), claim);
    }

    /** The next one, which is no longer here; there must be one. */
    Publication take() {
        Map<String, Publication> first = ofGateway.isEmpty() ? waiting : ofGateway;
        Iterator<Publication> oldest = first.values().iterator();
        Publication publication = oldest.next();
        oldest.remove();
        return publication;
    }

    /** It was on its way when the connection was lost: it goes again, unless it is of no use then. */
    void takeBack(Publication publication) {
        boolean worthRepeating = publication.qos() > 0
                && topics.gatewayOfClaim(publication.topic()) == null
                && !publication.topic().equals(syncTopic);
        if (worthRepeating) {
            (isOfGateway(publication) ? ofGateway : waiting).putIfAbsent(publication.topic(), publication);
        }
    }

    /** A new connection: claims are void, and pages are made anew, but for those of names that were given up: these are to be cleared still. */
    void connected(BrokerLimits limits) {
        long room = limits.maximumPacketBytes() - payloads.claimOfReadings("").packetBytes();
        maxClaimText = (int) Math.max(NODE_IN_CLAIM, Math.min(LedgerPage.MAX_CLAIM_TEXT, room));
        waiting.values().removeIf(own -> isPage(own) || topics.gatewayOfClaim(own.topic()) != null);
    }

    /** Of what goes again, which markers do not. */
    private boolean isOfGateway(Publication own) {
        return own.topic().equals(statusTopic)
                || own.topic().equals(infoTopic)
                || own.topic().equals(metricsTopic);
    }

    private boolean isPage(Publication own) {
        return topics.labelOfPublished(own.topic()) != null && !own.payload().isEmpty();
    }
}
