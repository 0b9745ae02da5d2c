package io.thicket.sim.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Where the output of {@code thicket sim} goes, and what must not be lost by it. */
final class SimOutputsTest {
    private static final String SCENARIO = """
            [scenario]
            duration = "50s"
            [nodes]
            layout = "line"
            count = 3
            [[traffic]]
            interval = "5s"
            """;

    /** Where every write fails. */
    private static final Path FULL = Path.of("/dev/full");

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path scenario;

    @BeforeEach
    void write() throws IOException {
        scenario = Files.writeString(directory.resolve("three.toml"), SCENARIO);
    }

    private int run(String... args) {
        return SimLine.run(out, err, args);
    }

    /** The system says of such a place that there is no such file, which sounds as if the directory were missing. */
    @Test
    void a_directory_that_takes_no_files_is_not_said_to_be_missing() throws IOException {
        assumeTrue(Files.isDirectory(Path.of("/proc")));
        Path link = Files.createSymbolicLink(directory.resolve("link.json"), directory.resolve("nowhere/x.json"));

        assertEquals(73, run("sim", "run", "" + scenario, "--json", "/proc/x.json"));
        assertTrue(
                err.toString().contains("/proc/x.json cannot be written: no file can be made in its directory"),
                err::toString);
        assertEquals(73, run("sim", "run", "" + scenario, "--json", "" + link));
        assertTrue(
                err.toString()
                        .contains("link.json cannot be written: it is a link into a directory that does not exist"),
                err::toString);
        assertEquals(
                73,
                run(
                        "sim",
                        "run",
                        "" + scenario,
                        "--json",
                        directory.resolve("nowhere/x.json").toString()));
        assertTrue(
                err.toString().contains("nowhere/x.json cannot be written: its directory does not exist"),
                err::toString);
    }

