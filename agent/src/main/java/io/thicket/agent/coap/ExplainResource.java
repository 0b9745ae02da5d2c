package io.thicket.agent.coap;

import io.thicket.routing.NodeId;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.californium.core.network.Exchange;

/** {@code /explain?node=NODE}: why this node goes to NODE as it does. */
final class ExplainResource extends NodeQueryResource {
    private final CoapHost host;

    ExplainResource(CoapHost host, Function<String, Optional<NodeId>> resolver) {
        super("explain", "Why this node goes to another as it does", resolver);
        this.host = host;
    }

    @Override
    void answer(Exchange exchange, NodeId node) {
        respond(exchange, ExplainPage.explain(host.snapshot(), node, host.explain(node)));
    }
}
