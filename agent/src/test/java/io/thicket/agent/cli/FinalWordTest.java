package io.thicket.agent.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** In processes of its own, which are stopped by a signal. */
@Timeout(60)
class FinalWordTest {
    /** Says a word at its end; runs for a minute, or ends at once. */
    static final class Speaker {
        public static void main(String[] args) throws InterruptedException {
            try (FinalWord word = FinalWord.of(() -> System.out.println("the end"))) {
                System.out.println("begun");
                if (args[0].equals("sleep")) {
                    Thread.sleep(60_000);
                }
                if (args[0].equals("say")) {
                    word.say();
                }
            }
        }
    }

    @Test
    void a_process_that_is_stopped_says_its_word_once() throws IOException, InterruptedException {
        Process process = start("sleep");
        BufferedReader out = reader(process);
        assertEquals("begun", out.readLine());

        process.toHandle().destroy(); // SIGTERM; Ctrl-C is SIGINT, and ends a JVM in the same way

        assertEquals("the end", out.readLine());
        assertEquals(null, out.readLine());
    }

    @Test
    void a_process_that_ends_by_itself_says_it_once_and_one_that_fails_does_not() throws IOException {
        assertEquals(List.of("begun", "the end"), all(reader(start("say"))));
        assertEquals(List.of("begun"), all(reader(start("fail"))));
    }

    private static Process start(String what) throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Process process = new ProcessBuilder(
                        java.toString(), "-cp", System.getProperty("java.class.path"), Speaker.class.getName(), what)
                .redirectErrorStream(true)
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        assertTrue(process.isAlive() || process.exitValue() == 0);
        return process;
    }

    private static BufferedReader reader(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    private static List<String> all(BufferedReader from) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = from.readLine(); line != null; line = from.readLine()) {
            lines.add(line);
        }
        return lines;
    }
}
