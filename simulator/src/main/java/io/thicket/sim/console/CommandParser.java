package io.thicket.sim.console;

import io.thicket.agent.config.DidYouMean;
import io.thicket.agent.config.Units;
import io.thicket.sim.run.RunControl;
import io.thicket.sim.scenario.file.Scenario;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Understands lines of the console. They come from outside: whatever is no command is a {@link CommandException}. */
final class CommandParser {
    /** Most events of one step. */
    static final long MAX_EVENTS = 1_000_000_000;

    /** Most pings of one command, and the longest time between two, as {@code thicket ping} has them. */
    static final int MAX_PINGS = 10_000;

    static final int MAX_INTERVAL_S = 3_600;
    private static final int USUAL_PINGS = 5;

    /** Bytes of a packet, as in {@code [[traffic]]}. */
    static final int USUAL_BYTES = 16;

    static final int MAX_BYTES = 1_000;

    private final NodeFinder nodes;

    CommandParser(NodeFinder nodes) {
        this.nodes = nodes;
    }

    /** The command of a line; empty for a line without words. */
    Optional<Command> parse(String line) throws CommandException {
        LineWords words = new LineWords(line);
        return words.isEmpty() ? Optional.empty() : Optional.of(parse(words));
    }

    /** The command of the words that are left. */
    Command parse(LineWords words) throws CommandException {
        LineWords.Token first = words.take("a word");
        Optional<Word> word = Word.of(first.text());
        if (word.isEmpty()) {
            String near = DidYouMean.hint(first.text(), Word.texts());
            throw new CommandException(
                    first.column(),
                    "there is no word '" + first.printable() + "'" + (near.isEmpty() ? "" : ": " + near)
                            + " (help lists all)");
        }
        Command command = arguments(word.get(), words);
        words.end(word.get().usage());
        return command;
    }

    private Command arguments(Word word, LineWords words) throws CommandException {
        return switch (word) {
            case HELP -> help(words);
            case PAUSE -> new Command(word, word.text(), Commands::pause);
            case RUN -> run(words);
            case STEP -> step(words);
            case UNTIL -> until(words);
            case STATUS -> words.isEmpty() ? new Command(word, word.text(), Commands::status) : page(word, words);
            case NODES -> new Command(word, word.text(), Commands::nodes);
            case NODE, ROUTES, NEIGHBORS -> page(word, words);
            case EXPLAIN -> explain(words);
            case TRACE -> trace(words);
            case PING -> ping(words);
            case KILL -> kill(words);
            case REBOOT -> reboot(words);
            case LINK -> link(words);
            case SEND -> send(words);
            case CHECKS -> new Command(word, word.text(), Commands::checks);
            case STOP -> new Command(word, word.text(), Commands::stop);
        };
    }

    private static Command help(LineWords words) throws CommandException {
        if (words.isEmpty()) {
            return new Command(Word.HELP, "help", commands -> commands.help(Optional.empty()));
        }
        LineWords.Token token = words.take("a word");
        Optional<Word> about = Word.of(token.text());
        if (about.isEmpty()) {
            String near = DidYouMean.hint(token.text(), Word.texts());
            throw new CommandException(
                    token.column(),
                    "there is no word '" + token.printable() + "'" + (near.isEmpty() ? "" : ": " + near));
        }
        return new Command(Word.HELP, "help " + about.get().text(), commands -> commands.help(about));
    }

    private static Command run(LineWords words) throws CommandException {
        if (words.isEmpty()) {
            return new Command(Word.RUN, "run", commands -> commands.run(OptionalDouble.empty()));
        }
        LineWords.Token token = words.take("a speed");
        double factor = factor(token);
        return new Command(Word.RUN, "run " + token.text(), commands -> commands.run(OptionalDouble.of(factor)));
    }

    private static double factor(LineWords.Token token) throws CommandException {
        if (token.text().equals("max")) {
            return Double.POSITIVE_INFINITY;
        }
        if (token.text().matches("[0-9]{1,6}(\\.[0-9]{1,3})?x")) {
            double factor =
                    Double.parseDouble(token.text().substring(0, token.text().length() - 1));
            if (factor > 0) {
                return factor;
            }
        }
        throw new CommandException(
                token.column(), "a speed is max or a factor such as 1x, not '" + token.printable() + "'");
    }

