package io.thicket.agent.coap;

import io.thicket.agent.node.NodeCounter;
import io.thicket.agent.node.NodeSnapshot;
import io.thicket.agent.senml.JsonWriter;
import io.thicket.drivers.bus.UnitHealth;
import io.thicket.routing.Alarm;
import io.thicket.routing.Identity;
import io.thicket.routing.LinkId;
import io.thicket.routing.NodeId;
import io.thicket.routing.RoutingCounter;
import io.thicket.routing.RoutingSnapshot;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The pages about a node as JSON. Field names are public API: docs/coap.md describes each, golden files hold them. */
final class Pages {
    private Pages() {}

    static byte[] status(NodeSnapshot node) {
        JsonWriter json = new JsonWriter().beginObject();
        json.name("name").value(node.name());
        json.name("id").value(node.id().toString());
        json.name("meshAddress").value(node.meshAddress());
        json.name("version").value(node.version());
        json.name("epoch").value(node.epoch());
        json.name("uptimeMs").value(node.uptimeMs());
        json.name("clockSynchronised").value(node.clockSynchronised());
        json.name("isGateway").value(node.routing().gateway());
        json.name("gateway").value(text(node.routing().pinnedGateway()));
        json.name("gatewayLabel")
                .value(
                        node.routing().pinnedGateway() == null
                                ? null
                                : Words.label(node, node.routing().pinnedGateway()));
        json.name("uplink").value(node.uplink());
        counts(json.name("uplinkCounters"), node.uplinkCounters());
        json.name("queued").value(node.routing().queued());
        outbox(json, node.outbox());
        lost(json, node);
        links(json, node);
        json.name("sensors").beginArray();
        node.sensors().forEach(sensor -> sensor(json, sensor, true));
        json.endArray();
        alarms(json, node);
        json.name("counters").beginObject();
        for (NodeCounter counter : NodeCounter.values()) {
            json.name(camelCase(counter)).value(node.counters().getOrDefault(counter, 0L));
        }
        for (RoutingCounter counter : RoutingCounter.values()) {
            json.name(camelCase(counter)).value(node.routing().counters().getOrDefault(counter, 0L));
        }
        return json.endObject().endObject().toBytes();
    }

    private static void outbox(JsonWriter json, NodeSnapshot.OutboxStatus outbox) {
        json.name("outbox").beginObject();
        json.name("waiting").value(outbox.waiting());
        json.name("limit").value(outbox.limit());
        json.name("oldestMs").value(outbox.oldestMs());
        json.endObject();
    }

    private static void lost(JsonWriter json, NodeSnapshot node) {
        json.name("lost").beginArray();
        for (NodeSnapshot.LostReading reading : node.lost()) {
            json.beginObject();
            json.name("id").value(reading.id());
            json.name("reason").value(Words.word(reading.reason()));
            json.name("agoMs").value(reading.agoMs());
            json.endObject();
        }
        json.endArray();
    }

    private static void counts(JsonWriter json, Map<? extends Enum<?>, Long> counts) {
        json.beginObject();
        counts.forEach((counter, count) -> json.name(camelCase(counter)).value((long) count));
        json.endObject();
    }

    private static void links(JsonWriter json, NodeSnapshot node) {
        json.name("links").beginArray();
        for (int i = 0; i < node.links().size(); i++) {
            NodeSnapshot.LinkStatus link = node.links().get(i);
            json.beginObject();
            json.name("name").value(link.name());
            json.name("class").value(Words.word(link.info().linkClass()));
            json.name("rateKbps").value(link.info().rateKbps());
            json.name("mtuBytes").value(link.info().mtuBytes());
            json.name("up").value(link.info().up());
            json.name("problem").value(link.problem());
            counts(json.name("counters"), link.counts());
            airtime(json, node.routing(), new LinkId(i));
            json.endObject();
        }
        json.endArray();
    }

    /** Of a link with a duty only. */
    private static void airtime(JsonWriter json, RoutingSnapshot routing, LinkId link) {
        for (RoutingSnapshot.Airtime airtime : routing.airtime()) {
            if (airtime.link().equals(link)) {
                json.name("airtime").beginObject();
                json.name("perHourMs").value(airtime.perHourMs());
                json.name("usedMs").value(airtime.usedMs());
                json.name("availableMs").value(airtime.availableMs());
                json.name("controlMs").value(airtime.controlMs());
                json.endObject();
            }
        }
    }

