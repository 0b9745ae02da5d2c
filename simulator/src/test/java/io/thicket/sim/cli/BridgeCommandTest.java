package io.thicket.sim.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code --bridge} of {@code thicket sim}. */
final class BridgeCommandTest {
    private static final Path GOLDEN = Path.of(System.getProperty("thicket.root", ".."))
            .resolve("simulator/src/test/resources/scenario/bridge.summary.json");

    /** The fields are public; their values change from run to run. */
    private static final Pattern VALUE = Pattern.compile(":(-?[0-9][^,}\\]]*|null|true|false)");

    private static final String SMALL = """
        [scenario]
        name = "small"
        duration = "2s"
        [nodes]
        layout = "line"
        count = 2
        [bridge]
        coap = []
        """;

    private static final Pattern TO_US = Pattern.compile("\"toUs\":([0-9]+)");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    private int run(String text, String... args) throws IOException {
        Path file = directory.resolve("small.toml");
        Files.writeString(file, text);
        String[] all = new String[args.length + 2];
        all[0] = "sim";
        System.arraycopy(args, 0, all, 1, 1);
        all[2] = file.toString();
        System.arraycopy(args, 1, all, 3, args.length - 1);
        return SimLine.run(out, err, all);
    }

    @Test
    void the_summary_of_a_bridged_run_is_public_and_no_replay() throws IOException {
        int code = run(SMALL, "run", "--bridge", "--json", "-");

        assertEquals(0, code, err::toString);
        String json = out.toString().strip();
        int bridge = json.indexOf("\"bridge\"");
        String its = json.substring(bridge, json.indexOf("\"checks\""));
        String fields = VALUE.matcher(its).replaceAll(":0") + "\n";
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(GOLDEN, fields);
        }
        assertEquals(Files.readString(GOLDEN), fields);
        assertTrue(its.contains("\"traceHash\":null"), its);
        assertTrue(json.contains(" --bridge\""), json);
        assertTrue(err.toString().contains("NOT SECRET"), err::toString);

