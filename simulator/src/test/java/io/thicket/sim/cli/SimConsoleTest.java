package io.thicket.sim.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.sim.recording.RunFileReader;
import io.thicket.sim.recording.RunSource;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Runs by hand, from the command line. */
final class SimConsoleTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    private Path scenario;
    private Path commands;

    @BeforeEach
    void write() throws IOException {
        scenario = directory.resolve("four.toml");
        commands = directory.resolve("commands.txt");
        Files.writeString(
                scenario,
                "[scenario]\nduration = \"90s\"\n[nodes]\nlayout = \"line\"\ncount = 4\n[[traffic]]\ninterval = \"10s\"\n");
    }

    private int run(String... args) {
        return SimLine.run(out, err, args);
    }

    @Test
    void a_pipe_steers_a_run_and_its_record_and_its_summary_do_the_same_again() throws IOException {
        Path first = directory.resolve("first.json");
        Path again = directory.resolve("again.json");
        Path report = directory.resolve("report.html");
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(
                "until 30s\nkill 1\nping 3 0 --count 2\nstep 2s\nreboot 1\n".getBytes(StandardCharsets.UTF_8)));
        try {
            assertEquals(
                    0,
                    run(
                            "sim",
                            "run",
                            "" + scenario,
                            "--console",
                            "--record-commands",
                            "" + commands,
                            "--json",
                            "" + first,
                            "--report",
                            "" + report),
                    err::toString);
        } finally {
            System.setIn(before);
        }

        assertEquals(0, run("sim", "run", "" + scenario, "--commands", "" + commands, "--quiet", "--json", "" + again));

        assertEquals(
                "at 30s kill n1\nat 30s ping n3 n0 --count 2 --interval 1\n",
                Files.readString(commands).replaceAll("at \\d+ms reboot n1 kept\n", ""));
        assertEquals(hash(first), hash(again));
        String summary = Files.readString(first);
        assertTrue(
                summary.contains("\"commands\":[\"at 30s kill n1\",\"at 30s ping n3 n0 --count 2 --interval 1\",\"at "),
                summary);
        assertTrue(summary.contains(" --commands "), summary);
        String html = Files.readString(report);
        assertTrue(html.contains("<h2>Done by hand</h2>") && html.contains("at 30s kill n1"), html);
        Files.delete(commands);
        assertEquals(0, run("sim", "replay", "" + first), () -> out + "" + err);
    }

    private static String hash(Path summary) throws IOException {
        return Files.readString(summary).replaceAll("(?s).*\"traceHash\":\"([0-9a-f]+)\".*", "$1");
    }

    /** What was there of an earlier run had been written over, and nothing had come in its place. */
    @Test
    @EnabledOnOs(OS.LINUX)
    @Timeout(60)
    void a_signal_ends_a_console_with_everything_written() throws Exception {
        Path trace = directory.resolve("a.run");
        Path json = directory.resolve("a.json");
        Process console = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ThicketMain.class.getName(),
                        "sim",
                        "run",
                        "" + scenario,
                        "--console",
                        "--trace",
                        "" + trace,
                        "--json",
                        "" + json)
                .redirectErrorStream(true)
                .start();
        console.outputWriter().write("until 30s\nstatus\n");
        console.outputWriter().flush();
        List<String> said = new ArrayList<>();
        BufferedReader lines = console.inputReader();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            said.add(line);
            if (line.startsWith("30s> status")) {
                console.toHandle().destroy(); // SIGTERM, which ends it as Ctrl-C does; leaves its output open
            }
        }

        assertEquals(130, console.waitFor(), said::toString);
        assertTrue(said.contains("stopped after 30.0 of 90.0 s: all that is written ends there"), said::toString);
        assertTrue(Files.readString(json).contains("\"simulatedSeconds\":30,"), said::toString);
        try (RunFileReader reader = RunFileReader.open(trace)) {
            assertEquals(RunSource.State.DONE, reader.state());
        }
    }

    @Test
    void mistakes_in_a_file_of_commands_are_bad_input_and_told_at_once() throws IOException {
        Files.writeString(commands, "\uFEFFat 10s kil 1\nat 20s kill 9\n"); // with the mark of Windows

        assertEquals(2, run("sim", "run", "" + scenario, "--commands", "" + commands));

        assertTrue(
                err.toString().contains("commands.txt:1:8: there is no word 'kil': did you mean 'kill'?"),
                err::toString);
        assertTrue(
                err.toString().contains("commands.txt:2:13: there is no node '9': nodes are n0 to n3"), err::toString);
        assertEquals(2, run("sim", "run", "" + scenario, "--commands", "" + directory.resolve("none")));
        assertTrue(err.toString().contains("there is no file "), err::toString);
        assertEquals(2, run("sim", "run", "" + scenario, "--commands", "" + commands, "--radio", "all"));
    }

    /** A test whose fault never happened must not be green. */
    @Test
    void a_command_after_the_end_fails_the_run() throws IOException {
        Files.writeString(commands, "at 10s kill 1\nat 5min kill 2\n");

        assertEquals(1, run("sim", "run", "" + scenario, "--commands", "" + commands, "--quiet"));

        assertTrue(err.toString().contains("not done, because the run had ended: 1 command"), err::toString);
        assertEquals(2, run("sim", "run", "" + scenario, "--set", "radio.loss=0", "--set", "radio.loss=0.1"));
        assertTrue(err.toString().contains("--set radio.loss is there twice"), err::toString);
    }

    @Test
    void a_command_that_could_not_be_done_fails_the_run_and_json_stays_clean() throws IOException {
        Files.writeString(commands, "at 10s kill 1\nat 20s kill 1\nat 5min kill 2\n");

        assertEquals(1, run("sim", "run", "" + scenario, "--commands", "" + commands, "--quiet", "--json", "-"));

        assertTrue(out.toString().startsWith("{\"scenario\":\"four\","), out::toString);
        assertTrue(err.toString().contains("n1 has no power already: killed by hand\n"), err::toString);
        assertTrue(err.toString().contains("not done, because the run had ended: 1 command\n"), err::toString);
    }

    @Test
    void a_file_of_commands_that_is_also_an_output_is_refused_and_stays_as_it_is() throws IOException {
        Files.writeString(commands, "at 10s kill 1\n");
        Path link = Files.createSymbolicLink(directory.resolve("link.txt"), commands);

        assertEquals(2, run("sim", "run", "" + scenario, "--commands", "" + commands, "--record-commands", "" + link));

        assertTrue(
                err.toString().contains("link.txt is read by this command, and would be written over"), err::toString);
        assertEquals(2, run("sim", "run", "" + scenario, "--commands", "" + commands, "--packets", "" + commands));
        assertEquals("at 10s kill 1\n", Files.readString(commands));
    }

    @Test
    void a_file_with_mistakes_leaves_an_older_record_as_it_is() throws IOException {
        Files.writeString(commands, "at 10s kil 1\n");
        Path record = Files.writeString(directory.resolve("record.txt"), "at 20s kill n2\n");

        assertEquals(
                2, run("sim", "run", "" + scenario, "--commands", "" + commands, "--record-commands", "" + record));

        assertEquals("at 20s kill n2\n", Files.readString(record));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void no_more_of_an_endless_file_of_commands_is_read_than_one_may_be_long() {
        assertEquals(2, run("sim", "run", "" + scenario, "--commands", "/dev/zero"));

        assertTrue(err.toString().contains("/dev/zero is larger than 1048576 bytes"), err::toString);
    }
}
