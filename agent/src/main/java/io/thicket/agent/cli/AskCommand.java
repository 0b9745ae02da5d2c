package io.thicket.agent.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A command that asks a running agent for one page and shows it. */
abstract class AskCommand implements Callable<Integer> {
    @Mixin
    private final AskOptions options = new AskOptions();

    @Parameters(
            arity = "0..1",
            paramLabel = "NODE",
            defaultValue = "",
            description = "Another node, asked through the agent: its name, NodeId or mesh address.")
    private String node = "";

    @Spec
    private CommandSpec spec;

    private final String path;

    @SuppressWarnings("NullAway.Init") // picocli sets spec
    AskCommand(String path) {
        this.path = path;
    }

    /** The page for people. */
    abstract String show(JsonView page);

    @Override
    public final Integer call() throws Failure {
        byte[] page = ask();
        PrintWriter out = spec.commandLine().getOut();
        if (options.json()) {
            out.println(new String(page, StandardCharsets.UTF_8));
        } else {
            out.print(show(JsonView.of(page)));
        }
        out.flush();
        return ExitCode.OK.number();
    }

    private byte[] ask() throws Failure {
        try (AgentAnswers agent = AgentAnswers.of(options)) {
            return agent.page(path, node);
        }
    }
}
