package io.thicket.agent.cli;

import picocli.CommandLine.Command;

/** {@code thicket routes}. */
@Command(name = "routes", description = "The routes of a running agent, and the gateways it knows.")
final class RoutesCommand extends AskCommand {
    RoutesCommand() {
        super("/routes");
    }

    @Override
    String show(JsonView page) {
        TextTable routes =
                new TextTable("DESTINATION", "NEXT HOP", "HOPS", "METRIC", "STATE", "SEQ", "VALID", "ALT", "WHY");
        for (JsonView route : page.list("routes")) {
            routes.row(
                    route.text("label"),
                    route.textOrDash("nextHopLabel"),
                    positive(route, "hops"),
                    positive(route, "metric"),
                    route.text("state"),
                    route.text("seq"),
                    route.ago("validForMs"),
                    route.text("alternates"),
                    route.text("reason"));
        }
        TextTable gateways = new TextTable("GATEWAY", "HOPS", "METRIC", "UPLINK", "ACCEPTING", "LOAD", "");
        for (JsonView gateway : page.list("gateways")) {
            gateways.row(
                    gateway.text("label"),
                    positive(gateway, "hops"),
                    positive(gateway, "metric"),
                    gateway.flag("uplink") ? "up" : "down",
                    gateway.flag("accepting") ? "yes" : "no",
                    gateway.text("loadPercent") + " %",
                    gateway.text("id").equals(page.text("gateway")) ? "in use" : "");
        }
        String first = routes.isEmpty() ? "no routes yet\n" : routes.toString();
        String self = page.text("self");
        boolean isGateway = !self.isEmpty() && self.equals(page.text("gateway"));
        String others = gateways.isEmpty() ? "" : "\n" + gateways;
        String own = isGateway ? "\nthis node is a gateway\n" : others.isEmpty() ? "\nno gateway known\n" : "";
        return first + others + own;
    }

    static String positive(JsonView view, String name) {
        return view.number(name, -1) < 0 ? "-" : view.text(name);
    }
}
