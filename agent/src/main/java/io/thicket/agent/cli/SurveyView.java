package io.thicket.agent.cli;

import io.thicket.agent.senml.JsonWriter;
import java.nio.charset.StandardCharsets;

/** One look at a node's surroundings, with a plain word for each link and for the place as a whole. */
final class SurveyView {
    /** Transmissions a message needs on a good link, at most. */
    private static final double GOOD_ETX = 1.5;

    private static final int GOOD_RECEIVED_PERCENT = 70;

    private final JsonView status;
    private final JsonView neighbors;
    private final JsonView trace;

    /** The pages {@code /status}, {@code /neighbors} and, to the gateway, {@code /trace} (empty if there is none). */
    SurveyView(JsonView status, JsonView neighbors, JsonView trace) {
        this.status = status;
        this.neighbors = neighbors;
        this.trace = trace;
    }

    /** {@code good}, {@code weak} or {@code none}: would this node's readings get away from here? */
    String word() {
        if (status.flag("isGateway")) {
            return best();
        }
        if (status.text("gateway").isEmpty()) {
            return "none";
        }
        boolean answered = TraceCommand.isReached(trace);
        return answered ? wordOf(firstHop()) : "weak";
    }

    private String best() {
        String best = "none";
        for (JsonView neighbor : neighbors.list("neighbors")) {
            String word = wordOf(neighbor);
            best = word.equals("good") || best.equals("none") ? word : best;
        }
        return best;
    }

    private JsonView firstHop() {
        String id = trace.list("forth").size() > 1 ? trace.list("forth").get(1).text("id") : "";
        for (JsonView neighbor : neighbors.list("neighbors")) {
            if (neighbor.text("id").equals(id)) {
                return neighbor;
            }
        }
        return JsonView.empty();
    }

    private static String wordOf(JsonView neighbor) {
        if (!neighbor.text("state").equals("two-way")) {
            return "none";
        }
        boolean good = neighbor.decimal("etx", 99) <= GOOD_ETX
                && neighbor.number("receivedPercent", 0) >= GOOD_RECEIVED_PERCENT;
        return good ? "good" : "weak";
    }

    private String gateway() {
        if (status.flag("isGateway")) {
            return "this node is a gateway";
        }
        if (status.text("gateway").isEmpty()) {
            return "no gateway in reach";
        }
        String name = "gateway " + status.text("gatewayLabel");
        return TraceCommand.isReached(trace)
                ? name + ", hops " + PingStatistics.hops(trace) + ", metric "
                        + trace.list("forth").get(0).text("metric") + ", rtt " + trace.text("rttMs") + " ms"
                : name + " does not answer";
    }

    /** One line, for a log. */
    String line() {
        StringBuilder text = new StringBuilder(word()).append(": ").append(gateway());
        for (JsonView neighbor : neighbors.list("neighbors")) {
            text.append("; ")
                    .append(neighbor.text("label"))
                    .append(' ')
                    .append(wordOf(neighbor))
                    .append(" etx ")
                    .append(neighbor.text("etx"))
                    .append(" rx ")
                    .append(neighbor.text("receivedPercent"))
                    .append(" % heard ")
                    .append(neighbor.past("lastHeardAgoMs"));
        }
        return text.toString();
    }

    /** The whole picture, for a terminal. */
    String screen() {
        TextTable table = new TextTable("NEIGHBOUR", "LINK", "WORD", "ETX", "RX", "RTT", "COST", "HEARD");
        for (JsonView neighbor : neighbors.list("neighbors")) {
            table.row(
                    neighbor.text("label"),
                    neighbor.text("link"),
                    wordOf(neighbor),
                    neighbor.text("etx"),
                    neighbor.text("receivedPercent") + " %",
                    neighbor.number("rttMs", -1) < 0 ? "-" : neighbor.text("rttMs") + " ms",
                    neighbor.text("cost"),
                    neighbor.past("lastHeardAgoMs"));
        }
        return status.text("name") + " here: " + word().toUpperCase(java.util.Locale.ROOT) + "\n" + gateway() + "\n\n"
                + (table.isEmpty() ? "no neighbours heard\n" : table.toString());
    }

    /** One line of JSON. */
    String json() {
        JsonWriter json = new JsonWriter().beginObject();
        boolean reached = TraceCommand.isReached(trace);
        json.name("word").value(word());
        json.name("gateway").value(status.text("gateway").isEmpty() ? null : status.text("gateway"));
        json.name("gatewayLabel").value(status.text("gatewayLabel").isEmpty() ? null : status.text("gatewayLabel"));
        json.name("hops").value(reached ? PingStatistics.hops(trace) : -1);
        json.name("metric").value(reached ? trace.list("forth").get(0).number("metric", -1) : -1);
        json.name("rttMs").value(reached ? trace.number("rttMs", -1) : -1);
        json.name("neighbors").beginArray();
        for (JsonView neighbor : neighbors.list("neighbors")) {
            json.beginObject();
            json.name("id").value(neighbor.text("id"));
            json.name("label").value(neighbor.text("label"));
            json.name("word").value(wordOf(neighbor));
            json.name("state").value(neighbor.text("state"));
            json.name("etx").value(neighbor.decimal("etx", -1));
            json.name("receivedPercent").value(neighbor.number("receivedPercent", -1));
            json.name("rttMs").value(neighbor.decimal("rttMs", -1));
            json.name("cost").value(neighbor.number("cost", -1));
            json.name("lastHeardAgoMs").value(neighbor.number("lastHeardAgoMs", -1));
            json.endObject();
        }
        return new String(json.endArray().endObject().toBytes(), StandardCharsets.UTF_8);
    }
}
