package io.thicket.agent.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code thicket trace NODE}. */
@Command(name = "trace", description = "The hops from a running agent to another node and back, and why each is taken.")
final class TraceCommand implements Callable<Integer> {
    @Mixin
    private final AskOptions options = new AskOptions();

    @Parameters(paramLabel = "NODE", description = "Where to: its name, NodeId or mesh address.")
    private String node = "";

    @Option(
            names = "--at",
            paramLabel = "NODE",
            defaultValue = "",
            description = "Begin at another node, which the agent asks to trace.")
    private String at = "";

    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets spec
    TraceCommand() {}

    @Override
    public Integer call() throws Failure {
        byte[] page;
        try (AgentAnswers agent = AgentAnswers.of(options)) {
            page = agent.page("/trace?node=" + AgentAnswers.nodeName(node), at);
        }
        JsonView view = JsonView.of(page);
        PrintWriter out = spec.commandLine().getOut();
        if (options.json()) {
            out.println(new String(page, StandardCharsets.UTF_8));
        } else {
            out.print(show(view));
        }
        out.flush();
        return (isReached(view) ? ExitCode.OK : ExitCode.FAILED).number();
    }

    static boolean isReached(JsonView page) {
        return page.text("end").equals("reached");
    }

    /** The page for people. */
    static String show(JsonView page) {
        StringBuilder text = new StringBuilder();
        List<JsonView> forth = page.list("forth");
        TextTable table = new TextTable("HOP", "NODE", "METRIC", "QUEUED", "RTT", "WHY THIS WAY");
        int number = 0;
        for (JsonView hop : forth) {
            boolean last = isReached(page) && number == forth.size() - 1;
            row(table, number++, hop, last ? "the target" : hop.text("reason"));
        }
        number = forth.size() - 1;
        for (JsonView hop : page.list("back")) {
            row(table, --number, hop, "back: " + hop.text("reason"));
        }
        if (!table.isEmpty()) {
            text.append(table);
        }
        return text.append(end(page, forth)).append('\n').toString();
    }

    private static void row(TextTable table, int number, JsonView hop, String why) {
        table.row(
                Math.max(0, number),
                hop.text("label"),
                hop.number("metric", -1) < 0 ? "-" : hop.text("metric"),
                hop.text("queued"),
                hop.number("rttMs", 0) == 0 ? "-" : hop.text("rttMs") + " ms",
                why);
    }

    private static String end(JsonView page, List<JsonView> forth) {
        String target = page.text("label");
        String last = forth.isEmpty() ? "" : forth.get(forth.size() - 1).text("label");
        return switch (page.text("end")) {
            case "reached" -> target + " reached, there and back in " + page.text("rttMs") + " ms";
            case "no-route" ->
                last.isEmpty()
                        ? "no way to " + target + " is known here (thicket explain " + target + ")"
                        : target + " not reached: " + last + " has no way there";
            default -> target + " not reached: " + last + " sent it on and heard nothing";
        };
    }
}
