package io.thicket.agent.node;

import io.thicket.agent.coap.CoapSettings;
import io.thicket.agent.outbox.OutboxLimits;
import io.thicket.routing.Identity;
import io.thicket.routing.MeshRouter;
import io.thicket.routing.engine.RouterConfig;
import java.util.function.UnaryOperator;

/**
 * What a node is, as opposed to what it runs on ({@link NodePorts}).
 *
 * @param version of the software
 * @param identity its NodeId, name and roles; its epoch is this boot's
 * @param routerConfig the engine's settings, keys included
 * @param outbox bounds of the outbox
 * @param coap what the CoAP side listens on
 * @param routerWrapper what the node talks to instead of its router, which it is given: a recorder, or the router itself
 */
public record NodeSettings(
        String version,
        Identity identity,
        RouterConfig routerConfig,
        OutboxLimits outbox,
        CoapSettings coap,
        UnaryOperator<MeshRouter> routerWrapper) {
    /** A node that talks to its router itself. */
    public NodeSettings(
            String version, Identity identity, RouterConfig routerConfig, OutboxLimits outbox, CoapSettings coap) {
        this(version, identity, routerConfig, outbox, coap, UnaryOperator.identity());
    }

    public String name() {
        return identity.name();
    }

    public long epoch() {
        return identity.epoch();
    }
}
