package io.thicket.agent.cli;

import picocli.CommandLine.Command;

/** {@code thicket neighbors}. */
@Command(name = "neighbors", description = "Whom a running agent hears.")
final class NeighborsCommand extends AskCommand {
    NeighborsCommand() {
        super("/neighbors");
    }

    @Override
    String show(JsonView page) {
        TextTable table = new TextTable("NAME", "LINK", "STATE", "COST", "ETX", "RTT", "HEARD", "ID");
        for (JsonView neighbor : page.list("neighbors")) {
            table.row(
                    neighbor.text("label"),
                    neighbor.text("link"),
                    neighbor.text("state"),
                    neighbor.text("cost"),
                    neighbor.text("etx"),
                    neighbor.number("rttMs", -1) < 0 ? "-" : neighbor.text("rttMs") + " ms",
                    neighbor.past("lastHeardAgoMs"),
                    neighbor.text("id"));
        }
        return table.isEmpty() ? "no neighbours heard\n" : table.toString();
    }
}