    @Test
    void no_output_is_written_over_the_scenario() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("link"), scenario);
        for (String option :
                List.of("--json", "--junit", "--packets", "--per-node", "--report", "--trace", "--record-commands")) {
            assertEquals(2, run("sim", "run", "" + scenario, option, "" + link), option);
        }
        assertEquals(2, run("sim", "export", "" + scenario, "--links", "" + scenario));

        assertTrue(
                err.toString().contains("three.toml is read by this command, and would be written over"),
                err::toString);
        assertEquals(SCENARIO, Files.readString(scenario));
    }

    @Test
    void no_output_is_written_over_a_file_that_the_scenario_names() throws IOException {
        Path places = Files.writeString(directory.resolve("places.csv"), "name,x,y\na,0,0\nb,50,0\n");
        Files.writeString(
                scenario,
                SCENARIO.replace("\"line\"", "\"file\"")
                        .replace("count = 3", "file = \"places.csv\"\nformat = \"positions\""));

        assertEquals(2, run("sim", "export", "" + scenario, "--positions", "" + places), err::toString);
        assertEquals(2, run("sim", "run", "" + scenario, "--per-node", "" + places), err::toString);
        assertTrue(
                err.toString().contains("places.csv is read by this command, and would be written over"),
                err::toString);
        assertEquals("name,x,y\na,0,0\nb,50,0\n", Files.readString(places));
    }

    @Test
    void a_comparison_is_not_written_over_what_it_compares() throws IOException {
        Path summary = directory.resolve("a.json");
        assertEquals(0, run("sim", "run", "" + scenario, "--quiet", "--json", "" + summary), err::toString);
        String before = Files.readString(summary);

        assertEquals(2, run("sim", "diff", "" + summary, "" + summary, "--json", "" + summary));
        assertEquals(2, run("sim", "diff", "" + summary, "" + summary, "--report", "" + summary));
        assertEquals(before, Files.readString(summary));
    }

    /** A build server reads what is there: the result of the run before would pass for that of this one. */
    @Test
    void a_run_that_cannot_be_is_an_error_for_build_servers() throws IOException {
        Path junit = directory.resolve("a.xml");
        assertEquals(0, run("sim", "run", "" + scenario, "--quiet", "--junit", "" + junit), err::toString);
        assertTrue(Files.readString(junit).contains("errors=\"0\""));

        assertEquals(2, run("sim", "run", "" + scenario, "--set", "nodes.count=-1", "--junit", "" + junit));

        String xml = Files.readString(junit);
        assertTrue(xml.contains("tests=\"1\" failures=\"0\" errors=\"1\""), xml);
        assertTrue(xml.contains("<error message=\"this scenario cannot be run\">") && xml.contains("count"), xml);
    }

    @Test
    void what_is_no_result_stays_when_a_run_cannot_be() throws IOException {
        String text = Files.readString(scenario);

        assertEquals(2, run("sim", "run", "" + scenario, "--set", "nodes.count=-1", "--junit", "" + scenario));

        assertEquals(text, Files.readString(scenario));
    }

    @Test
    void configurations_go_to_a_directory_and_not_to_a_file() {
        assertEquals(73, run("sim", "export-config", "" + scenario, "--out", "" + scenario));
        assertTrue(err.toString().contains("cannot be made a directory: it is a file"), err::toString);
    }

    @Test
    void an_export_has_no_json_for_standard_output() {
        assertEquals(2, run("sim", "export", "" + scenario, "--links", "-"));

        assertTrue(err.toString().contains("an export goes to files; one that is called - is ./-"), err::toString);
    }

    @Test
    void only_the_summary_can_go_to_standard_output() {
        assertEquals(2, run("sim", "run", "" + scenario, "--report", "-"));

        assertTrue(err.toString().contains("only --json can be -"), err::toString);
    }

    @Test
    void why_a_file_cannot_be_written_is_said_in_words() {
        assertEquals(73, run("sim", "run", "" + scenario, "--json", "" + directory.resolve("no/such.json")));
        assertEquals(2, run("sim", "run", "" + scenario, "--json", ""));

        assertTrue(err.toString().contains("such.json cannot be written: its directory does not exist"), err::toString);
        assertTrue(err.toString().contains("an output has an empty name"), err::toString);
    }

    /** It kept the others from being written. */
    @Test
    void an_output_whose_disk_is_full_takes_no_other_with_it() {
        assumeTrue(Files.exists(FULL));
        Path json = directory.resolve("o.json");
        Path report = directory.resolve("o.html");

        int code = run("sim", "run", "" + scenario, "--junit", "" + FULL, "--json", "" + json, "--report", "" + report);

        assertEquals(73, code);
        assertTrue(err.toString().contains("/dev/full cannot be written: No space left"), err::toString);
        assertTrue(Files.exists(json), "no JSON");
        assertTrue(Files.exists(report), "no report");
    }

    /** The run ended there, and of two files the wrong one was blamed. */
    @ParameterizedTest
    @ValueSource(strings = {"--trace", "--pcap", "--record-commands"})
    void a_disk_that_gets_full_on_the_way_does_not_end_the_run(String option) throws IOException {
        assumeTrue(Files.exists(FULL));
        Path commands = Files.writeString(directory.resolve("c.txt"), "at 30s kill 1\n");
        Path other = directory.resolve("other");
        Path json = directory.resolve("o.json");
        List<String> words = new ArrayList<>(List.of("sim", "run", "" + scenario, "--commands", "" + commands));
        words.addAll(List.of(option, "" + FULL, "--json", "" + json));
        words.addAll(List.of(option.equals("--trace") ? "--pcap" : "--trace", "" + other));

        assertEquals(73, run(words.toArray(String[]::new)), err::toString);
        assertTrue(Files.readString(json).contains("\"simulatedSeconds\":50,"), "it did not go on");
        assertTrue(out.toString().contains("50 s simulated"), out::toString);
        assertTrue(err.toString().contains("/dev/full cannot be written: No space left"), err::toString);
        assertFalse(err.toString().contains("other cannot be written"), err::toString);
        assertFalse(err.toString().contains("other ends here"), err::toString);
        assertTrue(Files.size(other) > 0, "the other one is empty");
    }

    /** It was told at the end only, hours later. */
    @ParameterizedTest
    @ValueSource(strings = {"--trace", "--pcap", "--record-commands"})
    void a_disk_that_gets_full_is_told_once_and_at_once(String option) throws IOException {
        assumeTrue(Files.exists(FULL));
        String commands = "at 10s kill 1\nat 2h stop\n";
        Path file = Files.writeString(directory.resolve("c.txt"), commands);

        run(
                "sim",
                "run",
                "" + scenario,
                "--set",
                "scenario.duration=3h",
                "--quiet",
                "--commands",
                "" + file,
                option,
                "" + FULL);

        assertEquals(2, err.toString().split("No space left", -1).length - 1, err::toString);
        int told = err.toString().indexOf("/dev/full ends here, and the run goes on: No space left");
        assertTrue(told >= 0 && told < err.toString().indexOf("/dev/full cannot be written"), err::toString);
    }

    @Test
    void every_output_that_cannot_be_written_is_named() {
        assumeTrue(Files.exists(FULL));

        assertEquals(73, run("sim", "run", "" + scenario, "--trace", "" + FULL, "--junit", "" + FULL));

        assertEquals(2, err.toString().split("cannot be written", -1).length - 1, err::toString);
    }

    @Test
    void an_end_later_than_that_of_the_file_is_said() {
        assertEquals(0, run("sim", "explain", "" + scenario, "--until", "2h"));

        assertTrue(err.toString().contains("--until 2h is later than the end, after 50.0 s"), err::toString);
        assertEquals(0, run("sim", "explain", "" + scenario, "--set", "scenario.duration=2h"));
        assertTrue(out.toString().contains("2h"), out::toString);
    }

    /** "Let it run longer" helps neither. */
    @Test
    void a_run_that_counts_nothing_says_what_helps() throws IOException {
        run("sim", "run", "" + scenario, "--set", "nodes.count=1", "--quiet");
        assertTrue(out.toString().contains("nothing is counted: no node sends anything\n"), out::toString);

        Files.writeString(directory.resolve("commands.txt"), "at 20s stop\n");
        run(
                "sim",
                "run",
                "" + scenario,
                "--set",
                "scenario.duration=10min",
                "--set",
                "scenario.warm_up=1min",
                "--commands",
                directory.resolve("commands.txt").toString(),
                "--quiet");
        assertTrue(
                out.toString()
                        .contains(
                                "the run ended in the warm-up (60.0 s); let it run longer, or count from the start with"
                                        + " --set scenario.warm_up=0s\n"),
                out::toString);
    }

    @Test
    void a_recording_in_the_place_of_a_scenario_is_named() {
        Path recording = directory.resolve("a.run");
        assertEquals(0, run("sim", "run", "" + scenario, "--quiet", "--trace", "" + recording));

        assertEquals(2, run("sim", "run", "" + recording));

        assertTrue(
                err.toString().contains("a.run is a recording for thicket sim view; wanted is a scenario file"),
                err::toString);
    }

    @Test
    void a_file_before_the_command_is_told_where_it_belongs() {
        PrintStream before = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            assertEquals(2, ThicketMain.run(new String[] {"sim", "ok.toml", "run"}));
        } finally {
            System.setErr(before);
        }

        assertTrue(said.toString(StandardCharsets.UTF_8).contains("write thicket sim run ok.toml\n"), said::toString);
    }

    @Test
    void a_run_that_counts_nothing_says_so() {
        run("sim", "run", "" + scenario, "--until", "2s", "--quiet");

        assertTrue(out.toString().contains("nothing is counted"), out::toString);
    }

    /** Its frames were those of the warm-up, its packets none. */
    @Test
    void a_run_that_is_stopped_in_its_warm_up_has_counted_nothing() throws IOException {
        Path commands = Files.writeString(directory.resolve("c.txt"), "at 10s stop\n");
        Path json = directory.resolve("o.json");

        run(
                "sim",
                "run",
                "" + scenario,
                "--set",
                "scenario.warm_up=20s",
                "--commands",
                "" + commands,
                "--json",
                "" + json);

        String summary = Files.readString(json);
        for (String none : List.of("\"offered\":0,", "\"frames\":0,", "\"controlBytes\":0,", "\"airtimeSeconds\":0,")) {
            assertTrue(summary.contains(none), none + " is not in " + summary);
        }
        assertTrue(summary.contains("\"controlFramesPerNodePerMinute\":null"), summary);
    }

    @Test
    void every_help_can_be_printed() {
        PrintStream before = System.err;
        ByteArrayOutputStream warned = new ByteArrayOutputStream();
        System.setErr(new PrintStream(warned, true, StandardCharsets.UTF_8));
        try {
            CommandLine sim = SimCommand.line();
            sim.usage(new PrintWriter(out));
            sim.getSubcommands().values().forEach(each -> each.usage(new PrintWriter(out)));
        } finally {
            System.setErr(before);
        }

        assertEquals("", warned.toString(StandardCharsets.UTF_8));
        assertTrue(out.toString().contains("95 % intervals"), out::toString);
    }

    /** What a command of {@code thicket sim} says that gets a SIGTERM once it has said {@code before}; it must end with 130. */
    private String stopped(String before, String... args) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "io.thicket.sim.cli.ThicketMain",
                "sim"));
        command.addAll(List.of(args));
        Path said = directory.resolve("said");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        for (int i = 0; i < 600 && process.isAlive() && !Files.readString(said).contains(before); i++) {
            Thread.sleep(100);
        }
        boolean ran = Files.readString(said).contains(before);
        process.destroy();
        assertTrue(process.waitFor(40, TimeUnit.SECONDS), "it did not end");
        assertTrue(ran, "it never said '" + before + "': " + Files.readString(said));
        assertEquals(130, process.exitValue(), Files.readString(said));
        return Files.readString(said);
    }

    @Test
    void a_comparison_that_is_stopped_tells_of_the_radios_that_are_done() throws IOException, InterruptedException {
        String said = stopped(
                "radio two_ray (2 of 2)",
                "run",
                "" + scenario,
                "--set",
                "scenario.duration=6h",
                "--radio",
                "range,two_ray");

        assertTrue(said.contains("stopped: two_ray not done"), said);
        assertTrue(said.contains("under 1 radio"), said);
    }

    @Test
    void a_run_that_is_stopped_writes_what_there_is() throws IOException, InterruptedException {
        Path json = directory.resolve("out.json");
        Path trace = directory.resolve("out.run");
        Path report = directory.resolve("out.html");
        String said = stopped(
                "of 50 s simulated",
                "run",
                "" + scenario,
                "--speed",
                "2x",
                "--json",
                "" + json,
                "--trace",
                "" + trace,
                "--report",
                "" + report);

        assertTrue(said.contains(" of 50.0 s: all that is written ends there"), said);
        assertTrue(Files.readString(json).contains("\"simulatedSeconds\":"), Files.readString(json));
        assertFalse(Files.readString(json).contains("\"simulatedSeconds\":50,"), Files.readString(json));
        assertWhole(trace);
        for (Path result : List.of(json, report)) {
            assertEquals(0, run("sim", "replay", "" + result), () -> out + "" + err);
        }
        assertTrue(err.toString().contains(" of 50.0 s: it is compared up to there"), err::toString);
    }

    private static void assertWhole(Path recording) throws IOException {
        byte[] bytes = Files.readAllBytes(recording);
        assertEquals("THKEND", new String(bytes, bytes.length - 8, 6, StandardCharsets.US_ASCII));
    }

    /** It left a header only. */
    @Test
    void a_run_that_is_watched_and_stopped_leaves_a_whole_recording() throws IOException, InterruptedException {
        Path trace = directory.resolve("out.run");

        stopped(
                "of 50 s simulated",
                "view",
                "" + scenario,
                "--no-browser",
                "--port",
                "0",
                "--speed",
                "2x",
                "--trace",
                "" + trace);

        assertWhole(trace);
    }
}
