package io.thicket.agent.coap;

import io.thicket.agent.node.NodeSnapshot;
import io.thicket.agent.senml.JsonWriter;
import io.thicket.routing.NodeId;
import io.thicket.routing.RouteExplanation;
import io.thicket.routing.RouteNote;
import io.thicket.routing.RoutingSnapshot;
import io.thicket.routing.TraceReport;
import java.util.List;
import java.util.Optional;

/** The pages {@code /explain} and {@code /trace} as JSON. Field names are public API (docs/coap.md). */
final class ExplainPage {
    private ExplainPage() {}

    /** What this node holds about {@code destination} and why. */
    static byte[] explain(NodeSnapshot node, NodeId destination, Optional<RouteExplanation> held) {
        JsonWriter json = new JsonWriter().beginObject();
        json.name("self").value(node.id().toString());
        json.name("destination").value(destination.toString());
        json.name("label").value(Words.label(node, destination));
        json.name("isSelf").value(destination.equals(node.id()));
        json.name("known").value(held.isPresent());
        held.ifPresent(explanation -> route(json, node, explanation));
        gateways(json, node);
        return json.endObject().toBytes();
    }

    private static void route(JsonWriter json, NodeSnapshot node, RouteExplanation explanation) {
        RoutingSnapshot.Route route = explanation.route();
        NodeId nextHop = route.nextHop();
        json.name("state").value(Words.word(route.state()));
        json.name("nextHop").value(nextHop == null ? null : nextHop.toString());
        json.name("nextHopLabel").value(nextHop == null ? null : Words.label(node, nextHop));
        json.name("seq").value(route.seq().toString());
        json.name("metric").value(route.metric());
        json.name("hops").value(route.hops());
        json.name("feasibleSeq").value(route.feasibleSeq().toString());
        json.name("feasibleMetric").value(route.feasibleMetric());
        json.name("validForMs").value(route.validForMs());
        json.name("alternates").beginArray();
        for (RouteExplanation.Alternate alternate : explanation.alternates()) {
            json.beginObject();
            json.name("neighbor").value(alternate.neighbor().toString());
            json.name("label").value(Words.label(node, alternate.neighbor()));
            json.name("seq").value(alternate.seq().toString());
            json.name("advertised").value(alternate.advertised());
            json.name("cost").value(alternate.cost());
            json.name("storedAgoMs").value(alternate.storedAgoMs());
            json.name("verdict").value(Words.word(alternate.verdict()));
            json.name("text").value(Words.text(alternate.verdict()));
            json.endObject();
        }
        json.endArray().name("reasons").beginArray();
        for (RouteNote note : route.reasons()) {
            NodeId neighbor = note.neighbor();
            String label = neighbor == null ? "nobody" : Words.label(node, neighbor);
            json.beginObject();
            json.name("agoMs").value(explanation.nowMs() - note.atMs());
            json.name("reason").value(Words.word(note.reason()));
            json.name("neighbor").value(neighbor == null ? null : neighbor.toString());
            json.name("label").value(neighbor == null ? null : label);
            json.name("times").value(note.times());
            json.name("text").value(Words.text(note.reason(), label));
            json.endObject();
        }
        json.endArray();
    }

    private static void gateways(JsonWriter json, NodeSnapshot node) {
        NodeId pinned = node.routing().pinnedGateway();
        json.name("gateways").beginArray();
        for (RoutingSnapshot.Gateway gateway : node.routing().gateways()) {
            json.beginObject();
            json.name("id").value(gateway.id().toString());
            json.name("label").value(Words.label(node, gateway.id()));
            json.name("inUse").value(gateway.id().equals(pinned));
            json.name("metric").value(gateway.metric());
            json.name("hops").value(gateway.hops());
            json.name("uplink").value(gateway.uplink());
            json.name("accepting").value(gateway.accepting());
            json.name("loadPercent").value(gateway.loadPercent());
            json.endObject();
        }
        json.endArray();
    }

    /** What came of a trace. */
    static byte[] trace(NodeSnapshot node, TraceReport report) {
        JsonWriter json = new JsonWriter().beginObject();
        json.name("self").value(node.id().toString());
        json.name("target").value(report.target().toString());
        json.name("label").value(Words.label(node, report.target()));
        json.name("end").value(Words.word(report.end()));
        json.name("rttMs").value(report.rttMs());
        hops(json.name("forth"), node, report.forth());
        hops(json.name("back"), node, report.back());
        return json.endObject().toBytes();
    }

    private static void hops(JsonWriter json, NodeSnapshot node, List<TraceReport.Hop> hops) {
        json.beginArray();
        for (TraceReport.Hop hop : hops) {
            json.beginObject();
            json.name("id").value(hop.id().toString());
            json.name("label").value(Words.label(node, hop.id()));
            json.name("metric").value(hop.metric());
            json.name("reason").value(Words.word(hop.reason()));
            json.name("queued").value(hop.queued());
            json.name("rttMs").value(hop.rttMs());
            json.endObject();
        }
        json.endArray();
    }
}
