package io.thicket.drivers.spec;

import io.thicket.drivers.command.CommandInfo;
import io.thicket.drivers.command.Setting;
import java.util.List;
import java.util.function.Consumer;

/** The commands of a device on its page. */
final class CommandTable {
    private CommandTable() {}

    static void write(List<CommandInfo> commands, Consumer<String> line) {
        line.accept("");
        line.accept("Commands, once `[coap]` allows them (docs/configuration.md):");
        line.accept("");
        line.accept("| command | value | |");
        line.accept("|---|---|---|");
        for (CommandInfo command : commands) {
            Setting setting = command.setting();
            line.accept("| `" + command.name() + "` | " + (setting == null ? "-" : setting.range()) + " | "
                    + about(command) + " |");
        }
        CommandInfo first = commands.get(0);
        Setting setting = first.setting();
        line.accept("");
        line.accept("```");
        line.accept(
                setting == null
                        ? "thicket do my-sensor/" + first.name()
                        : "thicket set my-sensor/" + first.name() + " " + example(setting));
        line.accept("```");
    }

    private static String about(CommandInfo command) {
        StringBuilder about = new StringBuilder(command.description());
        separate(about)
                .append(command.confirmation().isEmpty() ? "never confirmed" : "confirmed " + command.confirmation());
        if (command.dangerous()) {
            separate(about)
                    .append("**dangerous**, needs `allow_commands = [\"")
                    .append(command.name())
                    .append("\"]`");
        }
        return about.toString();
    }

    private static StringBuilder separate(StringBuilder text) {
        return text.isEmpty() ? text : text.append("; ");
    }

    private static String example(Setting setting) {
        return setting.flag() ? "on" : PageText.number(setting.max());
    }
}