        Path file = directory.resolve("out.json");
        Files.writeString(file, json);
        CommandLine replay = new CommandLine(SimCommand.line().getCommandSpec());
        replay.setErr(new PrintWriter(err));
        replay.setExecutionExceptionHandler((problem, command, parsed) -> {
            err.write(problem.getMessage() + "\n");
            return 2;
        });
        assertEquals(2, replay.execute("replay", file.toString()));
        assertTrue(err.toString().contains("does not repeat"), err::toString);
    }

    /** One that was ended before had zeros everywhere, and nobody had said so. */
    @Test
    void a_bridged_run_says_from_when_it_counts() throws IOException {
        assertEquals(0, run(SMALL.replace("\"2s\"", "\"2s\"\nwarm_up = \"1s\""), "run", "--bridge", "--quiet"));

        assertTrue(
                out.toString()
                        .contains(
                                "counted from 1 s on (scenario.warm_up): a run that ends before has counted nothing\n"),
                out::toString);
    }

    /** The run goes on, since the device may be plugged in later; a misspelt port was silence. */
    @Test
    void a_device_that_is_not_there_is_told_when_the_run_begins() throws IOException {
        Path port = directory.resolve("ttyUSB7");
        String device = """
                [[bridge_sensor]]
                node = 1
                name = "soil"
                driver = "text.keyvalue"
                port = "%s"
                options = { units = "temp:Cel" }
                """.formatted(port);

        assertEquals(0, run(SMALL + device, "run", "--bridge", "--quiet"), err::toString);

        assertTrue(
                out.toString().contains("NOT THERE: " + port + ", the port of soil of n1; it is looked for again\n"),
                out::toString);
    }

    @Test
    void a_bridged_run_is_one_run_in_real_time() throws IOException {
        assertRefusedWithBridge("--speed", "2x");
        assertRefusedWithBridge("--radio", "all");
    }

    @Test
    void a_bridged_run_takes_no_commands() throws IOException {
        String file = directory.resolve("commands.txt").toString();

        assertRefusedWithBridge("--console");
        assertRefusedWithBridge("--commands", file);
        assertRefusedWithBridge("--record-commands", file);
    }

    /** The page is served, hears of the run while it goes on in real time, and has all of it at the end. */
    @Test
    @Timeout(60)
    void a_bridged_run_is_shown_live() throws Exception {
        HttpClient browser = HttpClient.newHttpClient(); // takes a second on a busy machine: before the run begins
        List<Integer> codes = new ArrayList<>();
        Thread viewer = new Thread(
                () -> {
                    try {
                        codes.add(run(SMALL.replace("2s", "10s"), "view", "--bridge", "--no-browser"));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                "viewer");
        long startNs = System.nanoTime();
        viewer.start();
        String url = "";
        while (url.isEmpty()) {
            Thread.sleep(10); // until the line is there; the test's time limit is the bound
            url = out.toString()
                    .lines()
                    .filter(line -> line.startsWith("http"))
                    .findFirst()
                    .orElse("");
        }

        List<Long> toUs = new ArrayList<>();
        long heardNs = startNs;
        String last = "";
        while (!last.contains("\"state\":\"done\"")) { // the test's time limit is the bound
            String head = browser.send(
                            HttpRequest.newBuilder(URI.create(url + "api/live")).build(), BodyHandlers.ofString())
                    .body();
            if (!head.equals(last)) {
                Matcher reached = TO_US.matcher(head);
                assertTrue(reached.find(), head);
                toUs.add(Long.parseLong(reached.group(1)));
                heardNs = System.nanoTime();
                last = head;
            }
            Thread.sleep(50);
        }
        String index = browser.send(
                        HttpRequest.newBuilder(URI.create(url + "api/index")).build(), BodyHandlers.ofString())
                .body();
        viewer.interrupt();
        viewer.join(20_000);

        assertEquals(List.of(0), codes, err::toString);
        assertEquals(10_000_000, toUs.get(toUs.size() - 1));
        assertTrue(toUs.size() >= 5, () -> "no picture moves that is shown at " + toUs);
        // Not from the first picture on: on a busy machine that one is heard later than it was sent.
        long tookMs = (heardNs - startNs) / 1_000_000;
        assertTrue(tookMs >= 10_000, "10 s of the run were over in " + tookMs + " ms");
        assertTrue(index.contains("\"state\":\"done\"") && index.contains("\"toUs\":10000000"), index);
        assertTrue(out.toString().contains("NOT SECRET"), out::toString);
    }

    /** As {@code sim run --bridge} does: summary, files and exit code; the page stays until it is ended. */
    @Test
    @Timeout(60)
    void a_bridged_run_that_was_watched_is_judged() throws Exception {
        Path json = directory.resolve("out.json");
        List<Integer> codes = new ArrayList<>();
        String silence = SMALL + "[[check]]\nkind = \"control\"\nat_most = 0\n";
        Thread viewer = new Thread(
                () -> {
                    try {
                        codes.add(run(silence, "view", "--bridge", "--no-browser", "--json", json.toString()));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                "viewer");
        viewer.start();
        while (!textOf(json).endsWith("}\n")) {
            Thread.sleep(10); // the test's time limit is the bound
        }
        boolean stays = viewer.isAlive();
        viewer.interrupt();
        viewer.join(20_000);

        assertEquals(List.of(1), codes, err::toString);
        assertTrue(stays, "the page is gone");
        assertTrue(out.toString().contains("FAILED     control"), out::toString);
        assertTrue(Files.readString(json).contains("\"held\":false"), () -> json + " has no check that failed");
        assertTrue(Files.readString(json).contains(" --bridge\""), () -> json + " has not the command");
    }

    /** Empty where there is no such file: whether it can be written is tried first, and for that time it is there, too. */
    private static String textOf(Path file) throws IOException {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            return "";
        }
    }

    /** What a program reads is the summary alone. */
    @Test
    @Timeout(60)
    void the_summary_of_a_watched_run_can_be_all_of_standard_output() throws Exception {
        List<Integer> codes = new ArrayList<>();
        Thread viewer = new Thread(
                () -> {
                    try {
                        codes.add(run(SMALL, "view", "--bridge", "--no-browser", "--json", "-"));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                "viewer");
        viewer.start();
        while (!out.toString().endsWith("}\n")) {
            Thread.sleep(10);
        }
        viewer.interrupt();
        viewer.join(20_000);

        assertEquals(List.of(0), codes, err::toString);
        assertTrue(out.toString().startsWith("{\"scenario\":\"small\""), out::toString);
        assertTrue(err.toString().contains("http://127.0.0.1:"), err::toString);
    }

    @Test
    void a_bridged_run_is_shown_at_the_pace_of_the_clock_only() throws IOException {
        assertEquals(2, run(SMALL, "view", "--bridge", "--speed", "2x"));

        assertTrue(err.toString().contains("--bridge runs in real time: leave --speed out"), err::toString);
    }

    private void assertRefusedWithBridge(String... option) throws IOException {
        err.getBuffer().setLength(0);
        List<String> words = new ArrayList<>(List.of("run", "--bridge"));
        words.addAll(List.of(option));

        assertEquals(2, run(SMALL, words.toArray(String[]::new)));

        String said = err.toString();
        assertTrue(said.contains("--bridge is one run in real time that cannot stand still"), said);
        assertTrue(said.substring(said.indexOf(": leave ")).contains(option[0]), said);
    }

    @Test
    void what_real_agents_need_is_written_once_and_the_key_is_private() throws IOException {
        String text = SMALL + "[[bridge_link]]\nnode = 1\nlisten = \"127.0.0.1:5900\"\npeers = [\"127.0.0.1:5690\"]\n";
        Path real = directory.resolve("real");

        assertEquals(0, run(text, "export-config", "--bridge", "--out", real.toString()), err::toString);
        assertEquals(0, run(text, "export-config", "--bridge", "--out", real.toString()), err::toString);

        assertTrue(out.toString().contains("NOT SECRET"), out::toString);
        assertTrue(out.toString().contains("0 files written"), out::toString);
        assertTrue(Files.exists(real.resolve("real-1.toml")));
        assertEquals(
                "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(real.resolve("network.key"))));
    }

    @Test
    void without_a_link_no_real_agent_can_join() throws IOException {
        assertEquals(
                2,
                run(
                        SMALL,
                        "export-config",
                        "--bridge",
                        "--out",
                        directory.resolve("real").toString()));

        assertTrue(err.toString().contains("no [[bridge_link]]"), err::toString);
    }
}
