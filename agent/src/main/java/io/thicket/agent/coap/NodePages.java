package io.thicket.agent.coap;

import io.thicket.agent.node.NodeSnapshot;
import io.thicket.routing.NodeId;
import io.thicket.routing.RouteExplanation;
import io.thicket.routing.TraceReport;
import java.util.List;
import java.util.Optional;

/**
 * The pages of a node for whoever has it in the same process, the simulator's console for one: the very bytes that its CoAP
 * resources answer (docs/coap.md).
 */
public final class NodePages {
    private NodePages() {}

    /** {@code /status}. */
    public static byte[] status(NodeSnapshot node) {
        return Pages.status(node);
    }

    /** {@code /routes}. */
    public static byte[] routes(NodeSnapshot node) {
        return Pages.routes(node);
    }

    /** {@code /neighbors}. */
    public static byte[] neighbors(NodeSnapshot node) {
        return Pages.neighbors(node);
    }

    /** {@code /explain?node=destination}; {@code held} is what the node's router says about it. */
    public static byte[] explain(NodeSnapshot node, NodeId destination, Optional<RouteExplanation> held) {
        return ExplainPage.explain(node, destination, held);
    }

    /** {@code /trace?node=...} with that outcome. */
    public static byte[] trace(NodeSnapshot node, TraceReport report) {
        return ExplainPage.trace(node, report);
    }

    /** {@code /trace?node=target} of a node that knows no way there, so that no trace was sent. */
    public static byte[] noWay(NodeSnapshot node, NodeId target) {
        return ExplainPage.trace(node, new TraceReport(0, target, TraceReport.End.NO_ROUTE, -1, List.of(), List.of()));
    }
}