    private static Command step(LineWords words) throws CommandException {
        if (words.isEmpty()) {
            return new Command(Word.STEP, "step", commands -> commands.step(1));
        }
        LineWords.Token token = words.take("a number of events, or a time");
        if (token.text().matches("[0-9]{1,18}")) {
            long events = number(token, "events", 1, MAX_EVENTS);
            return new Command(Word.STEP, "step " + events, commands -> commands.step(events));
        }
        long ms = time(token, 1);
        return new Command(Word.STEP, "step " + text(ms), commands -> commands.stepFor(ms));
    }

    private static Command until(LineWords words) throws CommandException {
        long ms = time(words.take("a time such as 30s"), 0);
        return new Command(Word.UNTIL, "until " + text(ms), commands -> commands.until(ms));
    }

    private Command page(Word word, LineWords words) throws CommandException {
        int node = node(words);
        boolean json = words.takeIf("--json");
        String text = word.text() + " " + nodes.name(node) + (json ? " --json" : "");
        return new Command(word, text, commands -> commands.page(word, node, json));
    }

    private Command explain(LineWords words) throws CommandException {
        int node = node(words);
        boolean jsonAlone = words.takeIf("--json");
        Optional<Integer> to = words.isEmpty() ? Optional.empty() : Optional.of(node(words));
        boolean json = jsonAlone || words.takeIf("--json");
        String text = "explain " + nodes.name(node)
                + to.map(its -> " " + nodes.name(its)).orElse("") + (json ? " --json" : "");
        return new Command(Word.EXPLAIN, text, commands -> commands.explain(node, to, json));
    }

    private Command trace(LineWords words) throws CommandException {
        int node = node(words);
        int to = node(words);
        boolean json = words.takeIf("--json");
        String text = "trace " + nodes.name(node) + " " + nodes.name(to) + (json ? " --json" : "");
        return new Command(Word.TRACE, text, commands -> commands.trace(node, to, json));
    }

    private Command ping(LineWords words) throws CommandException {
        int node = node(words);
        int to = node(words);
        int count = USUAL_PINGS;
        int intervalS = 1;
        while (!words.isEmpty()) {
            if (words.takeIf("--count")) {
                count = (int) number(words.take("the number of pings"), "--count", 1, MAX_PINGS);
            } else if (words.takeIf("--interval")) {
                intervalS = (int) number(words.take("the seconds between two pings"), "--interval", 1, MAX_INTERVAL_S);
            } else {
                break;
            }
        }
        String text =
                "ping " + nodes.name(node) + " " + nodes.name(to) + " --count " + count + " --interval " + intervalS;
        int times = count;
        int everyS = intervalS;
        return new Command(Word.PING, text, commands -> commands.ping(node, to, times, everyS));
    }

    private Command kill(LineWords words) throws CommandException {
        List<Integer> all = new ArrayList<>();
        do {
            int node = node(words);
            if (!all.contains(node)) {
                all.add(node);
            }
        } while (!words.isEmpty());
        List<Integer> each = List.copyOf(all);
        String text = "kill " + each.stream().map(nodes::name).collect(Collectors.joining(" "));
        return new Command(Word.KILL, text, commands -> commands.kill(each));
    }

    private Command reboot(LineWords words) throws CommandException {
        int node = node(words);
        RunControl.Storage storage = words.isEmpty()
                ? RunControl.Storage.KEPT
                : one(words.take("what becomes of the disk"), RunControl.Storage.values(), its -> its.name()
                        .toLowerCase(Locale.ROOT));
        String text = "reboot " + nodes.name(node) + " " + storage.name().toLowerCase(Locale.ROOT);
        return new Command(Word.REBOOT, text, commands -> commands.reboot(node, storage));
    }

