package io.thicket.agent.coap;

import io.thicket.routing.NodeId;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.californium.core.CoapResource;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.MediaTypeRegistry;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.network.Exchange;
import org.eclipse.californium.core.server.resources.CoapExchange;

/** A question about another node: {@code GET /NAME?node=NODE}, answered as JSON, now or later. */
abstract class NodeQueryResource extends CoapResource {
    private final Function<String, Optional<NodeId>> resolver;

    NodeQueryResource(String name, String title, Function<String, Optional<NodeId>> resolver) {
        super(name);
        this.resolver = resolver;
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
        Optional<NodeId> id = resolver.apply(node);
        if (id.isEmpty()) {
            exchange.respond(ResponseCode.NOT_FOUND, "no node is known as " + node);
            return;
        }
        answer(exchange.advanced(), id.get());
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
