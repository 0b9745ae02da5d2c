package io.thicket.sim.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.agent.outbox.LossReason;
import io.thicket.routing.DropReason;
import io.thicket.sim.lab.Fate;
import io.thicket.sim.scenario.file.Overrides;
import io.thicket.sim.scenario.file.Scenario;
import io.thicket.sim.scenario.file.ScenarioReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Who asks why the delivery is not 1 finds each packet. */
final class FateReportTest {
    /** All but n1 send over the insider n2; the broker goes, and n3 with what it keeps. */
    private static final String UNLUCKY = """
            [scenario]
            duration = "150s"
            warm_up = "20s"
            [nodes]
            layout = "line"
            count = 4
            gateways = [0]
            [[traffic]]
            interval = "10s"
            [[traffic]]
            interval = "10s"
            from = [0]
            to = 3
            [[fault]]
            kind = "broker"
            at = "80s"
            for = "100s"
            [[fault]]
            kind = "crash"
            nodes = [3]
            at = "120s"
            [[fault]]
            kind = "insider"
            nodes = [2]
            misbehaviour = "black_hole"
            """;

    private static RunSummary run(String text) throws Exception {
        Scenario scenario = ScenarioReader.parse(text, "test.toml", Path.of("."), Overrides.NONE);
        ScenarioRun run = new ScenarioRun(scenario);
        run.run((simulatedUs, events) -> true);
        return RunSummary.of(scenario, run, "abc123", 1, 1, 0);
    }

    private static Map<Fate, Integer> fates(RunSummary summary) {
        Map<Fate, Integer> fates = new TreeMap<>();
        summary.figures()
                .packets()
                .forEach(packet -> fates.merge(packet.outcome().fate(), 1, Integer::sum));
        return fates;
    }

    @Test
    void each_packet_that_did_not_arrive_is_in_one_row() throws Exception {
        RunSummary summary = run(UNLUCKY);

        String html = HtmlReport.of(summary, "thicket sim run a.toml");

        assertEquals(
                summary.figures().offered() - summary.figures().delivered(),
                rows(html).values().stream().mapToLong(Long::longValue).sum());
        Map<Fate, Integer> fates = fates(summary);
        assertEquals(summary.figures().delivered(), fates.get(Fate.ARRIVED).longValue());
        assertTrue(
                fates.keySet().containsAll(Arrays.asList(Fate.NODE_DOWN, Fate.SWALLOWED, Fate.UNDER_WAY)),
                fates::toString);
        assertFalse(fates.containsKey(Fate.UNKNOWN), fates::toString);
        assertTrue(html.contains(", at n2"), html);
    }

    /** Origins give up after 30 s what nodes could not send to each other, here for want of a way. */
    @Test
    void what_was_given_up_without_a_way_is_counted_apart() throws Exception {
        RunSummary summary = run(UNLUCKY.substring(0, UNLUCKY.indexOf("[[fault]]")) + """
                [[fault]]
                kind = "partition"
                nodes = [3]
                at = "20s"
                """);
        assertTrue(summary.figures().givenUp() > 0, "nothing was given up");
        Map<Fate, Integer> fates = fates(summary);
        assertTrue(fates.containsKey(Fate.NO_WAY), fates::toString);
        assertFalse(fates.containsKey(Fate.GIVEN_UP), fates::toString);

        Map<String, Long> rows = rows(HtmlReport.of(summary, "x"));

        long givenUp =
                rows.get("no way existed in time, and given up by its origin: it could not be sent within 30 s, and a"
                        + " packet between nodes is not kept for longer");
        assertEquals(summary.figures().givenUp(), givenUp);
        assertEquals(fates.get(Fate.NO_WAY) - givenUp, rows.get("no way existed in time"));
        assertTrue(PacketCsv.of(summary).contains(",NO_WAY,NOT_IN_TIME\n"));
        assertTrue(PacketCsv.of(summary).contains(",NO_WAY,\n"));
    }

