package io.thicket.sim.console;

import io.thicket.agent.config.DidYouMean;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds nodes as people call them: by number, or by name. */
final class NodeFinder {
    /** In larger networks no name that is nearly right is looked for. */
    private static final int SUGGESTIBLE = 1_000;

    private final List<String> names;
    private final Map<String, Integer> numbers = new HashMap<>();

    NodeFinder(List<String> names) {
        this.names = List.copyOf(names);
        for (int i = 0; i < names.size(); i++) {
            numbers.putIfAbsent(names.get(i), i);
        }
    }

    String name(int node) {
        return names.get(node);
    }

    int find(LineWords.Token token) throws CommandException {
        Integer known = numbers.get(token.text());
        if (known != null) {
            return known;
        }
        if (token.text().matches("[0-9]{1,9}")) {
            int number = Integer.parseInt(token.text());
            if (number < names.size()) {
                return number;
            }
        }
        String near = names.size() <= SUGGESTIBLE ? DidYouMean.hint(token.text(), names) : "";
        String range =
                "nodes are " + names.get(0) + " to " + names.get(names.size() - 1) + ", or 0 to " + (names.size() - 1);
        throw new CommandException(
                token.column(), "there is no node '" + token.printable() + "': " + (near.isEmpty() ? range : near));
    }
}
