package io.thicket.agent.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code thicket survey}: for somebody who walks about with a node and looks for a good place. */
@Command(
        name = "survey",
        description = "Live view of a node's neighbours and its way to a gateway, for finding a good place.")
final class SurveyCommand implements Callable<Integer> {
    private static final String CLEAR_SCREEN = "\u001b[H\u001b[J";

    @Mixin
    private final AskOptions options = new AskOptions();

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "0",
            description = "End after so many looks, one a second; 0: with Ctrl-C (default: ${DEFAULT-VALUE}).")
    private int count;

    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets spec
    SurveyCommand() {}

    @Override
    public Integer call() throws Failure {
        if (count < 0) {
            throw new Failure(ExitCode.USAGE, "--count is 0 or more, not " + count);
        }
        PrintWriter out = spec.commandLine().getOut();
        boolean screen = !options.json() && isScreen();
        try (AgentAnswers agent = AgentAnswers.of(options)) {
            for (int second = 1; count == 0 || second <= count; second++) {
                long startedNanos = System.nanoTime();
                SurveyView view = look(agent);
                if (options.json()) {
                    out.println(view.json());
                } else if (screen) {
                    out.print(CLEAR_SCREEN + view.screen());
                } else {
                    out.println(view.line());
                }
                out.flush();
                if (second != count) {
                    Thread.sleep(Math.max(0, 1_000 - (System.nanoTime() - startedNanos) / 1_000_000));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return ExitCode.OK.number();
    }

    /** A trace to the gateway measures the way there now: settled nodes say HELLO once a minute only. */
    private static SurveyView look(AgentAnswers agent) throws Failure {
        JsonView status = JsonView.of(agent.page("/status", ""));
        JsonView neighbors = JsonView.of(agent.page("/neighbors", ""));
        String gateway = status.text("gateway");
        boolean elsewhere = !gateway.isEmpty() && !status.flag("isGateway");
        JsonView trace = elsewhere ? agent.trace(gateway) : JsonView.empty();
        return new SurveyView(status, neighbors, trace);
    }

    /** Whether the output can be redrawn; NO_COLOR is about colours and changes nothing here. */
    private boolean isScreen() {
        return ThicketCli.ansi("") == Ansi.AUTO && Ansi.AUTO.enabled();
    }
}
