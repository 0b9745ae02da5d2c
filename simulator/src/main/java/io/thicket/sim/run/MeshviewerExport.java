package io.thicket.sim.run;

import io.thicket.agent.senml.JsonWriter;
import io.thicket.sim.scenario.file.NodePlan;
import io.thicket.sim.scenario.file.Scenario;

/**
 * A scenario's network for Meshviewer, the map of Freifunk communities: {@code source_tq} and {@code target_tq} are the shares delivered in the two directions.
 * Places are metres around a place on the earth.
 */
public final class MeshviewerExport {
    private static final double EARTH_M = 6_371_000;

    /** All nodes seem seen at the start of a simulation. */
    private static final String TIMESTAMP = "2026-01-01T00:00:00+0000";

    private MeshviewerExport() {}

    /** One JSON object; the node at 0, 0 is at that latitude and longitude, degrees. */
    public static String of(Scenario scenario, double latitude, double longitude) {
        NodePlan nodes = scenario.nodes();
        double metresOfDegree = Math.toRadians(1) * EARTH_M;
        JsonWriter json = new JsonWriter().beginObject();
        json.name("timestamp").value(TIMESTAMP).name("nodes").beginArray();
        for (int i = 0; i < nodes.count(); i++) {
            json.beginObject().name("node_id").value(nodes.names().get(i));
            json.name("hostname").value(nodes.names().get(i));
            json.name("is_online").value(true);
            json.name("is_gateway").value(nodes.gateways().contains(i));
            json.name("firstseen").value(TIMESTAMP).name("lastseen").value(TIMESTAMP);
            json.name("location").beginObject();
            json.name("latitude").value(latitude + nodes.positions().y(i, 0) / metresOfDegree);
            json.name("longitude")
                    .value(longitude
                            + nodes.positions().x(i, 0) / (metresOfDegree * Math.cos(Math.toRadians(latitude))));
            json.endObject().endObject();
        }
        json.endArray().name("links").beginArray();
        for (NetworkExport.TwoWays pair : new NetworkExport(scenario).pairs()) {
            json.beginObject().name("type").value("wifi");
            json.name("source").value(nodes.names().get(pair.one()));
            json.name("target").value(nodes.names().get(pair.other())).name("source_tq");
            Numbers.write(json, pair.there());
            json.name("target_tq");
            Numbers.write(json, pair.back());
            json.endObject();
        }
        return json.endArray().endObject() + "\n";
    }
}