    private Command link(LineWords words) throws CommandException {
        int from = node(words);
        LineWords.Token other = words.take("the other node");
        int to = nodes.find(other);
        if (from == to) {
            throw new CommandException(other.column(), "a link has two ends, not " + nodes.name(to) + " twice");
        }
        LinkOrder.State state = one(words.take("loss, down or up"), LinkOrder.State.values(), its -> its.name()
                .toLowerCase(Locale.ROOT));
        BigDecimal loss = state == LinkOrder.State.LOSS ? share(words.take("a share such as 0.5")) : BigDecimal.ZERO;
        boolean oneWay = words.takeIf("one-way");
        if (!oneWay) {
            words.takeIf("both");
        }
        LinkOrder order = new LinkOrder(state, loss.doubleValue(), oneWay);
        String text = "link " + nodes.name(from) + " " + nodes.name(to) + " "
                + state.name().toLowerCase(Locale.ROOT)
                + (state == LinkOrder.State.LOSS ? " " + loss.toPlainString() : "") + (oneWay ? " one-way" : " both");
        return new Command(Word.LINK, text, commands -> commands.link(from, to, order));
    }

    private Command send(LineWords words) throws CommandException {
        int from = node(words);
        Optional<Integer> to = words.takeIf("gateway") ? Optional.empty() : Optional.of(other(from, words));
        int bytes = words.isEmpty()
                ? USUAL_BYTES
                : (int) number(words.take("the bytes of the packet"), "a packet's bytes", 1, MAX_BYTES);
        String text = "send " + nodes.name(from) + " " + to.map(nodes::name).orElse("gateway") + " " + bytes;
        return new Command(Word.SEND, text, commands -> commands.send(from, to, bytes));
    }

    private int other(int from, LineWords words) throws CommandException {
        LineWords.Token token = words.take("a node, or gateway,");
        int to = nodes.find(token);
        if (to == from) {
            throw new CommandException(token.column(), nodes.name(to) + " sends nothing to itself");
        }
        return to;
    }

    private int node(LineWords words) throws CommandException {
        return nodes.find(words.take("a node"));
    }

    private static <T> T one(LineWords.Token token, T[] values, Function<T, String> text) throws CommandException {
        List<String> texts = new ArrayList<>();
        for (T value : values) {
            if (text.apply(value).equals(token.text())) {
                return value;
            }
            texts.add(text.apply(value));
        }
        String near = DidYouMean.hint(token.text(), texts);
        throw new CommandException(
                token.column(),
                "'" + token.printable() + "' is not one of " + String.join(", ", texts)
                        + (near.isEmpty() ? "" : ": " + near));
    }

    private static long number(LineWords.Token token, String what, long least, long most) throws CommandException {
        if (token.text().matches("[0-9]{1,18}")) {
            long number = Long.parseLong(token.text());
            if (number >= least && number <= most) {
                return number;
            }
        }
        throw new CommandException(
                token.column(), what + " is " + least + " to " + most + ", not '" + token.printable() + "'");
    }

    private static BigDecimal share(LineWords.Token token) throws CommandException {
        String text = token.text();
        boolean percent = text.endsWith("%");
        String number = percent ? text.substring(0, text.length() - 1) : text;
        if (number.matches("[0-9]{1,3}(\\.[0-9]{1,6})?")) {
            BigDecimal share = new BigDecimal(number).movePointLeft(percent ? 2 : 0);
            if (share.compareTo(BigDecimal.ONE) <= 0) {
                return share.signum() == 0 ? BigDecimal.ZERO : share.stripTrailingZeros();
            }
        }
        throw new CommandException(token.column(), "a share is 0 to 1, or 0% to 100%, not '" + token.printable() + "'");
    }

    /** A time of a run, in ms. */
    static long time(LineWords.Token token, long leastMs) throws CommandException {
        try {
            long ms = Units.duration(token.text()).toMillis();
            if (ms >= leastMs && ms <= Scenario.MAX_DURATION_MS) {
                return ms;
            }
        } catch (IllegalArgumentException e) {
            throw new CommandException(
                    token.column(), "'" + token.printable() + "' is no time such as 100ms, 30s, 1.5s, 5min or 2h");
        } catch (ArithmeticException e) {
            // falls through: longer than any number of ms
        }
        throw new CommandException(
                token.column(),
                "'" + token.printable() + "' is not " + text(leastMs) + " to " + text(Scenario.MAX_DURATION_MS));
    }

    static String text(long ms) {
        return Units.text(Duration.ofMillis(ms));
    }
}
