package io.thicket.agent.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code thicket commands}. */
@Command(name = "commands", description = "What the device of a sensor can be told, and how that ended last.")
final class CommandsCommand implements Callable<Integer> {
    @Mixin
    private final AskOptions options = new AskOptions();

    @Parameters(paramLabel = "[NODE/]SENSOR", description = "The sensor; NODE is asked through the agent.")
    private String target = "";

    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets spec
    CommandsCommand() {}

    @Override
    public Integer call() throws Failure {
        CommandTarget sensor = CommandTarget.parse(target + "/commands");
        byte[] page;
        try (AgentAnswers agent = AgentAnswers.of(options)) {
            page = agent.page(
                    "/sensors/" + sensor.sensor() + "/commands",
                    sensor.node(),
                    "thicket sensors shows its sensors, and not every one can be told something");
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

    static String show(JsonView page) {
        TextTable table = new TextTable("COMMAND", "VALUE", "LAST", "END", "MAY BE TOLD", "DESCRIPTION");
        for (JsonView command : page.list("commands")) {
            JsonView last = command.object("last");
            String refusal = command.text("refusal");
            table.row(
                    command.text("name"),
                    range(command),
                    last.textOrDash("value"),
                    last.text("end").isEmpty() ? "-" : last.text("end") + ", " + last.past("agoMs"),
                    refusal.isEmpty() ? "yes" : "no",
                    command.text("description"));
        }
        return table.toString();
    }

    private static String range(JsonView command) {
        return switch (command.text("type")) {
            case "flag" -> "on or off";
            case "number" ->
                command.text("min") + " to " + command.text("max")
                        + (command.text("unit").isEmpty() ? "" : " " + command.text("unit"));
            default -> "-";
        };
    }
}
