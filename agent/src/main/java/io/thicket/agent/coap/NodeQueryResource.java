package io.thicket.agent.coap;

import io.thicket.routing.NodeId;
import java.util.Optional;
import org.eclipse.californium.core.CoapResource;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.MediaTypeRegistry;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.network.Exchange;
import org.eclipse.californium.core.server.resources.CoapExchange;

/**
 * A question about another node: {@code GET /NAME?node=NODE}, answered as JSON, now or later. A name that is not known here is
 * looked up at the gateway first.
 */
abstract class NodeQueryResource extends CoapResource {
    private final GatewayDirectory directory;
    private final Patience patience;

    NodeQueryResource(String name, String title, GatewayDirectory directory, Patience patience) {
        super(name);
        this.directory = directory;
        this.patience = patience;
        getAttributes().setTitle(title);
        getAttributes().addResourceType("thicket." + name);
        getAttributes().addContentType(MediaTypeRegistry.APPLICATION_JSON);
    }

    @Override
    public final void handleGET(CoapExchange exchange) {
        int accept = exchange.getRequestOptions().getAccept();
        if (accept != MediaTypeRegistry.UNDEFINED && accept != MediaTypeRegistry.APPLICATION_JSON) {
            exchange.respond(ResponseCode.NOT_ACCEPTABLE, "only content format 50");
            return;
        }
        String node = exchange.getQueryParameter("node");
        if (node == null || node.isEmpty()) {
            exchange.respond(ResponseCode.BAD_REQUEST, "about which node? ?node=NAME");
            return;
        }
        if (directory.resolve(node).isPresent() || directory.isFresh()) {
            resolved(exchange, node);
            return;
        }
        acknowledgeLater(exchange.advanced());
        directory.refresh(() -> resolved(exchange, node));
    }

    private void resolved(CoapExchange exchange, String node) {
        Optional<NodeId> id = directory.resolve(node);
        if (id.isEmpty()) {
            exchange.respond(ResponseCode.NOT_FOUND, "no node is known as '" + node + "'");
            return;
        }
        answer(exchange.advanced(), id.get());
    }

    /** The answer may take longer than a client waits. */
    final void acknowledgeLater(Exchange exchange) {
        patience.acknowledgeLater(exchange, MeshConnector.isBehind(exchange));
    }

    abstract void answer(Exchange exchange, NodeId node);

    static void respond(Exchange exchange, byte[] json) {
        Response response = new Response(ResponseCode.CONTENT);
        response.setPayload(json);
        response.getOptions()
                .setContentFormat(MediaTypeRegistry.APPLICATION_JSON)
                .setMaxAge(PageResource.MAX_AGE_S);
        new CoapExchange(exchange).respond(response);
    }
}