    private static void alarms(JsonWriter json, NodeSnapshot node) {
        json.name("alarms").beginArray();
        for (Alarm alarm : node.alarms()) {
            json.beginObject();
            json.name("kind").value(Words.word(alarm.kind()));
            json.name("node").value(alarm.node().toString());
            json.name("detail").value(alarm.detail());
            json.endObject();
        }
        json.endArray();
    }

    private static void sensor(JsonWriter json, NodeSnapshot.SensorStatus sensor, boolean counts) {
        json.beginObject();
        json.name("name").value(sensor.name());
        json.name("path").value("/sensors/" + sensor.name());
        json.name("driver").value(sensor.status().driver());
        json.name("state").value(sensor.status().state());
        json.name("problem").value(sensor.status().problem());
        json.name("port").value(sensor.status().port());
        json.name("latestAgoMs").value(sensor.latest() == null ? -1 : sensor.latestAgoMs());
        calibration(json, sensor.calibration());
        if (counts) {
            json.name("goodFrames").value(sensor.status().goodFrames());
            json.name("badFrames").value(sensor.status().badFrames());
            json.name("skippedBytes").value(sensor.status().skippedBytes());
            json.name("droppedReadings").value(sensor.status().droppedReadings());
            unit(json, sensor.status().unit());
            badFrame(json, sensor.lastBadFrame());
        }
        json.endObject();
    }

    /** A sensor of which nobody says when it was calibrated has no such key. */
    private static void calibration(JsonWriter json, NodeSnapshot.@Nullable Calibration calibration) {
        if (calibration == null) {
            return;
        }
        json.name("calibration").beginObject();
        json.name("date").value(calibration.note().date().toString());
        json.name("by").value(calibration.note().by());
        json.name("ageDays").value(calibration.ageDays());
        json.name("validDays").value(calibration.note().validDays());
        json.name("due").value(calibration.due());
        json.endObject();
    }

    /** A sensor of which no frame was refused has no such key. */
    private static void badFrame(JsonWriter json, NodeSnapshot.@Nullable RefusedFrame frame) {
        if (frame == null) {
            return;
        }
        json.name("lastBadFrame").beginObject();
        json.name("agoMs").value(frame.agoMs());
        json.name("bytes").beginArray();
        frame.lines().forEach(json::value);
        json.endArray().endObject();
    }

    /** How a device of a bus answers; a sensor that speaks by itself has no such key. */
    private static void unit(JsonWriter json, @Nullable UnitHealth unit) {
        if (unit == null) {
            return;
        }
        json.name("unit").beginObject();
        json.name("address").value(unit.address());
        json.name("state").value(unit.state().name().toLowerCase(Locale.ROOT));
        json.name("requests").value(unit.requests());
        json.name("answers").value(unit.answers());
        json.name("silent").value(unit.silent());
        json.name("garbled").value(unit.garbled());
        json.name("answerMs").value(unit.answerMs());
        json.endObject();
    }

    static byte[] sensors(NodeSnapshot node) {
        JsonWriter json = new JsonWriter().beginObject().name("sensors").beginArray();
        node.sensors().forEach(sensor -> sensor(json, sensor, false));
        return json.endArray().endObject().toBytes();
    }

    static byte[] routes(NodeSnapshot node) {
        JsonWriter json = new JsonWriter().beginObject();
        json.name("self").value(node.id().toString());
        json.name("gateway").value(text(node.routing().pinnedGateway()));
        json.name("routes").beginArray();
        for (RoutingSnapshot.Route route : node.routing().routes()) {
            json.beginObject();
            json.name("destination").value(route.destination().toString());
            json.name("label").value(Words.label(node, route.destination()));
            json.name("state").value(Words.word(route.state()));
            json.name("nextHop").value(text(route.nextHop()));
            json.name("nextHopLabel").value(route.nextHop() == null ? null : Words.label(node, route.nextHop()));
            json.name("seq").value(route.seq().toString());
            json.name("metric").value(route.metric());
            json.name("hops").value(route.hops());
            json.name("feasibleSeq").value(route.feasibleSeq().toString());
            json.name("feasibleMetric").value(route.feasibleMetric());
            json.name("validForMs").value(route.validForMs());
            json.name("alternates").value(route.alternates());
            json.name("reason").value(Words.word(route.lastReason()));
            json.endObject();
        }
        json.endArray().name("gateways").beginArray();
        for (RoutingSnapshot.Gateway gateway : node.routing().gateways()) {
            json.beginObject();
            json.name("id").value(gateway.id().toString());
            json.name("label").value(Words.label(node, gateway.id()));
            json.name("seq").value(gateway.seq().toString());
            json.name("metric").value(gateway.metric());
            json.name("hops").value(gateway.hops());
            json.name("uplink").value(gateway.uplink());
            json.name("accepting").value(gateway.accepting());
            json.name("loadPercent").value(gateway.loadPercent());
            json.endObject();
        }
        return json.endArray().endObject().toBytes();
    }

