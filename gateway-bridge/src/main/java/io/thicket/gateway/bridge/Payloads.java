package io.thicket.gateway.bridge;

import io.thicket.agent.senml.JsonWriter;
import io.thicket.agent.senml.SenmlJsonCodec;
import io.thicket.agent.senml.SenmlPack;
import io.thicket.agent.senml.SenmlRecord;
import io.thicket.agent.senml.SenmlValue;
import io.thicket.routing.Identity;
import io.thicket.routing.NodeId;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;

/** Builds every publication of a gateway; {@code docs/mqtt.md} describes the result field by field. */
final class Payloads {
    static final String ONLINE = "online";
    static final String OFFLINE = "offline";

    private static final String JSON = "application/json";
    private static final String SENML_JSON = "application/senml+json";
    /** A claim that waited in the broker for longer is void. */
    private static final long CLAIM_EXPIRY_S = 10;

    private final TopicScheme topics;
    private final GatewayIdentity gateway;
    private final UtcTime utc = new UtcTime();

    Payloads(TopicScheme topics, GatewayIdentity gateway) {
        this.topics = topics;
        this.gateway = gateway;
    }

    /** A reading; {@code pack} has its absolute time. */
    Publication data(
            NodeId node, String label, long epoch, long seq, SenmlPack pack, int hops, String clock, boolean late) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("id", label + "/" + epoch + "/" + seq);
        properties.put("node", node.toString());
        properties.put("via", gateway.name());
        properties.put("hops", Integer.toString(hops));
        properties.put("clk", clock);
        properties.put("q", late ? "late" : "live");
        JsonWriter json = new JsonWriter();
        SenmlJsonCodec.write(json, pack);
        return new Publication(topics.nodeData(label), json.toString(), 1, false, 0, SENML_JSON, properties);
    }

    /** The newest values of a node, flat. Values that are bad or stale are left out. */
    Publication state(NodeTrack node, long lifeMs) {
        JsonWriter json = new JsonWriter().beginObject();
        Set<String> written = new HashSet<>();
        for (SensorTrack sensor : node.sensors) {
            List<SenmlRecord> latest = sensor.latest;
            if (latest == null) {
                continue;
            }
            for (SenmlRecord record : latest) {
                String key = StateKeys.key(sensor.name, record.name(), node.severalSensors);
                boolean usable = !"bad".equals(record.quality()) && !"stale".equals(record.quality());
                if (usable && written.add(key)) {
                    json.name(key);
                    write(json, record.value());
                }
            }
        }
        json.name("hops").value(node.hops);
        json.name("ts").value(utc.text(node.stateTakenMs));
        json.name("seq").value(node.stateSeq);
        return new Publication(
                topics.nodeState(node.label),
                json.endObject().toString(),
                1,
                true,
                Math.max(1, lifeMs / 1000),
                JSON,
                Map.of());
    }

    Publication nodeStatus(String label, boolean online) {
        return text(topics.nodeStatus(label), online ? ONLINE : OFFLINE);
    }

    Publication nodeInfo(NodeTrack node) {
        JsonWriter json = new JsonWriter().beginObject();
        Identity identity = node.identity;
        json.name("name").value(identity == null ? node.label : identity.name());
        json.name("id").value(node.id.toString());
        json.name("roles").beginArray();
        if (identity != null) {
            for (Identity.Role role : Identity.Role.values()) {
                if (identity.roles().contains(role)) {
                    json.value(role.name().toLowerCase(Locale.ROOT));
                }
            }
        }
        json.endArray().name("sensors").beginObject();
        for (SensorTrack sensor : node.sensors) {
            json.name(sensor.name).beginObject();
            sensor.units.forEach((quantity, unit) -> json.name(quantity).value(unit.isEmpty() ? null : unit));
            json.endObject();
        }
        return retainedJson(
                topics.nodeInfo(node.label), json.endObject().endObject().toString());
    }

    Publication gatewayStatus(boolean online) {
        return text(topics.gatewayStatus(gateway.name()), online ? ONLINE : OFFLINE);
    }

    /** What this gateway sends to itself, to know that it has heard all that was before. */
    Publication gatewaySync(String marker) {
        return new Publication(topics.gatewaySync(gateway.name()), marker, 1, false, 0, "text/plain", Map.of());
    }

    /** Which readings this gateway is about to publish: a line for each node, as {@link LedgerPage} writes it. */
    Publication claimOfReadings(String lines) {
        return new Publication(
                topics.gatewayClaim(gateway.name()), lines, 1, false, CLAIM_EXPIRY_S, "text/plain", Map.of());
    }

    /** The nodes whose readings this gateway is going to publish. No expiry: who hears it late must still hear it. */
    Publication claimOfNodes(List<NodeId> nodes) {
        StringJoiner text = new StringJoiner(" ");
        nodes.forEach(node -> text.add(node.toString()));
        return new Publication(
                topics.gatewayClaim(gateway.name()), text.toString(), 1, false, 0, "text/plain", Map.of());
    }

    /** Which readings of a node the broker has. */
    Publication published(Ledger.Write write) {
        return text(topics.published(write.label()), write.page().toString());
    }

    Publication gatewayInfo(BrokerLimits limits) {
        JsonWriter json = new JsonWriter().beginObject();
        json.name("name").value(gateway.name());
        json.name("id").value(gateway.id().toString());
        json.name("version").value(gateway.version());
        json.name("broker").beginObject();
        json.name("receive_maximum").value(limits.receiveMaximum());
        if (limits.maximumPacketBytes() != Long.MAX_VALUE) {
            json.name("maximum_packet_size").value(limits.maximumPacketBytes());
        }
        return retainedJson(
                topics.gatewayInfo(gateway.name()), json.endObject().endObject().toString());
    }

    Publication gatewayMetrics(long uptimeMs, int held, int inFlight, int nodes, Map<BridgeCounter, Long> counters) {
        JsonWriter json = new JsonWriter().beginObject();
        json.name("uptime_s").value(uptimeMs / 1000);
        json.name("held").value(held);
        json.name("in_flight").value(inFlight);
        json.name("nodes").value(nodes);
        for (Map.Entry<BridgeCounter, Long> counter : counters.entrySet()) {
            json.name(counter.getKey().name().toLowerCase(Locale.ROOT)).value(counter.getValue());
        }
        return new Publication(
                topics.gatewayMetrics(gateway.name()), json.endObject().toString(), 0, false, 0, JSON, Map.of());
    }

    /** Removes what the broker retains under {@code topic}. */
    static Publication clear(String topic) {
        return new Publication(topic, "", 1, true, 0, "", Map.of());
    }

    private static Publication text(String topic, String payload) {
        return new Publication(topic, payload, 1, true, 0, "text/plain", Map.of());
    }

    private static Publication retainedJson(String topic, String payload) {
        return new Publication(topic, payload, 1, true, 0, JSON, Map.of());
    }

    private static void write(JsonWriter json, SenmlValue value) {
        if (value instanceof SenmlValue.Numeric numeric) {
            json.value(numeric.value());
        } else if (value instanceof SenmlValue.Text text) {
            json.value(text.value());
        } else if (value instanceof SenmlValue.Flag flag) {
            json.value(flag.value());
        } else {
            throw new AssertionError("a SenML value of an unknown kind: " + value);
        }
    }
}
