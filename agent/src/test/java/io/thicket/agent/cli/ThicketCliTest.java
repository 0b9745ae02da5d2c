package io.thicket.agent.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.agent.senml.JsonReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Help.Ansi;

class ThicketCliTest {
    private static final int MAX_BYTES = 1 << 20;

    @TempDir
    private Path directory;

    @Test
    void a_result_that_does_not_get_out_is_none() throws IOException {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream err = new PrintStream(said, true, StandardCharsets.UTF_8);
        Path device = Path.of("/dev/full");
        Assumptions.assumeTrue(Files.exists(device), "skipped: there is no /dev/full here");
        try (PrintStream full = new PrintStream(Files.newOutputStream(device), true, StandardCharsets.UTF_8)) {
            full.println("{}");

            assertEquals(73, ThicketCli.whole(0, full, err));
            assertEquals(1, ThicketCli.whole(1, full, err), "what failed has failed");
        }
        assertTrue(said.toString(StandardCharsets.UTF_8).contains("standard output could not be written"));
        assertEquals(0, ThicketCli.whole(0, err, err));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "status",
                "sensors",
                "commands",
                "set",
                "do",
                "routes",
                "neighbors",
                "nodes",
                "explain",
                "trace",
                "ping",
                "survey",
                "config",
                "config check",
                "config show",
                "network",
                "network new",
                "driver",
                "driver list",
                "driver decode",
                "doctor",
                "agent",
                "gateway"
            })
    void help_of_every_level_is_as_agreed(String command) {
        String[] words = (command + " --help").strip().split(" ");

        CommandLineRun run = CommandLineRun.of(words);

        assertEquals(0, run.exit(), run.err());
        assertEquals("", run.err());
        CliGolden.assertMatches(
                "help" + (command.isEmpty() ? "" : "-" + command.replace(' ', '-')) + ".txt", run.out());
    }

    @Test
    void version_is_one_line_with_the_java_version() {
        CommandLineRun run = CommandLineRun.of("--version");

        assertEquals(0, run.exit());
        assertTrue(run.out().matches("thicket \\S+ \\(Java \\d+\\)\\R"), run.out());
    }

    @Test
    void unknown_command_gets_a_suggestion() {
        CommandLineRun run = CommandLineRun.of("statsu");

        assertEquals(2, run.exit());
        assertTrue(run.err().contains("'statsu'"), run.err());
        assertTrue(run.err().contains("Did you mean: thicket status"), run.err());
    }

    @Test
    void unknown_option_names_the_help_of_its_command() {
        CommandLineRun run = CommandLineRun.of("config", "check", "--jsno", "x.toml");

        assertEquals(2, run.exit());
        assertTrue(run.err().contains("--json"), run.err());
        assertTrue(run.err().contains("See: thicket config check --help"), run.err());
    }

    @Test
    void nothing_at_all_shows_what_there_is() {
        CommandLineRun run = CommandLineRun.of();

        assertEquals(2, run.exit());
        assertTrue(run.err().contains("Commands:"), run.err());
    }

    @Test
    void no_command_prints_escape_sequences_when_its_output_is_captured() {
        assertFalse(CommandLineRun.of("--help").out().contains("\u001b"));
        assertFalse(CommandLineRun.of("driver", "list").out().contains("\u001b"));
    }

    @Test
    void no_color_switches_colours_off_unless_it_is_empty() {
        assertEquals(Ansi.OFF, ThicketCli.ansi("1"));
        assertEquals(Ansi.AUTO, ThicketCli.ansi(""));
        assertEquals(Ansi.AUTO, ThicketCli.ansi(null));
    }

    @Test
    void doctor_reports_a_broken_configuration_and_exits_with_1() throws Exception {
        Path file = write("broken.toml", "[node]\nnam = \"hut\"\n");

        CommandLineRun text = CommandLineRun.of("doctor", file.toString());
        CommandLineRun json = CommandLineRun.of("doctor", "--json", file.toString());

        assertEquals(1, text.exit());
        assertTrue(text.out().contains(" x configuration     " + file + ":2:1: "), text.out());
        assertTrue(text.out().contains("\n    -> "), text.out());
        assertEquals(1, json.exit());
        Map<?, ?> page = (Map<?, ?>) JsonReader.parse(json.out().getBytes(StandardCharsets.UTF_8), MAX_BYTES);
        Map<?, ?> first = (Map<?, ?>) ((List<?>) Objects.requireNonNull(page.get("findings"))).get(0);
        assertEquals("configuration", first.get("area"));
        assertEquals("error", first.get("severity"));
        assertNotEquals("", first.get("cure"));
    }

    @Test
    void doctor_names_a_configuration_that_is_not_there() {
        Path file = directory.resolve("none.toml");

        assertTrue(CommandLineRun.of("doctor", file.toString())
                .out()
                .startsWith(" x configuration     " + file + ": there is no such file\n"));
    }

    @Test
    void doctor_with_an_impossible_time_is_a_wrong_command_line() {
        assertEquals(2, CommandLineRun.of("doctor", "--listen", "5y").exit());
        assertEquals(2, CommandLineRun.of("doctor", "--listen", "2h").exit());
    }

    @Test
    void daemons_are_started_through_the_launcher() {
        CommandLineRun run = CommandLineRun.of("agent", "--config", "x.toml");

        assertEquals(2, run.exit());
        assertEquals("thicket agent: start it through the launcher: thicket agent --config FILE\n", run.err());
    }

    @Test
    void config_check_reports_all_errors_and_exits_with_78() throws IOException {
        Path file = write("broken.toml", "[node]\nnam = \"hut\"\n\n[network]\nkey_file = 5\n");

        CommandLineRun run = CommandLineRun.of("config", "check", file.toString());

        assertEquals(78, run.exit());
        assertTrue(run.out().contains("broken.toml:2:"), run.out());
        assertTrue(run.out().contains("name"), run.out());
        assertTrue(run.out().contains("broken.toml:5:"), run.out());
    }

    @Test
    void config_check_prints_problems_as_json() throws Exception {
        Path file = write("broken.toml", "[node]\nnam = \"hut\"\n");

        CommandLineRun run = CommandLineRun.of("config", "check", "--json", file.toString());

        assertEquals(78, run.exit());
        Object problems = JsonReader.parse(run.out().getBytes(StandardCharsets.UTF_8), MAX_BYTES);
        Map<?, ?> misspelt = ((List<?>) problems)
                .stream()
                        .map(problem -> (Map<?, ?>) problem)
                        .filter(problem -> Double.valueOf(2).equals(problem.get("line")))
                        .findFirst()
                        .orElseThrow();
        assertEquals("error", misspelt.get("severity"));
        assertEquals(file.toString(), misspelt.get("file"));
        assertEquals(1.0, misspelt.get("column"));
        assertTrue(String.valueOf(misspelt.get("hint")).contains("name"), run.out());
    }

    @Test
    void config_check_of_a_good_file_says_so() throws IOException {
        CommandLineRun run = CommandLineRun.of("config", "check", goodConfig().toString());

        assertEquals(0, run.exit(), run.out());
        assertTrue(run.out().endsWith(" is fine\n"), run.out());
    }

    @Test
    void config_check_of_a_missing_file_is_one_sentence() {
        CommandLineRun run = CommandLineRun.of(
                "config", "check", directory.resolve("none.toml").toString());

        assertEquals(78, run.exit());
        assertTrue(run.out().contains("none.toml: there is no such file"), run.out());
        assertFalse(run.out().contains("Exception"), run.out());
    }

    @Test
    void config_show_fills_in_defaults_and_can_be_read_again() throws IOException {
        CommandLineRun shown =
                CommandLineRun.of("config", "show", "--effective", goodConfig().toString());

        assertEquals(0, shown.exit(), shown.err());
        assertTrue(shown.out().contains("max_readings = 10000"), shown.out());
        Path again = write("again.toml", shown.out());
        assertEquals(0, CommandLineRun.of("config", "check", again.toString()).exit());
    }

    @Test
    void network_new_writes_a_private_file_once() throws IOException {
        Path file = directory.resolve("mesh.toml");

        CommandLineRun first = CommandLineRun.of("network", "new", "--name", "garden", file.toString());
        String written = Files.readString(file);
        CommandLineRun second = CommandLineRun.of("network", "new", file.toString());

        assertEquals(0, first.exit(), first.err());
        assertTrue(first.out().startsWith("network garden: "), first.out());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertFalse(first.out().contains(written.substring(written.indexOf("key = ") + 7, written.length() - 2)));
        assertEquals(73, second.exit());
        assertEquals("thicket network new: " + file + " exists already and is left as it is\n", second.err());
        assertEquals(written, Files.readString(file));
    }

    @Test
    void network_new_with_an_impossible_name_is_a_wrong_command_line() {
        CommandLineRun run = CommandLineRun.of(
                "network", "new", "--name", "Hütte", directory.resolve("x.toml").toString());

        assertEquals(2, run.exit(), run.err());
        assertFalse(Files.exists(directory.resolve("x.toml")));
    }

    @Test
    void driver_list_as_json_has_every_driver() throws Exception {
        CommandLineRun run = CommandLineRun.of("driver", "list", "--json");

        assertEquals(0, run.exit());
        List<?> drivers = (List<?>) JsonReader.parse(run.out().getBytes(StandardCharsets.UTF_8), MAX_BYTES);
        assertTrue(drivers.stream().anyMatch(driver -> "nmea0183".equals(((Map<?, ?>) driver).get("id"))), run.out());
    }

    @Test
    void driver_decode_reads_a_file() throws IOException {
        Path file = write("lines.txt", "temperature=21.5\ntemperature=22\n");

        CommandLineRun run = CommandLineRun.of("driver", "decode", "text.keyvalue", file.toString());

        assertEquals(0, run.exit(), run.err());
        assertEquals(2, run.out().lines().count(), run.out());
        assertTrue(run.out().startsWith("{\"n\":\"temperature\""), run.out());
        assertTrue(run.out().contains("\"v\":21.5"), run.out());
        assertTrue(run.err().startsWith("2 good, "), run.err());
    }

    @Test
    @ResourceLock("System.in")
    void driver_decode_reads_standard_input() {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream("humidity=40\n".getBytes(StandardCharsets.UTF_8)));
        try {
            CommandLineRun run = CommandLineRun.of("driver", "decode", "text.keyvalue", "--json");

            assertEquals(0, run.exit(), run.err());
            assertTrue(run.out().contains("\"v\":40"), run.out());
            assertTrue(run.err().startsWith("{\"good\":1,"), run.err());
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void driver_decode_of_garbage_exits_with_65_and_counts_it() throws IOException {
        Path file = write("garbage", "\u0001\u0002 no frame here \u0003\n");

        CommandLineRun run = CommandLineRun.of("driver", "decode", "plantower.pms5003", file.toString());

        assertEquals(65, run.exit());
        assertEquals("", run.out());
        assertTrue(run.err().startsWith("0 good, "), run.err());
    }

    @Test
    void driver_decode_names_what_is_wrong_with_its_arguments() {
        CommandLineRun driver = CommandLineRun.of("driver", "decode", "nmea183");
        CommandLineRun file = CommandLineRun.of("driver", "decode", "nmea0183", "/no/such/file");
        CommandLineRun option = CommandLineRun.of("driver", "decode", "nmea0183", "-o", "x=1", "/dev/null");

        assertAll(
                () -> assertEquals(2, driver.exit()),
                () -> assertTrue(driver.err().contains("did you mean 'nmea0183'"), driver.err()),
                () -> assertEquals(66, file.exit()),
                () -> assertEquals("thicket driver decode: there is no file /no/such/file\n", file.err()),
                () -> assertEquals(2, option.exit()),
                () -> assertEquals(1, option.err().lines().count(), option.err()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "sensors", "routes", "neighbors", "nodes"})
    void pages_of_an_agent_become_readable(String page) throws Failure {
        AskCommand command =
                switch (page) {
                    case "status" -> new StatusCommand();
                    case "sensors" -> new SensorsCommand();
                    case "routes" -> new RoutesCommand();
                    case "neighbors" -> new NeighborsCommand();
                    default -> new NodesCommand();
                };

        CliGolden.assertMatches(page + ".txt", command.show(JsonView.of(CliGolden.page(page))));
    }

    @Test
    void the_routes_of_a_gateway_say_that_it_is_one() throws Failure {
        RoutesCommand routes = new RoutesCommand();

        String gateway = routes.show(JsonView.of(json("{'self':'01','gateway':'01','routes':[],'gateways':[]}")));
        String node = routes.show(JsonView.of(json("{'self':'01','gateway':null,'routes':[],'gateways':[]}")));

        assertEquals("no routes yet\n\nthis node is a gateway\n", gateway);
        assertEquals("no routes yet\n\nno gateway known\n", node);
    }

    @Test
    void explain_trace_ping_and_survey_become_readable() throws Failure {
        JsonView trace = JsonView.of(CliGolden.page("trace"));
        JsonView survey = JsonView.of(CliGolden.page("neighbors"));
        PingStatistics ping = new PingStatistics();
        ping.add(trace);
        ping.add(
                JsonView.of("{\"end\":\"no-answer\",\"forth\":[{\"label\":\"n2\"}]}".getBytes(StandardCharsets.UTF_8)));

        CliGolden.assertMatches("explain.txt", ExplainCommand.show(JsonView.of(CliGolden.page("explain"))));
        CliGolden.assertMatches("trace.txt", TraceCommand.show(trace));
        CliGolden.assertMatches("ping.txt", PingCommand.line(1, trace) + "\n\n" + ping.text("n3") + "\n");
        CliGolden.assertMatches("ping-json.txt", ping.json("n3") + "\n");
        SurveyView view = new SurveyView(JsonView.of(CliGolden.page("status")), survey, trace);
        CliGolden.assertMatches("survey.txt", view.screen() + "\n" + view.line() + "\n" + view.json() + "\n");
    }

    @Test
    void ends_of_a_trace_that_did_not_arrive_are_sentences() throws Failure {
        assertEquals(
                "no way to n9 is known here (thicket explain n9)\n",
                TraceCommand.show(JsonView.of(json("{'end':'no-route','label':'n9','forth':[]}"))));
        assertTrue(TraceCommand.show(
                        JsonView.of(json("{'end':'no-route','label':'n9','forth':[{'label':'n4','metric':-1}]}")))
                .endsWith("n9 not reached: n4 has no way there\n"));
        assertTrue(TraceCommand.show(
                        JsonView.of(json("{'end':'no-answer','label':'n9','forth':[{'label':'n4','metric':7}]}")))
                .endsWith("n9 not reached: n4 sent it on and heard nothing\n"));
    }

    @Test
    void explain_names_a_node_without_a_name_once() throws Failure {
        assertEquals(
                "000000000000002a\nnothing is held about it: no route, and nobody has advertised one\n",
                ExplainCommand.show(JsonView.of(
                        json("{'label':'000000000000002a','destination':'000000000000002a','gateways':[]}"))));
    }

    @Test
    void a_ping_says_why_there_is_no_answer() throws Failure {
        assertEquals("not sent, the agent has too many traces to do: seq=4", PingCommand.line(4, JsonView.empty()));
        assertEquals("no route: seq=2", PingCommand.line(2, JsonView.of(json("{'end':'no-route','forth':[]}"))));
        assertEquals(
                "no answer: seq=3, last heard of at n4",
                PingCommand.line(3, JsonView.of(json("{'end':'no-answer','forth':[{'label':'n4'}]}"))));
        assertEquals(2, CommandLineRun.of("ping", "n4", "--count", "0").exit());
        assertEquals(2, CommandLineRun.of("survey", "--count", "-1").exit());
    }

    @Test
    void a_place_without_gateway_is_none_and_one_whose_gateway_does_not_answer_is_weak() throws Failure {
        JsonView neighbors = JsonView.of(CliGolden.page("neighbors"));

        assertEquals("none", new SurveyView(JsonView.of(json("{'gateway':null}")), neighbors, JsonView.empty()).word());
        assertEquals("weak", new SurveyView(JsonView.of(json("{'gateway':'x'}")), neighbors, JsonView.empty()).word());
    }

    private static byte[] json(String text) {
        return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void no_agent_is_said_within_the_timeout() throws IOException {
        try (DatagramSocket silent = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            String agent = "coap://127.0.0.1:" + silent.getLocalPort();
            long startedNs = System.nanoTime();

            CommandLineRun run = CommandLineRun.of("status", "--connect", agent, "--timeout", "1");

            assertEquals(69, run.exit());
            assertEquals("thicket status: no agent answers at " + agent + "; is it running?\n", run.err());
            assertTrue(System.nanoTime() - startedNs < 8_000_000_000L, "it took too long");
        }
    }

    @Test
    void an_address_that_is_none_is_a_wrong_command_line() {
        assertEquals(
                2, CommandLineRun.of("status", "--connect", "http://localhost").exit());
        assertEquals(2, CommandLineRun.of("status", "--connect", "coap:").exit());
        assertEquals(2, CommandLineRun.of("status", "--timeout", "0").exit());
    }

    private Path goodConfig() throws IOException {
        return write("good.toml", """
                [node]
                name = "hut"
                data_dir = "data"

                [network]
                key_file = "network.key"

                [[link]]
                type = "udp"
                interface = "wlan0"
                """);
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }
}