    static byte[] neighbors(NodeSnapshot node) {
        JsonWriter json = new JsonWriter().beginObject();
        json.name("self").value(node.id().toString());
        json.name("neighbors").beginArray();
        for (RoutingSnapshot.Neighbor neighbor : node.routing().neighbors()) {
            json.beginObject();
            json.name("id").value(neighbor.id().toString());
            json.name("label").value(Words.label(node, neighbor.id()));
            json.name("link").value(linkName(node, neighbor.link()));
            json.name("address").value(neighbor.address().toString());
            json.name("state").value(Words.word(neighbor.state()));
            json.name("cost").value(neighbor.cost());
            json.name("etx").value(rounded(neighbor.etx()));
            json.name("rttMs").value(rounded(neighbor.rttMs()));
            json.name("lastHeardAgoMs").value(neighbor.lastHeardAgoMs());
            json.name("receivedPercent").value(neighbor.receivedPercent());
            json.endObject();
        }
        return json.endArray().endObject().toBytes();
    }

    static byte[] nodes(NodeSnapshot node, long meshPrefix, GatewayDirectory directory) {
        JsonWriter json = new JsonWriter().beginObject();
        json.name("self").value(node.id().toString());
        json.name("directory").value(Words.word(directory.state()));
        json.name("nodes").beginArray();
        for (NodeSnapshot.KnownNode known : node.nodes()) {
            node(json, known, "local");
        }
        Set<NodeId> local =
                Set.copyOf(node.nodes().stream().map(NodeSnapshot.KnownNode::id).toList());
        for (DirectoryEntry entry : directory.entries()) {
            if (!local.contains(entry.id())) {
                node(json, known(entry, node, meshPrefix), "gateway");
            }
        }
        return json.endArray().endObject().toBytes();
    }

    private static NodeSnapshot.KnownNode known(DirectoryEntry entry, NodeSnapshot node, long meshPrefix) {
        int hops = node.routing().routes().stream()
                .filter(route -> route.destination().equals(entry.id()))
                .mapToInt(RoutingSnapshot.Route::hops)
                .findFirst()
                .orElse(-1);
        String address = new MeshAddress(meshPrefix, entry.id()).text();
        return new NodeSnapshot.KnownNode(
                entry.id(), entry.name(), entry.label(), address, entry.roles(), hops, entry.lastSeenAgoMs());
    }

    private static void node(JsonWriter json, NodeSnapshot.KnownNode known, String source) {
        json.beginObject();
        json.name("id").value(known.id().toString());
        json.name("name").value(known.name());
        json.name("label").value(known.label());
        json.name("meshAddress").value(known.meshAddress());
        json.name("roles").beginArray();
        for (Identity.Role role : Identity.Role.values()) {
            if (known.roles().contains(role)) {
                json.value(Words.word(role));
            }
        }
        json.endArray();
        json.name("hops").value(known.hops());
        json.name("lastSeenAgoMs").value(known.lastSeenAgoMs());
        json.name("source").value(source);
        json.endObject();
    }

    private static @Nullable String text(@Nullable NodeId id) {
        return id == null ? null : id.toString();
    }

    private static String linkName(NodeSnapshot node, LinkId link) {
        return link.value() >= 0 && link.value() < node.links().size()
                ? node.links().get(link.value()).name()
                : link.toString();
    }

    private static double rounded(double value) {
        return Math.round(value * 100) / 100.0;
    }

    /** Counters as JSON names. */
    private static String camelCase(Enum<?> constant) {
        StringBuilder name = new StringBuilder();
        for (String part : constant.name().toLowerCase(Locale.ROOT).split("_", -1)) {
            name.append(
                    name.isEmpty() ? part.substring(0, 1) : part.substring(0, 1).toUpperCase(Locale.ROOT));
            name.append(part.substring(1));
        }
        return name.toString();
    }
}
