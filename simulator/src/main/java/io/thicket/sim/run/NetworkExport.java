package io.thicket.sim.run;

import io.thicket.agent.senml.JsonWriter;
import io.thicket.sim.scenario.file.LinkRow;
import io.thicket.sim.scenario.file.NodePlan;
import io.thicket.sim.scenario.file.RadioPlan;
import io.thicket.sim.scenario.file.Scenario;
import io.thicket.sim.scenario.ns3.Waypoints;
import java.util.ArrayList;
import java.util.List;

/** Writes a scenario's network in the forms that others read, and that {@code layout = "file"} reads back. */
public final class NetworkExport {
    /** A link with the shares that are delivered from one node to the other, and back. */
    record TwoWays(int one, int other, double there, double back) {}

    private final NodePlan nodes;
    private final PlannedWorld world;
    private final double least;

    /** Of the network as it is at the start, before anything goes wrong. */
    public NetworkExport(Scenario scenario) {
        this.nodes = scenario.nodes();
        this.world = new PlannedWorld(scenario);
        this.least = leastDelivery(scenario);
    }

    /**
     * Two nodes neither of which delivers that much to the other have no link: nobody could use it, and laws have no end. Whoever lists the
     * links wants them all.
     */
    private static double leastDelivery(Scenario scenario) {
        return scenario.radio().model() == RadioPlan.Model.LINKS ? Double.MIN_VALUE : 0.01;
    }

    /** {@code name,x,y,role}. */
    public String positions() {
        StringBuilder csv = new StringBuilder("name,x,y,role\n");
        for (int i = 0; i < nodes.count(); i++) {
            csv.append(nodes.names().get(i))
                    .append(',')
                    .append(JsonWriter.text(nodes.positions().x(i, 0)))
                    .append(',')
                    .append(JsonWriter.text(nodes.positions().y(i, 0)))
                    .append(',')
                    .append(role(i))
                    .append('\n');
        }
        return csv.toString();
    }

    /** {@code from,to,pdr}, one row for one direction; what the radio alone lets through. */
    public String links() {
        StringBuilder csv = new StringBuilder("from,to,pdr\n");
        for (LinkRow row : rows()) {
            csv.append(nodes.names().get(row.from()))
                    .append(',')
                    .append(nodes.names().get(row.to()))
                    .append(',')
                    .append(Numbers.text(row.delivery()))
                    .append('\n');
        }
        return csv.toString();
    }

    /** Each direction of the links; where the radio lets nothing through in one, there is only the other. */
    List<LinkRow> rows() {
        List<LinkRow> rows = new ArrayList<>();
        for (int i = 0; i < nodes.count(); i++) {
            for (int j : world.near(i)) {
                double delivery = i == j ? 0 : world.delivery(i, j);
                if (delivery > 0 && isLink(delivery, world.delivery(j, i))) {
                    rows.add(new LinkRow(i, j, delivery));
                }
            }
        }
        return rows;
    }

    /** The links of two directions or one, each once. */
    List<TwoWays> pairs() {
        List<TwoWays> links = new ArrayList<>();
        for (int i = 0; i < nodes.count(); i++) {
            for (int j : world.near(i)) {
                if (j > i && isLink(world.delivery(i, j), world.delivery(j, i))) {
                    links.add(new TwoWays(i, j, world.delivery(i, j), world.delivery(j, i)));
                }
            }
        }
        return links;
    }

    /** The same for every form: one that is bad in one direction is a link. */
    private boolean isLink(double there, double back) {
        return there >= least || back >= least;
    }

    /** NetJSON NetworkGraph; the cost of a link is ETX of both directions. */
    public String netJson() {
        JsonWriter json = new JsonWriter().beginObject();
        json.name("type").value("NetworkGraph").name("protocol").value("thicket");
        json.name("version")
                .value("1")
                .name("metric")
                .value("etx")
                .name("nodes")
                .beginArray();
        for (int i = 0; i < nodes.count(); i++) {
            json.beginObject().name("id").value(nodes.names().get(i));
            json.name("label").value(nodes.names().get(i)).name("properties").beginObject();
            json.name("gateway").value(nodes.gateways().contains(i));
            json.name("x")
                    .value(nodes.positions().x(i, 0))
                    .name("y")
                    .value(nodes.positions().y(i, 0));
            json.endObject().endObject();
        }
        json.endArray().name("links").beginArray();
        for (TwoWays pair : pairs()) {
            double both = pair.there() * pair.back();
            if (both > 0) {
                json.beginObject().name("source").value(nodes.names().get(pair.one()));
                json.name("target").value(nodes.names().get(pair.other())).name("cost");
                Numbers.write(json, 1 / both);
                json.endObject();
            }
        }
        return json.endArray().endObject() + "\n";
    }

    /** Movement for ns-2. Nodes have their numbers; names and roles are lost. */
    public String setdest() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < nodes.count(); i++) {
            List<Waypoints.Point> path = nodes.positions().path(i);
            String node = "$node_(" + i + ")";
            text.append(node)
                    .append(" set X_ ")
                    .append(JsonWriter.text(path.get(0).x()))
                    .append('\n');
            text.append(node)
                    .append(" set Y_ ")
                    .append(JsonWriter.text(path.get(0).y()))
                    .append('\n');
            text.append(node).append(" set Z_ 0\n");
            for (int k = 1; k < path.size(); k++) {
                leg(text, node, path.get(k - 1), path.get(k));
            }
        }
        return text.toString();
    }

    private static void leg(StringBuilder text, String node, Waypoints.Point from, Waypoints.Point to) {
        double dx = to.x() - from.x();
        double dy = to.y() - from.y();
        double distance = StrictMath.sqrt(dx * dx + dy * dy);
        if (distance > 0) {
            text.append("$ns_ at ")
                    .append(JsonWriter.text(from.atS()))
                    .append(" \"")
                    .append(node)
                    .append(" setdest ")
                    .append(JsonWriter.text(to.x()))
                    .append(' ')
                    .append(JsonWriter.text(to.y()))
                    .append(' ')
                    .append(JsonWriter.text(distance / (to.atS() - from.atS())))
                    .append("\"\n");
        }
    }

    private String role(int node) {
        return nodes.gateways().contains(node) ? "gateway" : nodes.isSensor(node) ? "sensor" : "relay";
    }
}
