package io.thicket.agent.node;

import io.thicket.agent.coap.CoapSettings;
import io.thicket.agent.outbox.OutboxLimits;
import io.thicket.routing.Identity;

/**
 * What a node is, as opposed to what it runs on ({@link NodePorts}).
 *
 * @param version of the software
 * @param identity its NodeId, name and roles; its epoch is this boot's
 * @param outbox bounds of the outbox
 * @param coap what the CoAP side listens on
 */
public record NodeSettings(String version, Identity identity, OutboxLimits outbox, CoapSettings coap) {
    public String name() {
        return identity.name();
    }

    public long epoch() {
        return identity.epoch();
    }
}
