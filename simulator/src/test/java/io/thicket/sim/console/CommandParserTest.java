package io.thicket.sim.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CommandParserTest {
    private final CommandParser parser = new CommandParser(new NodeFinder(CommandChecks.NAMES));

    @ParameterizedTest
    @CsvSource({
        "KILL 1 shed 1, kill n1 shed",
        "quit, stop",
        "step, step",
        "step 12, step 12",
        "step 0.5s, step 500ms",
        "until 1.5min, until 90s",
        "status, status",
        "status 3, status shed",
        "link 0 3 loss 50%, link n0 shed loss 0.5 both",
        "link 0 3 loss 0.250 one-way, link n0 shed loss 0.25 one-way",
        "link 3 4 down, link shed n4 down both",
        "ping 0 4, ping n0 n4 --count 5 --interval 1",
        "ping 0 4 --interval 3 --count 2, ping n0 n4 --count 2 --interval 3",
        "send 1 gateway, send n1 gateway 16",
        "send 1 2 200, send n1 n2 200",
        "explain 1 --json, explain n1 --json",
        "explain 1 0, explain n1 n0",
        "reboot 2, reboot n2 kept",
        "reboot 2 lost, reboot n2 lost",
        "run 10x, run 10x",
    })
    void a_command_has_one_full_form_which_means_the_same(String typed, String full) throws CommandException {
        assertEquals(full, parser.parse(typed).orElseThrow().text());
        assertEquals(full, parser.parse(full).orElseThrow().text());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kil 3 | 1 | there is no word 'kil': did you mean 'kill'? (help lists all)",
                "kill 5 | 6 | there is no node '5': nodes are n0 to n4, or 0 to 4",
                "kill sheed | 6 | there is no node 'sheed': did you mean 'shed'?",
                "kill | 5 | a node is missing",
                "link 1 1 down | 8 | a link has two ends, not n1 twice",
                "link 1 2 los 0.5 | 10 | 'los' is not one of loss, down, up: did you mean 'loss'?",
                "link 1 2 loss 1.5 | 15 | a share is 0 to 1, or 0% to 100%, not '1.5'",
                "link 1 2 loss | 14 | a share such as 0.5 is missing",
                "routes 1 2 | 10 | '2' is too much; write: routes NODE",
                "until 5 | 7 | '5' is no time such as 100ms, 30s, 1.5s, 5min or 2h",
                "until 9999999h | 7 | '9999999h' is not 0s to 168h",
                "run fast | 5 | a speed is max or a factor such as 1x, not 'fast'",
                "ping 1 2 --count 0 | 18 | --count is 1 to 10000, not '0'",
                "send 1 1 | 8 | n1 sends nothing to itself",
            })
    void a_mistake_is_told_with_its_column_and_what_to_write(String line, int column, String message) {
        CommandException refused = assertThrows(CommandException.class, () -> parser.parse(line));

        assertEquals(message, refused.text());
        assertEquals(column, refused.column());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "# nothing", "\t\r"})
    void a_line_without_words_is_no_command(String line) throws CommandException {
        assertTrue(parser.parse(line).isEmpty());
    }

    @Test
    void a_file_of_commands_tells_all_its_mistakes_at_once() {
        String file = "at 30s kill 1\nat 20s kill 2\nkill 3\nat 40s run\nat 1min pause\nat 1min kil 3\n# fine\n";

        CommandException refused = assertThrows(
                CommandException.class,
                () -> CommandScript.parse(file.getBytes(StandardCharsets.UTF_8), "c.txt", CommandChecks.NAMES, false));

        assertEquals("""
                c.txt:2:4: the time is before that of the command above (30s)
                c.txt:3:1: a line begins with a time: at 30s kill ...
                c.txt:4:4: 'run' is of a console, not of a file
                c.txt:5:4: nobody would go on after 'pause': it needs --console
                c.txt:6:9: there is no word 'kil': did you mean 'kill'? (help lists all)""", refused.text());
    }

    @Test
    void a_file_of_commands_is_written_as_it_is_read() throws CommandException {
        String file = "at 30s kill 1\n\n  at 0.5min  link 1 2 loss 5% # rain\nat 31.5s ping 0 1\n";

        List<String> lines = CommandScript.parse(
                        file.getBytes(StandardCharsets.UTF_8), "c.txt", CommandChecks.NAMES, false)
                .lines();

        assertEquals(
                List.of(
                        "at 30s kill n1",
                        "at 30s link n1 n2 loss 0.05 both",
                        "at 31500ms ping n0 n1 --count 5 --interval 1"),
                lines);
    }

    @Test
    void no_file_has_more_commands_than_the_limit() {
        String file = "at 1s kill 1\n".repeat(CommandScript.MAX_COMMANDS + 1);

        CommandException refused = assertThrows(
                CommandException.class,
                () -> CommandScript.parse(file.getBytes(StandardCharsets.UTF_8), "c", CommandChecks.NAMES, false));

        assertEquals("c:10001:1: a file has at most 10000 commands", refused.text());
    }
}
