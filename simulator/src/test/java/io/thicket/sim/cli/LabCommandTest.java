package io.thicket.sim.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class LabCommandTest {
    private static final Pattern FIELD = Pattern.compile("\"([A-Za-z0-9]+)\":");
    private static final Path GOLDEN =
            Path.of(System.getProperty("thicket.root", "..")).resolve("simulator/src/test/resources/lab/fields.txt");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        return new CommandLine(new LabCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(args);
    }

    @Test
    void a_small_run_prints_its_figures() {
        int code = run(
                "grid", "--nodes", "9", "--warm-up", "1min", "--for", "3min", "--protocol", "flooding", "--seed", "3");

        assertEquals(0, code, err::toString);
        assertTrue(
                out.toString().startsWith("grid, flooding, range radio, 9 nodes, seed 3, 120 s counted\n"),
                out::toString);
        assertTrue(out.toString().contains("\nbound      at once 1.00000"), out::toString);
    }

    @Test
    void the_fields_of_the_json_object_are_public() throws IOException {
        run("grid", "--nodes", "4", "--warm-up", "1s", "--for", "35s", "--protocol", "flooding", "--json");

        List<String> names = new ArrayList<>();
        Matcher field = FIELD.matcher(out.toString().replaceAll("\"(frames|drops)\":\\{[^}]*}", "\"$1\":0"));
        while (field.find()) {
            names.add(field.group(1));
        }
        String text = String.join("\n", names) + "\n";
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(GOLDEN, text);
        }
        assertEquals(Files.readString(GOLDEN), text);
    }

    @Test
    void figures_are_listed() {
        assertEquals(0, run("figure", "list"));

        assertTrue(out.toString().lines().toList().containsAll(List.of("convergecast-10", "kill", "cmu", "idle")));
    }

    @Test
    void what_does_not_exist_is_a_wrong_command_line_and_says_what_does() {
        assertEquals(2, run("figure", "beauty"));
        assertTrue(err.toString().contains("convergecast-10"), err::toString);
        assertEquals(2, run("torus"));
        assertEquals(2, run("grid", "--protocol", "ospf"));
        assertEquals(2, run("grid", "--loss", "much"));
        assertEquals(2, run("grid", "--insider", "thief@3"));
        assertEquals(2, run("grid", "--nodes", "10"));
        assertEquals(2, run("grid", "--for", "1min"));
        assertTrue(err.toString().contains("--for is longer than --warm-up"), err::toString);
        assertEquals(2, run("grid", "--interval", "0s"));
        assertEquals(2, run("grid", "--kill", "200%"));
        assertEquals(2, run("uniform", "--degree", "0"));
        assertEquals(2, run("uniform", "--nodes", "1000000000"));
        assertEquals(2, run("grid", "--spacing", "NaN"));
        assertEquals(2, run("grid", "--kill-at", "soon", "--kill", "10%"));
    }
}
