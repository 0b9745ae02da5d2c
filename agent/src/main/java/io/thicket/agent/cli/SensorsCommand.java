package io.thicket.agent.cli;

import picocli.CommandLine.Command;

/** {@code thicket sensors}. */
@Command(name = "sensors", description = "The sensors of a running agent.")
final class SensorsCommand extends AskCommand {
    SensorsCommand() {
        super("/sensors");
    }

    @Override
    String show(JsonView page) {
        TextTable table = new TextTable("NAME", "DRIVER", "STATE", "LAST READING", "PORT", "PROBLEM");
        for (JsonView sensor : page.list("sensors")) {
            table.row(
                    sensor.text("name"),
                    sensor.text("driver"),
                    sensor.text("state"),
                    sensor.past("latestAgoMs"),
                    sensor.textOrDash("port"),
                    sensor.text("problem"));
        }
        return table.isEmpty() ? "no sensors\n" : table.toString();
    }
}
