package io.thicket.sim.sweep;

import java.util.ArrayList;
import java.util.List;

/** Words of a command line as a POSIX shell has them. */
public final class ShellWord {
    private ShellWord() {}

    /** {@code text} as one word. */
    public static String of(String text) {
        return text.matches("[A-Za-z0-9_./:+=@%-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }

    /** The words of a line that {@link #of} made; quotes are taken off, and nothing is expanded. */
    public static List<String> split(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean quoted = false;
        boolean some = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\'') {
                quoted = !quoted;
                some = true;
            } else if (!quoted && c == '\\' && i + 1 < line.length()) {
                word.append(line.charAt(++i));
                some = true;
            } else if (!quoted && c == ' ') {
                if (some) {
                    words.add(word.toString());
                }
                word.setLength(0);
                some = false;
            } else {
                word.append(c);
                some = true;
            }
        }
        if (some) {
            words.add(word.toString());
        }
        return words;
    }
}
