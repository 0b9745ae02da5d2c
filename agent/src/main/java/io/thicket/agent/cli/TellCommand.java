package io.thicket.agent.cli;

import io.thicket.agent.coap.CoapQuery;
import io.thicket.agent.senml.JsonWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Tells a device something and says how that ended. Done means that the device has confirmed it. */
final class TellCommand {
    /** A device has 10 s for its turn and up to 30 s to confirm; a node that is far away takes its own time. */
    private static final Duration LEAST_TIMEOUT = Duration.ofSeconds(75);

    private static final String FORBIDDEN = "4.03";

    private TellCommand() {}

    /** @param value what to set, null for an action */
    static int run(AskOptions options, String target, @Nullable String value, PrintWriter out) throws Failure {
        CommandTarget command = CommandTarget.parse(target);
        Duration timeout = options.timeout().compareTo(LEAST_TIMEOUT) < 0 ? LEAST_TIMEOUT : options.timeout();
        CoapQuery.Answer answer;
        try (AgentAnswers agent = AgentAnswers.of(options)) {
            answer = agent.tell(command.path(), command.node(), value, timeout);
        }
        if (!answer.isSuccess()) {
            if (options.json()) {
                JsonWriter json = new JsonWriter().beginObject();
                json.name("code").value(answer.code()).name("text").value(answer.text());
                out.println(new String(json.endObject().toBytes(), StandardCharsets.UTF_8));
                out.flush();
            }
            if (AgentAnswers.isUnknown(answer)) {
                String of = (command.node().isEmpty() ? "" : command.node() + "/") + command.sensor();
                throw AgentAnswers.unknown(
                        command.path(), "thicket commands " + of + " shows what the sensor can be told");
            }
            throw new Failure(
                    answer.code().equals(FORBIDDEN) ? ExitCode.NO_PERMISSION : ExitCode.FAILED,
                    "the agent answers " + answer.code() + " " + answer.text());
        }
        if (options.json()) {
            out.println(answer.text());
        } else {
            JsonView confirmed = JsonView.of(answer.payload()).object("confirmed");
            String unit = JsonView.of(answer.payload()).text("unit");
            String holds = confirmed.text("value");
            out.println(target + (holds.isEmpty() ? " done" : " = " + word(holds) + (unit.isEmpty() ? "" : " " + unit))
                    + ", confirmed");
        }
        out.flush();
        return ExitCode.OK.number();
    }

    private static String word(String value) {
        return value.equals("true") ? "on" : value.equals("false") ? "off" : value;
    }
}
