package io.thicket.gateway.bridge;

import io.thicket.routing.NodeId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message of the broker on one of the {@link Bridge#subscriptions}, read: what a reading's topic and properties say. Immutable, so that
 * bridges of one site in one process (a simulation's) can share it instead of reading the same text once each.
 *
 * @param topic of the message
 * @param payload of the message
 * @param data the label of the node that has a reading here, null if it is no reading
 * @param node of the reading, null if its properties are not of this version
 * @param epoch of the reading, -1 for none
 * @param seq of the reading, -1 for none
 * @param via the gateway that published the reading, null for none
 * @param id of the reading as it stands in the message, null for none
 */
public record Heard(
        String topic,
        String payload,
        @Nullable String data,
        @Nullable NodeId node,
        long epoch,
        long seq,
        @Nullable String via,
        @Nullable String id) {

    /** Reads a message; whatever others wrote into the broker is some message. */
    public static Heard of(TopicScheme topics, String topic, String payload, Map<String, String> properties) {
        String data = topics.labelOfData(topic);
        if (data == null) {
            return new Heard(topic, payload, null, null, -1, -1, null, null);
        }
        String id = properties.get("id");
        String[] identity = id == null ? new String[0] : id.split("/", -1);
        long epoch = identity.length == 3 ? LedgerPage.number(identity[1]) : -1;
        long seq = identity.length == 3 ? LedgerPage.number(identity[2]) : -1;
        NodeId node = LedgerPage.nodeId(properties.get("node"));
        return new Heard(topic, payload, data, node, epoch, seq, properties.get("via"), id);
    }
}
