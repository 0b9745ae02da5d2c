package io.thicket.agent.coap;

import java.util.function.Supplier;
import org.eclipse.californium.core.coap.MediaTypeRegistry;
import org.eclipse.californium.core.network.Exchange;

/** {@code /nodes}: asks the gateway for what it knows first, if that is not fresh. */
final class NodesResource extends PageResource {
    private final GatewayDirectory directory;
    private final Patience patience;

    NodesResource(GatewayDirectory directory, Patience patience, Supplier<byte[]> page) {
        super("nodes", "Nodes of the mesh", MediaTypeRegistry.APPLICATION_JSON, page);
        this.directory = directory;
        this.patience = patience;
    }

    @Override
    void answer(Exchange exchange) {
        if (directory.isFresh()) {
            respond(exchange);
            return;
        }
        patience.acknowledgeLater(exchange, MeshConnector.isBehind(exchange));
        directory.refresh(() -> respond(exchange));
    }
}
