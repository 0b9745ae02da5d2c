package io.thicket.agent.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code thicket explain NODE}. */
@Command(name = "explain", description = "Why a running agent reaches another node as it does, and why not otherwise.")
final class ExplainCommand implements Callable<Integer> {
    @Mixin
    private final AskOptions options = new AskOptions();

    @Parameters(paramLabel = "NODE", description = "The node it is about: its name, NodeId or mesh address.")
    private String node = "";

    @Option(
            names = "--at",
            paramLabel = "NODE",
            defaultValue = "",
            description = "Ask another node for its own routes, through the agent.")
    private String at = "";

    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets spec
    ExplainCommand() {}

    @Override
    public Integer call() throws Failure {
        byte[] page;
        try (AgentAnswers agent = AgentAnswers.of(options)) {
            page = agent.page("/explain?node=" + AgentAnswers.nodeName(node), at);
        }
        PrintWriter out = spec.commandLine().getOut();
        if (options.json()) {
            out.println(new String(page, StandardCharsets.UTF_8));
        } else {
            out.print(show(JsonView.of(page)));
        }
        out.flush();
        return ExitCode.OK.number();
    }

    /** The page for people. */
    static String show(JsonView page) {
        StringBuilder text = new StringBuilder();
        String label = page.text("label"); // its id where no name is known
        String destination = page.text("destination");
        text.append(label.equals(destination) ? label : label + "  " + destination)
                .append('\n');
        if (page.flag("isSelf")) {
            text.append("is this node itself\n");
        } else if (!page.flag("known")) {
            text.append("nothing is held about it: no route, and nobody has advertised one\n");
        } else {
            route(text, page);
        }
        gateways(text, page);
        return text.toString();
    }

    private static void route(StringBuilder text, JsonView page) {
        if (page.text("nextHop").isEmpty()) {
            text.append("no way now (").append(page.text("state")).append(")\n");
        } else {
            text.append("over ")
                    .append(page.text("nextHopLabel"))
                    .append(", ")
                    .append(page.text("hops"))
                    .append(page.number("hops", 0) == 1 ? " hop" : " hops")
                    .append(", metric ")
                    .append(page.text("metric"))
                    .append(", number ")
                    .append(page.text("seq"))
                    .append(", valid for ")
                    .append(page.ago("validForMs"))
                    .append('\n');
        }
        text.append("feasibility distance: number ")
                .append(page.text("feasibleSeq"))
                .append(", metric ")
                .append(page.text("feasibleMetric"))
                .append('\n');
        TextTable alternates = new TextTable("OTHER WAY OVER", "METRIC", "NUMBER", "HEARD", "WHY NOT");
        for (JsonView alternate : page.list("alternates")) {
            alternates.row(
                    alternate.text("label"),
                    alternate.number("advertised", 0) + alternate.number("cost", 0),
                    alternate.text("seq"),
                    alternate.past("storedAgoMs"),
                    alternate.text("text"));
        }
        text.append(alternates.isEmpty() ? "no other way is known\n" : "\n" + alternates);
        TextTable reasons = new TextTable("WHEN", "TIMES", "WHAT HAPPENED");
        for (JsonView reason : page.list("reasons")) {
            reasons.row(reason.past("agoMs"), reason.text("times"), reason.text("text"));
        }
        if (!reasons.isEmpty()) {
            text.append('\n').append(reasons);
        }
    }

    private static void gateways(StringBuilder text, JsonView page) {
        TextTable gateways = new TextTable("GATEWAY", "HOPS", "METRIC", "LOAD", "CHOICE");
        for (JsonView gateway : page.list("gateways")) {
            gateways.row(
                    gateway.text("label"),
                    RoutesCommand.positive(gateway, "hops"),
                    RoutesCommand.positive(gateway, "metric"),
                    gateway.text("loadPercent") + " %",
                    choice(gateway));
        }
        if (!gateways.isEmpty()) {
            text.append('\n').append(gateways);
        }
    }

    private static String choice(JsonView gateway) {
        if (gateway.flag("inUse")) {
            return "readings go there";
        }
        if (!gateway.flag("uplink")) {
            return "no: its uplink is down";
        }
        if (gateway.number("metric", -1) < 0) {
            return "no: no way leads there now";
        }
        return gateway.flag("accepting") ? "no: not a quarter better for half a minute" : "no: it is full";
    }
}
