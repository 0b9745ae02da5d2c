package io.thicket.drivers.catalogue;

/**
 * Reads one JSON object (RFC 8259) with at most one level of objects inside. Its length is bounded by the line, its depth by
 * {@link #MAX_DEPTH}; anything else calls {@link TextValues#refuse}.
 */
final class JsonLine {
    /** The line's object and those in it. */
    private static final int MAX_DEPTH = 2;

    private final String line;
    private final TextValues values;
    private int at;

    JsonLine(String line, TextValues values) {
        this.line = line;
        this.values = values;
    }

    void read() {
        if (!take('{')) {
            values.refuse();
            return;
        }
        readMembers("", 1);
        skipBlanks();
        if (at < line.length()) {
            values.refuse();
        }
    }

    /** After the opening brace, up to and with the closing one. */
    private void readMembers(String prefix, int depth) {
        if (take('}')) {
            return;
        }
        do {
            skipBlanks();
            String name = prefix + readString();
            if (values.isMalformed() || !take(':')) {
                values.refuse();
                return;
            }
            readValue(name, depth);
        } while (!values.isMalformed() && take(','));
        if (!take('}')) {
            values.refuse();
        }
    }

    private void readValue(String name, int depth) {
        skipBlanks();
        char c = at < line.length() ? line.charAt(at) : 0;
        if (c == '"') {
            String text = readString();
            if (!values.isMalformed()) {
                values.putText(name, text);
            }
        } else if (c == '{' && depth < MAX_DEPTH) {
            at++;
            readMembers(name + ".", depth + 1);
        } else {
            readBare(name);
        }
    }

    /** A number or a word. Boards that print JSON by hand print nan too; that is no value, like null. */
    private void readBare(String name) {
        int from = at;
        while (at < line.length() && ",}] \t".indexOf(line.charAt(at)) < 0) {
            at++;
        }
        String word = line.substring(from, at);
        double number = Numbers.parse(word);
        if (!Double.isNaN(number)) {
            values.putNumber(name, number);
        } else if (word.equals("true") || word.equals("false")) {
            values.putFlag(name, word.equals("true"));
        } else if (!word.isEmpty() && Numbers.meansNoValue(word)) {
            values.putNothing(name);
        } else {
            values.refuse();
        }
    }

    private String readString() {
        StringBuilder text = new StringBuilder();
        if (!take('"')) {
            values.refuse();
            return "";
        }
        while (at < line.length()) {
            char c = line.charAt(at++);
            if (c == '"') {
                return text.toString();
            }
            text.append(c == '\\' ? readEscape() : c);
        }
        values.refuse();
        return "";
    }

    private char readEscape() {
        char c = at < line.length() ? line.charAt(at++) : 0;
        switch (c) {
            case '"', '\\', '/' -> {
                return c;
            }
            case 'n', 't', 'r', 'b', 'f' -> {
                // A control character has no place in a value; a blank keeps the words apart.
                return ' ';
            }
            case 'u' -> {
                return readUnicode();
            }
            default -> {
                values.refuse();
                return ' ';
            }
        }
    }

    private char readUnicode() {
        int code = 0;
        for (int i = 0; i < 4; i++) {
            int digit = at < line.length() ? Character.digit(line.charAt(at++), 16) : -1;
            if (digit < 0) {
                values.refuse();
                return ' ';
            }
            code = code * 16 + digit;
        }
        char c = (char) code;
        if (Character.isSurrogate(c)) {
            values.refuse();
        }
        return Character.isISOControl(c) ? ' ' : c;
    }

    private boolean take(char expected) {
        skipBlanks();
        if (at < line.length() && line.charAt(at) == expected) {
            at++;
            return true;
        }
        return false;
    }

    private void skipBlanks() {
        while (at < line.length() && (line.charAt(at) == ' ' || line.charAt(at) == '\t')) {
            at++;
        }
    }
}
