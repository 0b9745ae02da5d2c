package io.thicket.sim.demo;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The terminal while the demo owns it: the other screen, no echo, single keys. {@link #close} gives it back, also from a
 * shutdown hook, so that a signal leaves a usable shell behind. Everything goes through {@code stty} and escape
 * sequences; no library.
 */
final class Terminal implements AutoCloseable {
    /** The result of {@link #readKey} when nothing was pressed. */
    static final int NO_KEY = -1;

    private static final String DEVICE = "/dev/tty";
    private static final String ENTER = "\u001b[?1049h\u001b[?25l";
    private static final String LEAVE = "\u001b[?25h\u001b[?1049l";

    private final PrintStream out;
    private final InputStream keys;
    private final String savedModes;
    private boolean closed;

    private Terminal(PrintStream out, InputStream keys, String savedModes) {
        this.out = out;
        this.keys = keys;
        this.savedModes = savedModes;
    }

    /** Takes the terminal; empty if standard input or output is none, or it is too dumb to be drawn on. */
    static Optional<Terminal> open(PrintStream out, Map<String, String> environment) {
        if ("dumb".equals(environment.get("TERM")) || !isInteractive()) {
            return Optional.empty();
        }
        try {
            String modes = stty("-g");
            InputStream keys = new FileInputStream(DEVICE);
            // Signals stay on: Ctrl-C ends the demo like everywhere. A read ends after 0.1 s without a key.
            stty("-icanon -echo min 0 time 1");
            out.print(ENTER);
            out.flush();
            return Optional.of(new Terminal(out, keys, modes));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Whether the locale says that box-drawing characters can be shown. */
    static boolean showsUnicode(Map<String, String> environment) {
        for (String key : List.of("LC_ALL", "LC_CTYPE", "LANG")) {
            String value = environment.getOrDefault(key, "");
            if (!value.isEmpty()) {
                return value.toLowerCase(Locale.ROOT).replace("-", "").contains("utf8");
            }
        }
        return false;
    }

    /** The key pressed, {@link #NO_KEY} if none was for 0.1 s. */
    int readKey() throws IOException {
        return keys.read();
    }

    /** Rows and columns now; 24 x 80 if the terminal does not say. */
    Size size() {
        try {
            String[] parts = stty("size").trim().split(" ");
            int rows = Integer.parseInt(parts[0]);
            int columns = Integer.parseInt(parts[1]);
            return rows > 0 && columns > 0 ? new Size(rows, columns) : Size.USUAL;
        } catch (IOException | RuntimeException e) {
            return Size.USUAL;
        }
    }

    /** Replaces what is on the screen. */
    synchronized void draw(List<String> lines) {
        if (closed) {
            return;
        }
        StringBuilder screen = new StringBuilder("\u001b[H");
        for (int i = 0; i < lines.size(); i++) {
            screen.append(i == 0 ? "" : "\n").append(lines.get(i)).append("\u001b[0m\u001b[K");
        }
        out.print(screen.append("\u001b[J"));
        out.flush();
    }

    /** Gives the terminal back; the second call does nothing. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        out.print(LEAVE);
        out.flush();
        try {
            stty(savedModes);
            keys.close();
        } catch (IOException e) {
            out.println("the terminal's modes could not be restored (" + e.getMessage() + "); 'stty sane' does it");
        }
    }

    private static boolean isInteractive() {
        try {
            Process test = new ProcessBuilder("/bin/sh", "-c", "test -t 0 && test -t 1")
                    .inheritIO()
                    .start();
            return test.waitFor(5, TimeUnit.SECONDS) && test.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static String stty(String arguments) throws IOException {
        Process process = new ProcessBuilder("/bin/sh", "-c", "stty " + arguments + " < " + DEVICE)
                .redirectErrorStream(true)
                .start();
        try (InputStream output = process.getInputStream()) {
            String text = new String(output.readNBytes(4096), StandardCharsets.US_ASCII);
            if (!process.waitFor(5, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException("stty: " + text.trim());
            }
            return text.trim();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Of a terminal. */
    record Size(int rows, int columns) {
        static final Size USUAL = new Size(24, 80);
    }
}