    /** What the report's table counts, by the words of each row. */
    private static Map<String, Long> rows(String html) {
        Map<String, Long> rows = new TreeMap<>();
        String part = html.substring(html.indexOf("What became of those"), html.indexOf("<h2>Latency"));
        Matcher row = Pattern.compile("<tr><td[^>]*>(.*?)</td><td class=\"n\">([0-9]+)</td>")
                .matcher(part);
        while (row.find()) {
            rows.merge(row.group(1).replaceAll("<[^>]*>", ""), Long.parseLong(row.group(2)), Long::sum);
        }
        return rows;
    }

    @Test
    void the_table_says_how_packets_are_told_apart() throws Exception {
        String html = HtmlReport.of(run(UNLUCKY), "x");

        assertTrue(
                html.contains("Each packet is in one row. Those that had no way in time are in the rows that say so,"
                        + " unless they were settled; all others are told by the last that happened to them. What origins"
                        + " gave up and is under Delivery counts those, too, that arrived all the same or were made before the"
                        + " counting began."),
                html);
    }

    @Test
    void a_run_of_which_all_arrived_has_no_such_table() throws Exception {
        RunSummary summary = run(UNLUCKY.substring(0, UNLUCKY.indexOf("[[fault]]")) + "\n");

        assertEquals(Map.of(Fate.ARRIVED, (int) summary.figures().offered()), fates(summary));
        assertFalse(HtmlReport.of(summary, "x").contains("What became of"));
    }

    @Test
    void rows_and_lines_of_packets_say_the_same() throws Exception {
        RunSummary summary = run(UNLUCKY);

        String csv = PacketCsv.of(summary);
        String json = PacketJson.of(summary);

        assertTrue(csv.startsWith("created_s,from,to,delivered,latency_ms,hops,shortest_hops,copies,possible,values,"
                + "number,fate,why\n"));
        assertTrue(
                Pattern.compile(",0,,,[0-9]+,0,1,,[0-9]+,SWALLOWED,n2\n")
                        .matcher(csv)
                        .find(),
                csv);
        assertTrue(json.contains("\"fate\":\"SWALLOWED\",\"why\":\"n2\"}"), json);
        assertTrue(json.contains("\"fate\":\"ARRIVED\",\"why\":null}"), json);
    }

    /** A protocol that settles nothing, on a channel that loses much. */
    @Test
    void what_nobody_followed_is_called_unknown() throws Exception {
        RunSummary summary = run(UNLUCKY.substring(0, UNLUCKY.indexOf("[[fault]]"))
                .replace("[nodes]", "[radio]\nloss = 0.5\n[routing]\nprotocol = \"flooding\"\n[nodes]"));

        Map<Fate, Integer> fates = fates(summary);
        long lost = summary.figures().offered() - summary.figures().delivered();
        assertTrue(lost > 0, fates::toString);
        assertTrue(fates.getOrDefault(Fate.UNKNOWN, 0) > 0, fates::toString);
    }

    @Test
    void the_page_has_the_same_words_for_each_reason() throws IOException {
        String page;
        try (InputStream in = stream("/io/thicket/sim/view/words.js")) {
            page = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        FateText.DROP.forEach(
                (reason, words) -> assertTrue(page.contains("  " + reason + ": \"" + words + "\""), reason));
        FateText.LOSS.forEach(
                (reason, words) -> assertTrue(page.contains("  " + reason + ": \"" + words + "\""), reason));
        for (DropReason reason : DropReason.values()) {
            assertTrue(FateText.DROP.containsKey(reason.name()), reason::name);
        }
        for (LossReason reason : LossReason.values()) {
            assertTrue(FateText.LOSS.containsKey(reason.name()), reason::name);
        }
    }

    private static InputStream stream(String name) {
        InputStream in = FateReportTest.class.getResourceAsStream(name);
        assertNotNull(in, name);
        return in;
    }
}
