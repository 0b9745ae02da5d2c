package io.thicket.sim.console;

import io.thicket.drivers.spec.ByteOrderMark;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Commands with their times, {@code at 30s kill 17}: of a file that somebody wrote, or that a console recorded. */
public final class CommandScript {
    /** Nothing is to be done. */
    public static final CommandScript NONE = new CommandScript(List.of());

    /** Largest file. */
    public static final int MAX_BYTES = 1 << 20;

    /** Most commands of a file. */
    public static final int MAX_COMMANDS = 10_000;

    /** More mistakes than these are not listed. */
    private static final int MAX_PROBLEMS = 20;

    /** A command and the whole ms of the run at which it is done, before anything else that happens then. */
    record Timed(long atMs, Command command) {
        String text() {
            return "at " + CommandParser.text(atMs) + " " + command.text();
        }
    }

    private final List<Timed> commands;

    private CommandScript(List<Timed> commands) {
        this.commands = List.copyOf(commands);
    }

    /**
     * The commands of a file; {@code #} begins a comment.
     *
     * @param file its name, for messages
     * @param names of all nodes
     * @param console whether somebody is there to go on after {@code pause}
     * @throws CommandException that lists every mistake as {@code file:line:column}
     */
    public static CommandScript parse(byte[] utf8, String file, List<String> names, boolean console)
            throws CommandException {
        if (utf8.length > MAX_BYTES) {
            throw new CommandException(1, file + " is larger than " + MAX_BYTES + " bytes");
        }
        CommandParser parser = new CommandParser(new NodeFinder(names));
        List<Timed> commands = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        int number = 0;
        String text = ByteOrderMark.without(new String(utf8, StandardCharsets.UTF_8));
        for (String line : text.split("\n", -1)) {
            number++;
            try {
                line(line, parser, console, commands);
            } catch (CommandException e) {
                if (problems.size() == MAX_PROBLEMS) {
                    problems.add("and more");
                    break;
                }
                problems.add(file + ":" + number + ":" + e.column() + ": " + e.text());
            }
        }
        if (!problems.isEmpty()) {
            throw new CommandException(1, String.join("\n", problems));
        }
        return new CommandScript(commands);
    }

    private static void line(String line, CommandParser parser, boolean console, List<Timed> commands)
            throws CommandException {
        LineWords words = new LineWords(line);
        if (words.isEmpty()) {
            return;
        }
        LineWords.Token at = words.take("at");
        if (!at.text().equals("at")) {
            throw new CommandException(at.column(), "a line begins with a time: at 30s " + at.printable() + " ...");
        }
        LineWords.Token time = words.take("a time such as 30s");
        long atMs = CommandParser.time(time, 0);
        Command command = parser.parse(words);
        if (command.word().kind() == Word.Kind.STEERS && command.word() != Word.PAUSE) {
            throw new CommandException(time.column(), "'" + command.word().text() + "' is of a console, not of a file");
        }
        if (command.word() == Word.PAUSE && !console) {
            throw new CommandException(time.column(), "nobody would go on after 'pause': it needs --console");
        }
        long lastMs = commands.isEmpty() ? 0 : commands.get(commands.size() - 1).atMs();
        if (atMs < lastMs) {
            throw new CommandException(
                    time.column(), "the time is before that of the command above (" + CommandParser.text(lastMs) + ")");
        }
        if (commands.size() == MAX_COMMANDS) {
            throw new CommandException(at.column(), "a file has at most " + MAX_COMMANDS + " commands");
        }
        commands.add(new Timed(atMs, command));
    }

    List<Timed> commands() {
        return commands;
    }

    /** The commands as a file has them. */
    public List<String> lines() {
        return commands.stream().map(Timed::text).toList();
    }
}
