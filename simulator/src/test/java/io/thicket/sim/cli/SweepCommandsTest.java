package io.thicket.sim.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.agent.config.ConfigException;
import io.thicket.sim.scenario.file.Overrides;
import io.thicket.sim.scenario.file.ScenarioReader;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands of docs/sweep.md as a user types them. */
@Timeout(300)
final class SweepCommandsTest {
    private static final Path ROOT = Path.of(System.getProperty("thicket.root", ".."));
    private static final Path GOLDEN = ROOT.resolve("simulator/src/test/resources/sweep");
    private static final Pattern VALUE = Pattern.compile(":(-?[0-9][^,}\\]]*|null)");

    private static final String SMALL = """
            [scenario]
            duration = "40s"
            [nodes]
            count = 4
            [[traffic]]
            interval = "5s"
            stop = "30s"
            [[traffic]]
            interval = "7s"
            to = 2
            stop = "30s"
            [[fault]]
            kind = "crash"
            share = 0.25
            at = "20s"
            for = "5s"
            [[fault]]
            kind = "loss"
            loss = 0.1
            at = "5s"
            [[check]]
            kind = "loops"
            """;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    private int run(Object... args) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        String[] words = new String[args.length + 1];
        words[0] = "sim";
        for (int i = 0; i < args.length; i++) {
            words[i + 1] = String.valueOf(args[i]);
        }
        return SimLine.run(out, err, words);
    }

    @Test
    void what_a_command_line_has_twice_is_told() throws IOException {
        Path file = file(SMALL);

        assertEquals(
                2,
                run(
                        "sweep",
                        file,
                        "--set",
                        "nodes.count=3,3,4",
                        "--set",
                        "radio.loss=0,0.0",
                        "--seeds",
                        "1,1..2",
                        "--figures",
                        "none"));

        assertTrue(
                err.toString().contains("warning: --set nodes.count has equal values (3 and 3); they are run once\n"),
                err::toString);
        assertTrue(
                err.toString().contains("warning: --set radio.loss has equal values (0 and 0.0); they are run once\n"),
                err::toString);
        assertTrue(
                err.toString().contains("warning: --seeds: 1 is there more than once; it is run once\n"),
                err::toString);
        assertEquals(2, run("sweep", file, "--precision", "1e9"));
        assertTrue(err.toString().contains("--precision is a share such as 0.05, not 1000000000\n"), err::toString);
    }

    /** With several times on a command line, which one has no unit? */
    @Test
    void a_time_or_size_that_is_none_is_told_with_its_option() throws IOException {
        Path file = file(SMALL);

        assertEquals(2, run("run", file, "--until", "5"));
        assertTrue(err.toString().contains("--until: '5' has no unit"), err::toString);
        assertEquals(2, run("sweep", file, "--until", "5"));
        assertTrue(err.toString().contains("--until: '5' has no unit"), err::toString);
        assertEquals(2, run("swarm", "--for", "5"));
        assertTrue(err.toString().contains("--for: '5' has no unit"), err::toString);
        assertEquals(2, run("swarm", "--timeout", "5"));
        assertTrue(err.toString().contains("--timeout: '5' has no unit"), err::toString);
        assertEquals(2, run("shrink", file, "--memory", "1"));
        assertTrue(err.toString().contains("--memory: '1' has no unit"), err::toString);
    }

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve("a.toml"), text);
    }

    private void compare(String name, String json) throws IOException {
        String shape = VALUE.matcher(json)
                .replaceAll(":0")
                .replaceAll("\"commit\":\"[^\"]*\"", "\"commit\":\"\"")
                .replace(directory.toString(), "DIR");
        shape = shape.replaceAll("\"drops\\.[A-Z_]*\":\\{[^}]*},?", "").replace(",\"", ",\n\"") + "\n";
        Path golden = GOLDEN.resolve(name);
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(golden, shape);
        }
        assertEquals(Files.readString(golden), shape);
    }

    @Test
    void what_deserves_a_look_is_told_once_and_not_for_each_point() throws IOException {
        Files.writeString(directory.resolve("links.csv"), "from,to,pdr\na,b,1\nb,a,1\nb,c,1\nc,b,1\n");
        Path scenario = file("""
                [scenario]
                duration = "30s"
                [nodes]
                layout = "file"
                format = "links"
                file = "links.csv"
                [radio]
                model = "links"
                [[traffic]]
                interval = "5s"
                stop = "20s"
                [sweep]
                seeds = "1"
                [sweep.set]
                radio.datagram_loss = [0, 0.01]
                """);
        Path results = directory.resolve("warned.sweep");
        assertEquals(0, run("sweep", scenario, "--out", results, "--jobs", 1, "--quiet"), err::toString);
        assertEquals(
                "warning: " + scenario + " with radio.datagram_loss=0: [nodes] links.csv names no gateway,"
                        + " so that its first node is one: a\n",
                err.toString().replaceAll("\n +.*", ""));
    }

    @Test
    void a_fault_that_changes_nothing_is_told_once_and_not_for_each_point() throws IOException {
        Path scenario = file("""
                [scenario]
                duration = "30s"
                [nodes]
                layout = "line"
                count = 4
                [[traffic]]
                interval = "5s"
                stop = "20s"
                [[fault]]
                kind = "flap"
                between = [0, 3]
                at = "5s"
                [sweep]
                seeds = "1..2"
                [sweep.set]
                radio.datagram_loss = [0, 0.01]
                """);

        assertEquals(
                0,
                run("sweep", scenario, "--out", directory.resolve("idle.sweep"), "--jobs", 1, "--quiet"),
                err::toString);

        assertEquals(
                1,
                err.toString()
                        .lines()
                        .filter(line -> line.startsWith("warning: "))
                        .count(),
                err::toString);
        assertTrue(
                err.toString().endsWith(": between these there is no link (looked at with seed 1)\n"), err::toString);
    }

    @Test
    void a_sweep_its_table_and_a_comparison_are_public() throws IOException {
        Path scenario = file(SMALL);
        Path a = directory.resolve("a");
        Path b = directory.resolve("b");

        assertEquals(
                0,
                run("sweep", scenario, "--set", "radio.loss=0,0.1", "--seeds", "1..3", "--out", a, "--json", "-"),
                err::toString);
        compare("table.json", out.toString().strip());
        assertTrue(err.toString().contains("6 of 6 runs"), err::toString);
        // A second sweep of the same seeds is the same, but for its times.
        Files.createDirectory(b);
        try (Stream<Path> files = Files.list(a)) {
            for (Path each : (Iterable<Path>) files::iterator) {
                Files.copy(each, b.resolve(each.getFileName()));
            }
        }
        assertEquals(0, run("diff", a, b, "--figures", "pdr,frames", "--json", "-"), err::toString);
        compare("diff.json", out.toString().strip());
        assertTrue(out.toString().contains("\"paired\":true"), out::toString);
        assertEquals(2, run("sweep", scenario, "--seeds", "1..3", "--out", a));
        assertTrue(err.toString().contains("--resume"), err::toString);
        assertEquals(0, run("replay", a.resolve("runs.jsonl"), "--run", "4"), () -> out + "" + err);
        assertEquals(2, run("replay", a.resolve("runs.jsonl")));
        assertTrue(err.toString().contains("--run N"), err::toString);
        assertEquals(2, run("replay", a));
        assertTrue(
                err.toString()
                        .contains(a + " is a directory, and no run; of a sweep: thicket sim replay " + a
                                + "/runs.jsonl --run N"),
                err::toString);
    }

    @Test
    void a_comparison_of_single_runs_says_what_they_do_not_share() throws IOException {
        Path scenario = file(SMALL);
        Path a = directory.resolve("a.json");
        Path b = directory.resolve("b.json");
        assertEquals(0, run("run", scenario, "--seed", 1, "--quiet", "--json", a), err::toString);
        assertEquals(0, run("run", scenario, "--seed", 2, "--until", "25s", "--quiet", "--json", b), err::toString);

        assertEquals(0, run("diff", a, b, "--figures", "pdr", "--json", "-"), err::toString);
        compare("diff-single.json", out.toString().strip());
    }

    @Test
    void every_point_is_read_before_the_first_run() throws IOException {
        Path scenario = file(SMALL);
        Path to = directory.resolve("a");

        assertEquals(2, run("sweep", scenario, "--set", "nodes.count=4,2", "--out", to));

        assertTrue(
                err.toString().contains("a.toml with nodes.count=2: [[traffic]] to: there is no node 2"),
                err::toString);
        assertFalse(Files.exists(to));
    }

    @Test
    void a_single_number_of_seeds_is_told_to_be_one_seed() throws IOException {
        Path scenario = file(SMALL);

        assertEquals(0, run("sweep", scenario, "--seeds", "7", "--quiet", "--out", directory.resolve("one")));

        assertTrue(err.toString().contains("warning: --seeds 7 is one seed"), err::toString);
        assertTrue(err.toString().contains("write --seeds 1..7"), err::toString);
    }

    @Test
    void wrong_words_are_refused_each_with_its_reason() throws IOException {
        Path scenario = file(SMALL);
        String[][] wrong = {
            {"--set", "nodes=3", "no SECTION.KEY"},
            {"--seeds", "x", "a seed is a number"},
            {"--shard", "0/4", "the first of eight"},
            {"--shard", "3", "the first of eight"},
            {"--jobs", "0", "--jobs is 1 to"},
            {"--precision", "7", "--precision is a share"},
            {"--figure", "pdr", "--figure is for a --precision"},
            {"--memory", "1KiB", "--memory is at least 64MiB"},
            {"--timeout", "soon", "soon"},
            {"--figures", "pdr,bogus", "there is no figure 'bogus'; there are nodes, gateways"},
            {"--set", "nodes.count=", "'nodes.count=' has an empty value"},
        };
        for (String[] each : wrong) {
            assertEquals(2, run("sweep", scenario, each[0], each[1], "--out", directory.resolve("x")), each[1]);
            assertTrue(err.toString().contains(each[2]), err::toString);
        }
        assertFalse(Files.exists(directory.resolve("x")));
        String[] unknown = {"--precision", "0.1", "--figure", "latencyMs.bogus"};
        assertEquals(2, run("sweep", scenario, unknown[0], unknown[1], unknown[2], unknown[3]));
        assertTrue(err.toString().contains("there is no figure 'latencyMs.bogus'"), err::toString);
        assertEquals(73, run("sweep", scenario, "--out", scenario.resolve("x")));
        assertTrue(err.toString().contains("x cannot be made a directory: "), err::toString);
        assertFalse(err.toString().contains("is kept"), err::toString);
        assertEquals(2, run("swarm", "--runs", "0"));
        assertEquals(2, run("swarm", "--for", "0s"), "it looks for nothing, which is no success");
        assertEquals(2, run("swarm", "--nodes", "2"));
        assertEquals(2, run("replay"));
        assertEquals(2, run("replay", directory.resolve("none.json")));
        assertEquals(2, run("replay", scenario, "--swarm-seed", "1"));
        for (String[] ignored :
                new String[][] {{"--nodes", "3"}, {"--save", "q.toml"}, {"--scenario", "nowhere.toml"}, {"--run", "3"}
                }) {
            assertEquals(2, run("replay", scenario, ignored[0], ignored[1]), ignored[0]);
            assertTrue(err.toString().contains(ignored[0] + " is of "), err::toString);
        }
        assertEquals(2, run("replay", "--swarm-seed", "1", "--run", "3"));
        assertEquals(2, run("replay", directory.resolve("none.json"), "--save", "q.toml"));
        assertEquals(2, run("diff", directory, directory));
        assertEquals(2, run("shrink", scenario, "--runs", "0"));
        assertEquals(2, run("merge", directory, "--out", directory));
    }

    @Test
    void a_result_and_a_report_can_be_replayed_and_a_change_is_told() throws IOException {
        Path scenario = file(SMALL);
        Path json = directory.resolve("it's.json");
        Path report = directory.resolve("out.html");
        assertEquals(
                0,
                run(
                        "run",
                        scenario,
                        "--seed",
                        "9",
                        "--set",
                        "radio.loss=0.1",
                        "--quiet",
                        "--json",
                        json,
                        "--report",
                        report),
                err::toString);

        assertEquals(0, run("replay", json, "--quiet"), () -> out + "" + err);
        assertTrue(out.toString().startsWith("the same, bit for bit: trace "), out::toString);
        assertEquals(0, run("replay", report), () -> out + "" + err);
        Files.writeString(scenario, SMALL.replace("at = \"20s\"", "at = \"21s\""));
        assertEquals(1, run("replay", json));
        assertTrue(
                Pattern.compile("DIFFERENT  the same until 2[0-9.]* s at least, different at [0-9.]* s")
                        .matcher(out.toString())
                        .find(),
                out::toString);
        assertEquals(1, run("replay", report, "--json"));
        assertTrue(out.toString().contains("\"same\":false"), out::toString);
    }

    /** The whole text was hashed, so that only the command line could make a sweep larger. */
    @Test
    void a_sweep_grows_by_its_section_of_the_file() throws IOException {
        String few = "[sweep]\nseeds = 1\n[sweep.set]\nradio.loss = [0]\n";
        Path scenario = file(SMALL + few);
        Path results = directory.resolve("a");
        String[] options = {"--out", "" + results, "--jobs", "1", "--resume"};
        assertEquals(0, run("sweep", scenario, options[0], options[1], options[2], options[3]), err::toString);

        file(SMALL + "# more of them\n" + few.replace("= 1", "= 2").replace("[0]", "[0, 0.1]"));
        assertEquals(0, run("sweep", scenario, options[0], options[1], options[2], options[3], options[4]));
        assertTrue(err.toString().contains("1 of 4 runs"), err::toString);
        String grown = Files.readString(results.resolve("runs.jsonl"));
        assertEquals(5, grown.lines().count());

        file(SMALL + few);
        assertEquals(2, run("sweep", scenario, options[0], options[1], options[2], options[3], options[4]));
        assertTrue(err.toString().contains("more than what is wanted now: radio.loss=0.1, seed 2"), err::toString);
        file(SMALL.replace("7s", "8s") + few.replace("= 1", "= 2").replace("[0]", "[0, 0.1]"));
        assertEquals(2, run("sweep", scenario, options[0], options[1], options[2], options[3], options[4]));
        assertTrue(err.toString().contains("the scenario file has changed in between"), err::toString);
        assertEquals(grown, Files.readString(results.resolve("runs.jsonl")));
    }

    /** Whoever edited the scenario in between looked for a fault of the program. */
    @Test
    void a_replay_says_that_the_text_of_the_scenario_is_another_one() throws IOException {
        Path scenario = file(SMALL);
        Path json = directory.resolve("out.json");
        Path report = directory.resolve("out.html");
        assertEquals(0, run("run", scenario, "--quiet", "--json", json, "--report", report), err::toString);
        String before = Files.readString(json);
        Files.writeString(scenario, "# a note\n" + SMALL + "[sweep]\nseeds = 3\n");
        assertEquals(0, run("replay", json, "--quiet"), () -> out + "" + err);
        assertEquals("", err.toString());

        Files.writeString(scenario, SMALL.replace("at = \"20s\"", "at = \"21s\""));
        for (Path recorded : List.of(json, report)) {
            assertEquals(1, run("replay", recorded, "--quiet"));
            assertTrue(
                    err.toString().startsWith("warning: the text of " + scenario + " has changed since the run"),
                    err::toString);
            assertTrue(err.toString().contains("its traceHash cannot be expected"), err::toString);
            assertTrue(out.toString().contains("DIFFERENT  the scenario is another one: "), out::toString);
        }

        // What an older version wrote does not say which text it was.
        Files.writeString(json, before.replaceFirst("\"scenarioHash\":\"[0-9a-f]{64}\",", ""));
        assertEquals(1, run("replay", json, "--quiet"));
        assertEquals("", err.toString());
        assertFalse(out.toString().contains("the scenario is another one"), out::toString);
    }

    /** A check, a name, a description: another text need not be another run. */
    @Test
    void another_text_with_the_same_trace_is_the_same_run_and_a_warning() throws IOException {
        Path scenario = file(SMALL);
        Path json = directory.resolve("out.json");
        assertEquals(0, run("run", scenario, "--quiet", "--json", json), err::toString);
        Files.writeString(scenario, SMALL.replaceFirst("\\[scenario]", "[scenario]\ndescription = \"new\""));

        assertEquals(0, run("replay", json, "--quiet"), () -> out + "" + err);

        assertTrue(out.toString().startsWith("the same, bit for bit"), out::toString);
        assertTrue(err.toString().contains("has changed since the run"), err::toString);
    }

    @Test
    void a_recorded_scenario_that_is_elsewhere_now_is_asked_for() throws IOException {
        Path scenario = file(SMALL);
        Path json = directory.resolve("out.json");
        assertEquals(0, run("run", scenario, "--quiet", "--json", json), err::toString);
        Path moved = Files.move(scenario, directory.resolve("moved.toml"));

        assertEquals(2, run("replay", json));

        assertTrue(err.toString().contains("out.json is of the scenario " + scenario), err::toString);
        assertTrue(err.toString().contains("say with --scenario where it is"), err::toString);
        assertEquals(0, run("replay", json, "--scenario", moved, "--quiet"), () -> out + "" + err);
    }

    /** What is counted is no part of the trace. */
    @Test
    void a_figure_that_differs_is_told_also_where_the_trace_is_the_same() throws IOException {
        Path scenario = file(SMALL);
        Path json = directory.resolve("out.json");
        assertEquals(0, run("run", scenario, "--quiet", "--json", json), err::toString);
        Path renamed = Files.copy(scenario, directory.resolve("b.toml"));
        assertEquals(0, run("replay", json, "--scenario", renamed, "--quiet"), out::toString);
        Files.writeString(scenario, SMALL.replace("\"40s\"", "\"40s\"\nwarm_up = \"20s\""));

        assertEquals(1, run("replay", json, "--quiet"));

        assertTrue(out.toString().contains("DIFFERENT  offered: "), out::toString);
        assertFalse(out.toString().contains("trace"), out::toString);
    }

    @Test
    void a_swarm_finds_nothing_and_each_seed_can_be_replayed() throws IOException {
        assertEquals(
                0,
                run(
                        "swarm",
                        "--runs=3",
                        "--seed=5",
                        "--nodes=8",
                        "--quiet",
                        "--json=-",
                        "--junit=" + directory.resolve("s.xml")),
                () -> out + "" + err);
        assertEquals("{\"seed\":\"0x5\",\"nodes\":8,\"runs\":3,\"failed\":[]}\n", out.toString());
        assertTrue(Files.readString(directory.resolve("s.xml")).contains("name=\"3 runs that found nothing\""));

        assertEquals(0, run("replay", "--swarm-seed", "5", "--nodes", "8", "--save", directory.resolve("s.toml")));
        String hash = out.toString().replaceAll("(?s).*trace ([0-9a-f]{64}).*", "$1");
        assertEquals(0, run("replay", "--swarm-seed", "5", "--nodes", "8", "--hash", hash), out::toString);
        assertEquals(1, run("replay", "--swarm-seed", "6", "--nodes", "8", "--hash", hash), out::toString);
        assertEquals(2, run("replay", "--swarm-seed", "5", "--nodes", "8", "--hash", "zz"), out::toString);
        assertTrue(err.toString().contains("64 hexadecimal digits"), err::toString);
        assertEquals(0, run("replay", directory.resolve("s.toml")), out::toString);
        assertTrue(out.toString().contains(hash), out::toString);
    }

    @Test
    void a_scenario_shrinks_to_what_fails_by_itself() throws IOException, ConfigException {
        Path scenario = file(SMALL + "\n[[check]]\nkind = \"latency\"\npercentile = 50\nat_most = \"1ms\"\n");
        Path shrunk = directory.resolve("a-shrunk.toml");

        assertEquals(0, run("shrink", scenario, "--seed", "3", "--quiet"), () -> out + "" + err);

        assertTrue(out.toString().contains("are now 2 nodes, 0 faults, 1 kind of traffic, "), out::toString);
        assertTrue(ScenarioReader.read(shrunk, Overrides.NONE).durationMs() < 40_000);
        assertEquals(1, run("run", shrunk, "--quiet"), out::toString);
        assertTrue(out.toString().contains("FAILED     latency, p50 in ms"), out::toString);
        String first = Files.readString(shrunk);
        assertEquals(2, run("shrink", scenario, "--seed", "3", "--quiet"));
        assertEquals(0, run("shrink", scenario, "--seed", "3", "--quiet", "--out", shrunk));
        assertEquals(first, Files.readString(shrunk));
        assertEquals(1, run("shrink", scenario, "--check", "loops", "--out", directory.resolve("b.toml")));
        assertTrue(out.toString().contains("it does not fail by 'loops'"), out::toString);
    }
}
