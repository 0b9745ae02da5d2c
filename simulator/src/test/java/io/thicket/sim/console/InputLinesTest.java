package io.thicket.sim.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class InputLinesTest {
    private static InputLines of(String text) {
        return new InputLines(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), false);
    }

    @Test
    void lines_come_in_order_and_then_the_end() throws InterruptedException {
        InputLines lines = of("status\n\nstep 3");

        assertEquals(Optional.of("status"), lines.take());
        assertEquals(Optional.of(""), lines.take());
        assertEquals(Optional.of("step 3"), lines.take());
        assertFalse(lines.hasEnded());
        assertEquals(Optional.empty(), lines.take());
        assertTrue(lines.hasEnded());
        assertEquals(Optional.empty(), lines.take());
        assertEquals(Optional.empty(), lines.poll(1));
    }

    @Test
    void of_a_line_without_end_no_more_is_kept_than_shows_that_it_is_too_long() throws InterruptedException {
        InputLines lines = of("x".repeat(3_000_000) + "\nstep\n");

        assertEquals(LineWords.MAX_CHARS + 1, lines.take().orElseThrow().length());
        assertEquals(Optional.of("step"), lines.take());
    }

    @Test
    void a_pause_is_taken_out_of_turn_only_when_it_is_next() throws IOException, InterruptedException {
        PipedInputStream input = new PipedInputStream();
        try (PipedOutputStream typed = new PipedOutputStream(input)) {
            InputLines lines = new InputLines(input, true);
            assertFalse(lines.takePause());
            typed.write("status\npause\n".getBytes(StandardCharsets.UTF_8));
            typed.flush();
            assertEquals(Optional.of("status"), lines.take());
            while (!lines.takePause()) {
                Thread.onSpinWait(); // until the other thread has read it
            }
            assertEquals(Optional.empty(), lines.poll(1));
            assertFalse(lines.hasEnded());
        }
    }

    @Test
    void the_document_has_every_word() throws IOException {
        Path root = Path.of(System.getProperty("thicket.root", ".."));
        String document = Files.readString(root.resolve("docs/cli.md")).replace("\\|", "|");

        for (Word word : Word.values()) {
            assertTrue(
                    document.contains("`" + word.usage() + "`") || document.contains("`" + word.text()), word.usage());
        }
    }
}
