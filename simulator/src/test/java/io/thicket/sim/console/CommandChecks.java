package io.thicket.sim.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** What holds for every line and every file of commands, whoever wrote it. */
final class CommandChecks {
    static final List<String> NAMES = List.of("n0", "n1", "n2", "shed", "n4");

    private CommandChecks() {}

    static void isUnderstoodOrRefused(String line) {
        CommandParser parser = new CommandParser(new NodeFinder(NAMES));
        try {
            Optional<Command> command = parser.parse(line);
            if (command.isPresent()) {
                String text = command.get().text();
                assertEquals(text, parser.parse(text).orElseThrow().text());
            }
        } catch (CommandException e) {
            assertIsMessage(e);
        }
    }

    static void isReadOrRefused(byte[] file) {
        try {
            CommandScript script = CommandScript.parse(file, "f", NAMES, true);
            String again = String.join("\n", script.lines());
            assertEquals(
                    script.lines(),
                    CommandScript.parse(again.getBytes(StandardCharsets.UTF_8), "f", NAMES, true)
                            .lines());
        } catch (CommandException e) {
            assertFalse(e.text().isEmpty());
        }
    }

    private static void assertIsMessage(CommandException e) {
        assertTrue(e.column() >= 1 && e.column() <= LineWords.MAX_CHARS + 1, () -> "column " + e.column());
        assertTrue(e.text().chars().noneMatch(Character::isISOControl), () -> "a message commands the terminal");
        assertTrue(e.text().length() < 500, () -> e.text().length() + " characters");
    }
}
