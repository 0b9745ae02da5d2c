package io.thicket.agent.coap;

import org.eclipse.californium.core.network.Exchange;
import org.eclipse.californium.core.server.ServerMessageDeliverer;
import org.eclipse.californium.core.server.resources.Resource;
import org.eclipse.californium.elements.config.Configuration;

/** Brings a request to the proxy or to a resource. */
final class NodeDeliverer extends ServerMessageDeliverer {
    private final MeshProxy proxy;

    NodeDeliverer(Resource root, Configuration configuration, MeshProxy proxy) {
        super(root, configuration);
        this.proxy = proxy;
    }

    @Override
    protected boolean preDeliverRequest(Exchange exchange) {
        return proxy.handle(exchange, MeshConnector.isBehind(exchange));
    }
}
