package io.thicket.gateway.bridge;

import org.jspecify.annotations.Nullable;

/** A publication without its PUBACK: of a reading, of a node's retained topic, or of the gateway. */
final class InFlight {
    final String topic;
    final @Nullable HeldReading reading;
    final @Nullable NodeTrack node;
    final NodeTrack.@Nullable Topic nodeTopic;
    final @Nullable Publication control;

    InFlight(
            Publication publication,
            @Nullable HeldReading reading,
            @Nullable NodeTrack node,
            NodeTrack.@Nullable Topic nodeTopic) {
        this.topic = publication.topic();
        this.reading = reading;
        this.node = node;
        this.nodeTopic = nodeTopic;
        this.control = reading == null && node == null ? publication : null;
    }
}
