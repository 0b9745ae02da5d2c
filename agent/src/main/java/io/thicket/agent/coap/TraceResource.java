package io.thicket.agent.coap;

import io.thicket.routing.MeshRouter.Refusal;
import io.thicket.routing.NodeId;
import io.thicket.routing.TraceReport;
import java.util.List;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.network.Exchange;
import org.eclipse.californium.core.server.resources.CoapExchange;

/** {@code /trace?node=NODE}: asks every hop on the way to NODE and back; the answer takes up to five seconds. */
final class TraceResource extends NodeQueryResource {
    private static final int RETRY_AFTER_S = 1;

    private final CoapHost host;

    TraceResource(CoapHost host, GatewayDirectory directory, Patience patience) {
        super("trace", "The hops to another node and back", directory, patience);
        this.host = host;
    }

    @Override
    void answer(Exchange exchange, NodeId node) {
        long result = host.trace(node, report -> respond(exchange, ExplainPage.trace(host.snapshot(), report)));
        if (result > 0) {
            acknowledgeLater(exchange);
        } else if (result == Refusal.NO_ROUTE) {
            TraceReport nothing = new TraceReport(0, node, TraceReport.End.NO_ROUTE, -1, List.of(), List.of());
            respond(exchange, ExplainPage.trace(host.snapshot(), nothing));
        } else {
            CoapExchange refused = new CoapExchange(exchange);
            refused.setMaxAge(RETRY_AFTER_S);
            refused.respond(ResponseCode.SERVICE_UNAVAILABLE, "too many traces at one time; try again");
        }
    }
}
