package io.thicket.agent.cli;

import io.thicket.agent.senml.JsonWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code thicket ping NODE}: as ping(8), but over the mesh. Each ping is a trace, so it counts the hops as well. */
@Command(name = "ping", description = "Whether another node answers over the mesh, how fast and over how many hops.")
final class PingCommand implements Callable<Integer> {
    @Mixin
    private final AskOptions options = new AskOptions();

    @Parameters(paramLabel = "NODE", description = "Whom: its name, NodeId or mesh address.")
    private String node = "";

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "5",
            description = "How often, 1 to 10000 (default: ${DEFAULT-VALUE}).")
    private int count = 5;

    @Option(
            names = "--interval",
            paramLabel = "SECONDS",
            defaultValue = "1",
            description = "Between two pings, 1 to 3600 (default: ${DEFAULT-VALUE}).")
    private int intervalSeconds = 1;

    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets spec
    PingCommand() {}

    @Override
    public Integer call() throws Failure {
        if (count < 1 || count > 10_000) {
            throw new Failure(ExitCode.USAGE, "--count is 1 to 10000, not " + count);
        }
        if (intervalSeconds < 1 || intervalSeconds > 3_600) {
            throw new Failure(ExitCode.USAGE, "--interval is 1 to 3600 seconds, not " + intervalSeconds);
        }
        PrintWriter out = spec.commandLine().getOut();
        PingStatistics statistics = new PingStatistics();
        Runnable summary = () -> {
            out.println(options.json() ? statistics.json(node) : "\n" + statistics.text(node));
            out.flush();
        };
        try (FinalWord atEnd = FinalWord.of(summary);
                AgentAnswers agent = AgentAnswers.of(options)) {
            for (int number = 1; number <= count; number++) {
                long startedNanos = System.nanoTime();
                JsonView page = agent.trace(node);
                statistics.add(page);
                out.println(options.json() ? json(number, page) : line(number, page));
                out.flush();
                if (number < count) {
                    sleep(intervalSeconds * 1_000L - (System.nanoTime() - startedNanos) / 1_000_000);
                }
            }
            atEnd.say();
        }
        return (statistics.answered() > 0 ? ExitCode.OK : ExitCode.FAILED).number();
    }

    /** One ping for people. */
    static String line(int number, JsonView page) {
        if (TraceCommand.isReached(page)) {
            return "answer from " + page.text("label") + ": seq=" + number + " hops=" + PingStatistics.hops(page)
                    + " time=" + page.text("rttMs") + " ms";
        }
        String where = page.list("forth").isEmpty()
                ? ""
                : ", last heard of at "
                        + page.list("forth").get(page.list("forth").size() - 1).text("label");
        if (page.text("end").isEmpty()) {
            return "not sent, the agent has too many traces to do: seq=" + number;
        }
        return page.text("end").equals("no-route")
                ? "no route: seq=" + number + where
                : "no answer: seq=" + number + where;
    }

    private static String json(int number, JsonView page) {
        boolean reached = TraceCommand.isReached(page);
        JsonWriter json = new JsonWriter().beginObject();
        json.name("seq").value(number);
        json.name("end").value(page.text("end").isEmpty() ? "busy" : page.text("end"));
        json.name("hops").value(reached ? PingStatistics.hops(page) : -1);
        json.name("rttMs").value(reached ? page.number("rttMs", -1) : -1);
        return new String(json.endObject().toBytes(), StandardCharsets.UTF_8);
    }

    private static void sleep(long ms) throws Failure {
        try {
            Thread.sleep(Math.max(0, ms));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure(ExitCode.FAILED, "interrupted");
        }
    }
}
