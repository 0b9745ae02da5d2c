package io.thicket.gateway.bridge;

import io.thicket.routing.MessageId;

/** A message whose readings are not all acknowledged yet. */
final class WaitingMessage {
    final MessageId id;
    int remaining;
    boolean refused;

    WaitingMessage(MessageId id) {
        this.id = id;
    }
}
