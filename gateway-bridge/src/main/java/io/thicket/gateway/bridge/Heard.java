package io.thicket.gateway.bridge;

import java.util.Map;

/**
 * A message of the broker on one of the {@link Bridge#subscriptions}, read: its topic, its properties, and its payload if a bridge acts on
 * that. Bridges change nothing in it, so that those of one site in one process (a simulation's) can share it instead of reading the
 * same text once each.
 */
public sealed interface Heard permits HeardMessage {
    /** Reads a message; whatever others wrote into the broker is some message. */
    static Heard of(TopicScheme topics, String topic, String payload, Map<String, String> properties) {
        return HeardMessage.read(topics, topic, payload, properties);
    }
}
