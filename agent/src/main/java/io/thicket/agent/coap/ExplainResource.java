package io.thicket.agent.coap;

import io.thicket.routing.NodeId;
import org.eclipse.californium.core.network.Exchange;

/** {@code /explain?node=NODE}: why this node goes to NODE as it does. */
final class ExplainResource extends NodeQueryResource {
    private final CoapHost host;

    ExplainResource(CoapHost host, GatewayDirectory directory, Patience patience) {
        super("explain", "Why this node goes to another as it does", directory, patience);
        this.host = host;
    }

    @Override
    void answer(Exchange exchange, NodeId node) {
        respond(exchange, ExplainPage.explain(host.snapshot(), node, host.explain(node)));
    }
}
