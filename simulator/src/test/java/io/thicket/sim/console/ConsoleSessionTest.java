package io.thicket.sim.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.agent.config.ConfigException;
import io.thicket.sim.lab.RunFigures;
import io.thicket.sim.run.ScenarioRun;
import io.thicket.sim.scenario.file.Overrides;
import io.thicket.sim.scenario.file.ScenarioReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConsoleSessionTest {
    private static final Path GOLDEN = Path.of(System.getProperty("thicket.root", ".."))
            .resolve("simulator/src/test/resources/console/session.txt");

    private static final Pattern ID = Pattern.compile("\\b[0-9a-f]{16}\\b|fd[0-9a-f:]+");
    private static final Pattern NUMBER = Pattern.compile("[0-9]+(\\.[0-9]+)?");

    private static final String LINE = """
            [scenario]
            duration = "4min"
            warm_up = "20s"
            [nodes]
            layout = "line"
            count = 4
            [[traffic]]
            interval = "10s"
            stop = "3min"
            [[check]]
            kind = "delivery"
            at_least = 0.5
            """;

    /** A run by hand. */
    private static final class Played {
        final StringWriter out = new StringWriter();
        final List<String> recorded = new ArrayList<>();
        final ScenarioRun run;
        final ConsoleSession session;

        /** {@code typed} null for no console. */
        Played(String scenario, String script, @Nullable String typed) throws ConfigException, CommandException {
            run = new ScenarioRun(ScenarioReader.parse(scenario, "test.toml", Path.of("."), Overrides.NONE));
            CommandScript commands = CommandScript.parse(
                    script.getBytes(StandardCharsets.UTF_8), "c", run.control().names(), typed != null);
            InputLines lines = typed == null
                    ? null
                    : new InputLines(new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)), false);
            session = new ConsoleSession(
                    run.control(), new PrintWriter(out), commands, lines, Double.POSITIVE_INFINITY, recorded::add);
            run.steer(session);
            run.run((simulatedUs, events) -> true);
            assertEquals("", run.violation());
        }

        String hash() {
            return run.figures().traceHash();
        }
    }

    /** What is refused counts in a pipe as it does in a file, whatever kind of command it is; found by a tester. */
    @ParameterizedTest
    @CsvSource({
        "'until 20s\nkill 1\nuntil 21s\nstatus 1\nstop\n', 1",
        "'until 20s\nkill 1\nuntil 21s\nexplain 1\nexplain 1 2\nuntil 1s\nstop\n', 3",
        "'until 20s\nkill 1\nkill 1\nstep 1s\nfoo\nstop\n', 2"
    })
    void refused_commands_of_a_pipe_count(String typed, int mistakes) throws Exception {
        assertEquals(mistakes, new Played(LINE, "", typed).session.mistakes());
    }

    /** Done again, they would be refused once more, and a record of a person's good run would fail where that did not. */
    @Test
    void what_was_refused_is_neither_in_the_record_nor_in_the_summary() throws Exception {
        Played refused = new Played(
                LINE,
                "",
                "until 20s\nkill 1\nkill 1\nroutes 1\nkill 2 1\nkill 3 3\nsend 0 gateway\nuntil 25s\nnodes\n");

        assertEquals(List.of("at 20s kill n1", "at 20s kill n3"), refused.session.acted());
        assertEquals(List.of("at 20s kill n1", "at 20s kill n3", "at 25s nodes"), refused.recorded);
        assertEquals(4, refused.session.mistakes());
        Played again = new Played(LINE, String.join("\n", refused.recorded), null);
        assertEquals(refused.hash(), again.hash());
        assertTrue(again.session.isAllDone(), again.out::toString);
    }

    /** A line that came when the run was over: a pipe's is a step of a test that did not happen, a person's is the person's. */
    @ParameterizedTest
    @CsvSource({
        "true, 'until 10s\nrun\nstatus\nkill 1\n', true",
        "false, 'kill n2\nuntil 235s\nsend n3 gateway\nkill 1\n', false",
        "true, 'kill n2\nuntil 235s\nsend n3 gateway\nkill 1\n', true",
        "true, 'until 10s\nkill 9\nkill 1\nkill 1\n', true",
        "true, 'until 10s\nstop\nkill 1\n', true",
        "false, 'until 10s\nstop\nkill 1\n', true"
    })
    @Timeout(60)
    void lines_that_a_person_leaves_undone_are_no_failure(boolean person, String typed, boolean allDone)
            throws Exception {
        ScenarioRun run = new ScenarioRun(ScenarioReader.parse(LINE, "test.toml", Path.of("."), Overrides.NONE));
        InputLines lines = new InputLines(
                new ByteArrayInputStream(typed.replace("\\n", "\n").getBytes(StandardCharsets.UTF_8)), person);
        ConsoleSession session = new ConsoleSession(
                run.control(),
                new PrintWriter(new StringWriter()),
                CommandScript.NONE,
                lines,
                Double.POSITIVE_INFINITY,
                line -> {});
        run.steer(session);
        run.run((simulatedUs, events) -> true);

        session.finish();

        assertEquals(allDone, session.isAllDone());
    }

    /** Found by a tester: asking words take no time, and a pipe that had always one more line held the run up for ever. */
    @Test
    @Timeout(60)
    void a_pipe_that_never_ends_does_not_hold_up_the_run() throws Exception {
        InputStream endless = new InputStream() {
            private static final String LINES = "run\nstatus\n";
            private int at;

            @Override
            public int read() {
                char next = LINES.charAt(at);
                at = at + 1 < LINES.length() ? at + 1 : 4;
                return next;
            }
        };
        ScenarioRun run = new ScenarioRun(ScenarioReader.parse(LINE, "test.toml", Path.of("."), Overrides.NONE));
        PrintWriter nowhere = new PrintWriter(OutputStream.nullOutputStream());
        CommandScript none = CommandScript.parse(new byte[0], "c", run.control().names(), true);
        run.steer(new ConsoleSession(
                run.control(), nowhere, none, new InputLines(endless, false), Double.POSITIVE_INFINITY, line -> {}));

        run.run((simulatedUs, events) -> true);

        assertEquals(240, run.simulatedSeconds());
    }

    private static String plainHash(String more) throws ConfigException {
        ScenarioRun run = new ScenarioRun(ScenarioReader.parse(LINE + more, "test.toml", Path.of("."), Overrides.NONE));
        run.run((simulatedUs, events) -> true);
        return run.figures().traceHash();
    }

    @Test
    void looking_changes_nothing() throws Exception {
        Played looked = new Played(
                LINE,
                "",
                "until 33.4s\nnodes\nnode 2\nstep\nstep 1000\nroutes 1\nneighbors 3 --json\nexplain 3\nstep 1.5s\nstatus\nchecks\nhelp\n");

        assertEquals(plainHash(""), looked.hash());
        assertEquals(240.0, looked.run.simulatedSeconds());
        assertEquals(List.of(), looked.session.acted());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kill 2 | kind = \"crash\"\\nnodes = [2]",
                "reboot 2 | kind = \"crash\"\\nnodes = [2]\\nfor = \"1s\"",
                "reboot 2 lost | kind = \"crash\"\\nnodes = [2]\\nfor = \"1s\"\\nstorage = \"lost\"",
                "link 1 2 loss 0.3 | kind = \"loss\"\\nbetween = [1, 2]\\nloss = 0.3",
                "link 0 1 down | kind = \"partition\"\\nnodes = [0]",
                "link 0 1 down one-way | kind = \"partition\"\\nnodes = [0]\\none_way = true",
            })
    void a_command_is_the_same_as_a_fault_of_the_scenario(String command, String fault) throws Exception {
        String section = "[[fault]]\nat = \"60s\"\n" + fault.replace("\\n", "\n") + "\n";
        String planned = plainHash(section);

        Played byHand = new Played(LINE, "at 60s " + command + "\n", null);

        assertNotEquals(plainHash(""), planned, "nothing happened");
        assertEquals(planned, byHand.hash());
        ScenarioRun run =
                new ScenarioRun(ScenarioReader.parse(LINE + section, "test.toml", Path.of("."), Overrides.NONE));
        run.run((simulatedUs, events) -> true);
        assertEquals(outcome(run.figures()), outcome(byHand.run.figures()));
        assertEquals(run.faultTimesUs(), byHand.run.faultTimesUs());
    }

    /** Everything of a run that a person sees, the physical limit included. */
    private static String outcome(RunFigures figures) {
        return figures.offered() + " " + figures.delivered() + " " + figures.possible() + " " + figures.latenciesMs()
                + figures.hopsMean() + " " + figures.shortestMean() + " " + figures.frames() + figures.drops();
    }

    @Test
    void what_ends_by_hand_is_over() throws Exception {
        Played byHand =
                new Played(LINE, "at 60s link 0 1 down\nat 70s link 0 1 up\nat 80s kill 3\nat 95s reboot 3\n", null);
        String planned = plainHash("""
                [[fault]]
                kind = "partition"
                nodes = [0]
                at = "60s"
                for = "10s"
                [[fault]]
                kind = "crash"
                nodes = [3]
                at = "80s"
                for = "15s"
                """);

        assertEquals(planned, byHand.hash());
    }

    @Test
    void a_record_of_a_session_done_again_is_the_same_run() throws Exception {
        String typed =
                "until 30s\nkill 2\nstep 777\nreboot 2 torn\nrun_\nping 3 0 --count 3\nstep 50\nlink 1 2 loss 40% one-way\n"
                        + "step\nsend 3 gateway\nsend 0 3 100\nstep 3\ntrace 0 3\nuntil 100s\nlink 2 1 down\nstep 20s\nlink 2 1 up\nroutes 1\n";
        Played first = new Played(LINE, "at 50s reboot n1\n", typed);

        Played again = new Played(LINE, String.join("\n", first.recorded), null);
        Played thrice = new Played(LINE, String.join("\n", first.recorded), null);

        assertEquals(first.hash(), again.hash());
        assertEquals(again.hash(), thrice.hash());
        assertEquals(again.out.toString(), thrice.out.toString());
        assertEquals(again.run.figures().events(), first.run.figures().events());
        assertEquals(first.session.acted(), again.session.acted());
        assertEquals(first.run.marks(), again.run.marks());
        assertEquals(
                10, first.session.acted().size(), () -> first.session.acted().toString());
        assertEquals(2, first.session.mistakes(), "run_ is no word, and 100 s are past");
    }

    @Test
    void a_stopped_run_ends_where_it_is() throws Exception {
        Played stopped = new Played(LINE, "at 90s stop\nat 95s kill 1\n", null);

        assertEquals(90.0, stopped.run.simulatedSeconds());
        assertEquals(1, stopped.session.finish());
    }

    /** A pipe has no more to say when the run ends, and its writer cannot know. */
    @Test
    void what_a_pipe_says_too_late_is_counted_and_a_packet_under_way_is_told() throws Exception {
        Played late =
                new Played(LINE, "", "kill n2\nuntil 235s\nsend n3 gateway\n\n# no command\nkill n1\nchecks\nstatus\n");

        int left = late.session.finish();

        assertEquals(3, left);
        String out = late.out.toString();
        assertTrue(out.contains(" of n3 had not arrived when the run ended\n"), out);
        assertEquals(0, late.session.finish(), "it is told once");
    }

    @Test
    void a_ping_that_the_end_of_the_run_cuts_off_has_its_statistics() throws Exception {
        Played cut = new Played(LINE, "at 238s ping 3 0 --count 100\n", null);

        cut.session.finish();

        String out = cut.out.toString();
        assertTrue(out.contains("--- n0 ping statistics ---\n2 sent, 2 answered, 0 % loss"), out);
    }

    /** Somebody who types the lines, and then nothing more, until Ctrl-C is pressed when {@code text} is printed. */
    private static ConsoleSession interrupted(ScenarioRun run, String typed, String text, List<String> recorded)
            throws Exception {
        PipedOutputStream keyboard = new PipedOutputStream();
        InputLines lines = new InputLines(new PipedInputStream(keyboard, 1 << 12), true);
        keyboard.write(typed.getBytes(StandardCharsets.UTF_8));
        keyboard.flush();
        StringWriter out = new StringWriter() {
            @Override
            public void write(String its, int from, int count) {
                super.write(its, from, count);
                if (its.contains(text)) {
                    lines.interrupt();
                }
            }
        };
        ConsoleSession session = new ConsoleSession(
                run.control(), new PrintWriter(out), CommandScript.NONE, lines, 1000.0, recorded::add);
        run.steer(session);
        run.run((simulatedUs, events) -> true);
        session.finish();
        recorded.add(out.toString());
        return session;
    }

    @ParameterizedTest
    @CsvSource({"'until 90s\n', '90s> ', 90", "'', '0s> ', 0"})
    @Timeout(30)
    void ctrl_c_at_the_prompt_is_the_word_stop(String typed, String prompt, double endS) throws Exception {
        ScenarioRun run = new ScenarioRun(ScenarioReader.parse(LINE, "test.toml", Path.of("."), Overrides.NONE));
        List<String> recorded = new ArrayList<>();

        ConsoleSession session = interrupted(run, typed.replace("\\n", "\n"), prompt, recorded);

        assertTrue(session.wasInterrupted());
        assertEquals(endS, run.simulatedSeconds());
        assertEquals("at " + (endS == 0 ? "0s" : "90s") + " stop", recorded.get(0));
    }

    @Test
    @Timeout(30)
    void ctrl_c_in_a_ping_ends_the_run_and_the_ping_has_its_statistics() throws Exception {
        ScenarioRun run = new ScenarioRun(ScenarioReader.parse(LINE, "test.toml", Path.of("."), Overrides.NONE));
        List<String> recorded = new ArrayList<>();

        ConsoleSession session = interrupted(run, "until 90s\nping 3 0 --count 1000\n", "seq=3 ", recorded);

        assertTrue(session.wasInterrupted());
        assertTrue(run.simulatedSeconds() > 92 && run.simulatedSeconds() < 92.1, () -> "" + run.simulatedSeconds());
        String out = recorded.get(recorded.size() - 1);
        assertTrue(out.contains("3 sent, 3 answered"), out);
    }

    /** It waited for lines at most until the next one, and there is none. */
    @Test
    @Timeout(30)
    void ctrl_c_ends_a_run_at_a_snails_pace_at_once() throws Exception {
        ScenarioRun run = new ScenarioRun(ScenarioReader.parse(LINE, "test.toml", Path.of("."), Overrides.NONE));
        PipedOutputStream keyboard = new PipedOutputStream();
        InputLines lines = new InputLines(new PipedInputStream(keyboard), false);
        keyboard.write("run 0.001x\n".getBytes(StandardCharsets.UTF_8));
        keyboard.close();
        StringWriter out = new StringWriter();
        ConsoleSession session =
                new ConsoleSession(run.control(), new PrintWriter(out), CommandScript.NONE, lines, 1000.0, line -> {});
        run.steer(session);
        Thread other = new Thread(() -> {
            while (!out.toString().contains("run 0.001x")) {
                Thread.onSpinWait();
            }
            lines.interrupt();
        });
        other.start();

        run.run((simulatedUs, events) -> true);

        assertTrue(session.wasInterrupted());
        assertTrue(run.simulatedSeconds() < 0.5, () -> "" + run.simulatedSeconds());
    }

    @Test
    void a_command_that_cannot_be_done_is_refused_and_counted() throws Exception {
        Played refused = new Played(
                LINE + "[[fault]]\nkind = \"crash\"\nnodes = [1]\nat = \"40s\"\nfor = \"20s\"\n",
                "at 30s kill 3\nat 31s kill 3\nat 45s reboot 1\nat 46s send 0 gateway\nat 47s routes 3\n",
                null);

        assertEquals(4, refused.session.mistakes());
        assertEquals("""
                at 30s kill n3
                n3 has no power
                at 31s kill n3
                n3 has no power already: killed by hand
                at 45s reboot n1 kept
                n1 cannot start: a fault of the scenario until 60 s
                at 46s send n0 gateway 16
                n0 is a gateway itself
                at 47s routes n3
                n3 has no power: killed by hand
                """, refused.out.toString());
    }

    @Test
    void a_ping_of_a_node_that_dies_comes_to_an_end() throws Exception {
        Played died = new Played(LINE, "at 60s ping 3 0 --count 100\nat 62.5s kill 3\n", null);

        assertTrue(died.out.toString().contains("n3 has no power any more\n"), died.out::toString);
        assertTrue(
                died.out.toString().contains("--- n0 ping statistics ---\n3 sent, 3 answered, 0 % loss"),
                died.out::toString);
    }

    @Test
    void routers_alone_are_looked_at_the_same_way() throws Exception {
        Played routers = new Played(
                LINE.replace("[[traffic]]", "[routing]\ncode = \"router\"\n[[traffic]]"),
                "at 60s routes 3\nat 60s trace 3 0\nat 61s explain 3 0\nat 62s reboot 3 lost\nat 63s send 3 1\n",
                null);

        String out = routers.out.toString();
        assertTrue(out.contains("GATEWAY  HOPS  METRIC  UPLINK"), out);
        assertTrue(out.contains("n0 reached, there and back in "), out);
        assertTrue(out.contains("over n2, 3 hops"), out);
        assertTrue(out.contains("a router alone has no disk; write code = \"agent\" in [routing]"), out);
        assertTrue(out.contains("routers alone send readings only"), out);
    }

    /** It said what whole nodes are, and not how to get some. */
    @Test
    void a_router_of_another_protocol_is_refused_with_the_advice_of_the_scenario_file() throws Exception {
        Played other = new Played(
                LINE.replace("[[traffic]]", "[routing]\nprotocol = \"aodv\"\n[[traffic]]"),
                "at 62s reboot 3 lost\n",
                null);

        String out = other.out.toString();
        assertTrue(out.contains("a router alone has no disk; run it with protocol thicket"), out);
    }

    /** They said that there is no way, and packets arrived. */
    @Test
    void what_reference_protocols_do_not_have_is_refused() throws Exception {
        Played other = new Played(
                LINE.replace("[[traffic]]", "[routing]\nprotocol = \"aodv\"\n[[traffic]]"),
                "at 62s ping 3 0\nat 62s trace 3 0\nat 62s explain 3 0\nat 62s send 3 gateway\n",
                null);

        String out = other.out.toString();
        for (String word : List.of("ping", "trace", "explain")) {
            assertTrue(out.contains("'" + word + "' is of protocol thicket, and not of aodv"), out);
        }
        assertFalse(out.contains("no route"), out);
        assertTrue(out.contains("of n3 arrived after"), out);
    }

    @Test
    void the_help_of_send_says_how_long_it_waits() throws Exception {
        Played played = new Played(LINE, "", "help send\nstop\n");

        assertTrue(played.out.toString().contains("says so if it has not arrived in a minute"), played.out.toString());
    }

    @Test
    void a_session_looks_like_this() throws Exception {
        Played played = new Played(LINE, "at 100s pause\nat 150s checks\n", """
                help link
                until 30s
                status
                nodes
                kill 2
                nodes
                step 2s
                routes 1
                step
                reboot 2 lost
                step 10s
                neighbors 2
                explain 3
                trace 3 0
                ping 3 0 --count 2
                send 3 gateway
                link 3 4 loss 0.5
                link 2 3 loss 50%
                link 0 3 down one-way
                send 0 n3
                node 3
                kil 3
                status 3
                run
                """);

        String text = played.out
                .toString()
                .lines()
                .map(line -> ID.matcher(line).replaceAll("ID"))
                .map(line -> NUMBER.matcher(line)
                        .replaceAll("0")
                        .replaceAll(" {2,}", "  ")
                        .strip())
                .collect(Collectors.joining("\n", "", "\n"));
        compare(text);
        assertEquals(2, played.session.mistakes());
    }

    private static void compare(String text) throws IOException {
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(GOLDEN, text);
        }
        assertEquals(Files.readString(GOLDEN), text);
    }
}
