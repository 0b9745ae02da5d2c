package io.thicket.sim.console;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Lines that somebody types, or that come through a pipe. A thread of its own reads them into a bounded queue, from which the
 * simulation's thread takes them; when the queue is full, the writer waits.
 */
public final class InputLines {
    private static final int WAITING_LINES = 1_000;

    /** A line that was read, or something else to know. */
    private record Line(Kind kind, String text) {
        enum Kind {
            READ,
            /** No line: the input has ended. */
            END,
            /** No line either: lets whoever waits for one look again. */
            WAKE
        }

        boolean end() {
            return kind == Kind.END;
        }

        boolean isRead() {
            return kind == Kind.READ;
        }
    }

    private static final Line END = new Line(Line.Kind.END, "");
    private static final Line WAKE = new Line(Line.Kind.WAKE, "");

    /** A pipe whose writer goes on and on after the run is not read for longer than so many lines, or for more of it after this pause. */
    private static final int MOST_LEFT = 10_000;

    private static final long LEFT_WAIT_MS = 100;

    private final BlockingQueue<Line> lines = new ArrayBlockingQueue<>(WAITING_LINES);
    private final boolean person;
    private volatile boolean interrupted;
    private boolean ended;

    /**
     * Begins to read.
     *
     * @param person whether a terminal is at the other end: then there is a prompt, and {@code pause} ends what is under way
     */
    public InputLines(InputStream input, boolean person) {
        this.person = person;
        Thread reader = new Thread(() -> read(input), "console-input");
        reader.setDaemon(true); // a read of a terminal cannot be ended
        reader.start();
    }

    private void read(InputStream input) {
        try {
            BufferedReader text = new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8));
            for (Optional<String> line = line(text); line.isPresent(); line = line(text)) {
                lines.put(new Line(Line.Kind.READ, line.get()));
            }
            lines.put(END);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The next line; what is beyond the longest that can be understood is not kept. Empty at the end, or if reading fails. */
    private static Optional<String> line(BufferedReader text) {
        StringBuilder line = new StringBuilder();
        try {
            int next = text.read();
            if (next < 0) {
                return Optional.empty();
            }
            while (next >= 0 && next != '\n') {
                if (line.length() <= LineWords.MAX_CHARS) {
                    line.append((char) next);
                }
                next = text.read();
            }
            return Optional.of(line.toString());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    boolean isPerson() {
        return person;
    }

    boolean hasEnded() {
        return ended;
    }

    /** Somebody pressed Ctrl-C. Whoever waits for a line gets none and looks. Any thread. */
    public void interrupt() {
        interrupted = true;
        lines.offer(WAKE); // a full queue keeps nobody waiting
    }

    /** Whether somebody pressed Ctrl-C. */
    boolean isInterrupted() {
        return interrupted;
    }

    /** Whether a line is there that nobody has taken. */
    boolean isWaiting() {
        Line line = lines.peek();
        return line != null && line.isRead();
    }

    /** Lines with a command that came, and that nobody will take any more. */
    int left() throws InterruptedException {
        int left = 0;
        for (int read = 0; !ended && read < MOST_LEFT; read++) {
            Line line = lines.poll(person ? 0 : LEFT_WAIT_MS, TimeUnit.MILLISECONDS);
            if (line == null) {
                return left;
            }
            ended = line.end();
            left += isCommand(line.text()) ? 1 : 0;
        }
        return left;
    }

    /** Whether there is more in it than a comment. */
    private static boolean isCommand(String line) {
        try {
            return !new LineWords(line).isEmpty();
        } catch (CommandException e) {
            return true; // too long
        }
    }

    /** The next line, for which this waits; empty at the end and after {@link #interrupt}. */
    Optional<String> take() throws InterruptedException {
        return ended ? Optional.empty() : opened(lines.take());
    }

    /** The next line if one comes in that time; empty if none does. */
    Optional<String> poll(long waitMs) throws InterruptedException {
        Line line = lines.poll(waitMs, TimeUnit.MILLISECONDS);
        return line == null ? Optional.empty() : opened(line);
    }

    /** Takes the next line if it is {@code pause}. */
    boolean takePause() {
        Line line = lines.peek();
        boolean pause = line != null && line.text().strip().equals("pause");
        if (pause) {
            lines.remove();
        }
        return pause;
    }

    private Optional<String> opened(Line line) {
        ended |= line.end();
        return line.isRead() ? Optional.of(line.text()) : Optional.empty();
    }
}
