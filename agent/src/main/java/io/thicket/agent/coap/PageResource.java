package io.thicket.agent.coap;

import java.util.function.Supplier;
import org.eclipse.californium.core.CoapResource;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.MediaTypeRegistry;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.network.Exchange;
import org.eclipse.californium.core.server.resources.CoapExchange;

/** A page about the node in one content format, observable: {@code /status}, {@code /routes} and their like. */
class PageResource extends CoapResource {
    /** How long a page may be kept by a cache, in s. */
    static final int MAX_AGE_S = 1;

    private final int contentFormat;
    private final Supplier<byte[]> page;

    PageResource(String name, String title, int contentFormat, Supplier<byte[]> page) {
        super(name);
        this.contentFormat = contentFormat;
        this.page = page;
        setObservable(true);
        getAttributes().setTitle(title);
        getAttributes().addResourceType("thicket." + name);
        getAttributes().addInterfaceDescription("core.rp");
        getAttributes().addContentType(contentFormat);
        getAttributes().setObservable();
    }

    @Override
    public final void handleGET(CoapExchange exchange) {
        int accept = exchange.getRequestOptions().getAccept();
        if (accept != MediaTypeRegistry.UNDEFINED && accept != contentFormat) {
            exchange.respond(ResponseCode.NOT_ACCEPTABLE, "only content format " + contentFormat);
            return;
        }
        answer(exchange.advanced());
    }

    /** Answers now, or later. */
    void answer(Exchange exchange) {
        respond(exchange);
    }

    /** Answers with the page as it is now. */
    final void respond(Exchange exchange) {
        Response response = new Response(ResponseCode.CONTENT);
        response.setPayload(page.get());
        response.getOptions().setContentFormat(contentFormat).setMaxAge(MAX_AGE_S);
        new CoapExchange(exchange).respond(response);
    }
}
