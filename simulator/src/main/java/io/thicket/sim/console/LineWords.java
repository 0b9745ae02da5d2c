package io.thicket.sim.console;

import java.util.ArrayList;
import java.util.List;

/** The words of one line, taken one after the other. */
final class LineWords {
    /** Longest line. */
    static final int MAX_CHARS = 500;

    /** A word and its column, from 1. */
    record Token(String text, int column) {
        /** For messages: nothing in it can command a terminal. */
        String printable() {
            return LineWords.printable(text);
        }
    }

    private final List<Token> tokens = new ArrayList<>();
    private final int length;
    private int next;

    /** A {@code #} begins a comment. */
    LineWords(String line) throws CommandException {
        if (line.length() > MAX_CHARS) {
            throw new CommandException(MAX_CHARS + 1, "a line has at most " + MAX_CHARS + " characters");
        }
        int end = line.indexOf('#') < 0 ? line.length() : line.indexOf('#');
        length = end;
        int at = 0;
        while (at < end) {
            if (isBlank(line.charAt(at))) {
                at++;
                continue;
            }
            int from = at;
            while (at < end && !isBlank(line.charAt(at))) {
                at++;
            }
            tokens.add(new Token(line.substring(from, at), from + 1));
        }
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\r';
    }

    static String printable(String text) {
        StringBuilder printable = new StringBuilder();
        text.codePoints()
                .limit(60)
                .forEach(
                        c -> printable.appendCodePoint(Character.isISOControl(c) || !Character.isDefined(c) ? '?' : c));
        return printable.toString();
    }

    boolean isEmpty() {
        return next >= tokens.size();
    }

    /** The next word; {@code what} is missing if there is none. */
    Token take(String what) throws CommandException {
        if (isEmpty()) {
            throw new CommandException(length + 1, what + " is missing");
        }
        return tokens.get(next++);
    }

    /** Takes the next word if it is this one. */
    boolean takeIf(String word) {
        boolean its = !isEmpty() && tokens.get(next).text().equals(word);
        next += its ? 1 : 0;
        return its;
    }

    void end(String usage) throws CommandException {
        if (!isEmpty()) {
            Token extra = tokens.get(next);
            throw new CommandException(extra.column(), "'" + extra.printable() + "' is too much; write: " + usage);
        }
    }
}
