package io.thicket.agent.cli;

import picocli.CommandLine.Command;

/** {@code thicket nodes}. */
@Command(name = "nodes", description = "All nodes of the mesh that the agent, or its gateway, knows.")
final class NodesCommand extends AskCommand {
    NodesCommand() {
        super("/nodes");
    }

    @Override
    String show(JsonView page) {
        TextTable table = new TextTable("NAME", "HOPS", "LAST SEEN", "ROLES", "ID", "MESH ADDRESS");
        for (JsonView node : page.list("nodes")) {
            table.row(
                    node.text("label"),
                    node.number("hops", -1) < 0 ? "-" : node.text("hops"),
                    node.number("hops", -1) == 0 ? "this node" : node.past("lastSeenAgoMs"),
                    String.join(",", node.texts("roles")),
                    node.text("id"),
                    node.text("meshAddress"));
        }
        return table.toString();
    }
}
