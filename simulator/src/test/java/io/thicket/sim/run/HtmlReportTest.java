package io.thicket.sim.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.agent.config.ConfigException;
import io.thicket.sim.scenario.file.Overrides;
import io.thicket.sim.scenario.file.Scenario;
import io.thicket.sim.scenario.file.ScenarioReader;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class HtmlReportTest {
    private static final String LINE = """
            [scenario]
            description = "<script>alert(1)</script>"
            duration = "4min"
            warm_up = "0s"
            [nodes]
            layout = "line"
            count = 4
            [[traffic]]
            interval = "10s"
            [[fault]]
            kind = "crash"
            nodes = [1]
            at = "100s"
            for = "30s"
            [[check]]
            kind = "delivery"
            at_least = 0.5
            """;

    private static String report(String text) throws ConfigException {
        Scenario scenario = ScenarioReader.parse(text, "test.toml", Path.of("."), Overrides.NONE);
        ScenarioRun run = new ScenarioRun(scenario);
        run.run((simulatedUs, events) -> true);
        return HtmlReport.of(
                RunSummary.of(scenario, run, "abc123", 1, 1, 0), "thicket sim run 'a & b.toml' --seed 0x1");
    }

    @Test
    void faults_are_in_the_order_of_time() throws ConfigException {
        String early = "[[fault]]\nkind = \"crash\"\nnodes = [2]\nat = \"50s\"\nfor = \"10s\"\n";

        String html = report(LINE + early);

        assertTrue(html.indexOf("<td><span>50 s</span></td>") < html.indexOf("<td><span>100 s</span></td>"), html);
        assertTrue(html.contains("<td><span>50 s</span></td>"), html);
    }

    /** A scenario that is cut short has lost them before the report is written. */
    @Test
    void faults_after_the_end_of_a_run_are_said_not_to_be_done() throws ConfigException {
        String html = report(LINE.replace("4min", "1min"));

        assertTrue(
                html.contains("None began in the 60 s of this run. What a scenario plans for later is not done."),
                html);
        assertFalse(html.contains("None were planned"), html);
    }

    @Test
    void faults_that_were_all_done_are_not_said_not_to_be() throws ConfigException {
        assertFalse(report(LINE).contains("of this run was not done"));
    }

    /** Such as by Ctrl-C. */
    @Test
    void faults_that_a_run_ended_before_are_said_not_to_be_done() throws ConfigException {
        Scenario scenario = ScenarioReader.parse(LINE, "test.toml", Path.of("."), Overrides.NONE);
        ScenarioRun run = new ScenarioRun(scenario);
        run.run((simulatedUs, events) -> simulatedUs < 50_000_000);

        String html = HtmlReport.of(RunSummary.of(scenario, run, "abc123", 1, 1, 0), "thicket sim run a.toml");

        assertTrue(html.contains("<td>n1 without power</td><td>not done</td>"), html);
        assertTrue(html.contains(" s of this run was not done."), html);
    }

    /** Such as by Ctrl-C: one fault is on at the end, and one never began. */
    @Test
    void the_chart_of_a_run_ends_where_the_run_ended() throws ConfigException {
        String late = "[[fault]]\nkind = \"crash\"\nnodes = [2]\nat = \"200s\"\nfor = \"10s\"\n";
        Scenario scenario = ScenarioReader.parse(LINE + late, "test.toml", Path.of("."), Overrides.NONE);
        ScenarioRun run = new ScenarioRun(scenario);
        run.run((simulatedUs, events) -> simulatedUs < 120_000_000);
        RunSummary summary = RunSummary.of(scenario, run, "abc123", 1, 1, 0);
        double end = summary.simulatedSeconds();
        assertTrue(end >= 120 && end < 130, "ended after " + end + " s");

        String chart = ReportCharts.delivery(summary);

        assertTrue(chart.contains(">" + Numbers.text(end) + " s</text>"), chart);
        Matcher fault = Pattern.compile("class=\"fault\" x=\"([0-9.]+)\" y=\"[0-9.]+\" width=\"([0-9.]+)\"")
                .matcher(chart);
        assertTrue(fault.find(), chart);
        double from = Double.parseDouble(fault.group(1));
        assertEquals(44 + 432 * 100 / end, from, 0.1);
        assertEquals(44 + 432, from + Double.parseDouble(fault.group(2)), 0.2);
        assertFalse(fault.find(), chart);
    }

    @Test
    void it_says_what_was_run_what_came_of_it_and_how_to_run_it_again() throws ConfigException {
        String html = report(LINE);

        for (String part : List.of(
                "Every check held (2)",
                "Seed 0x1, commit abc123",
                "thicket sim run &#39;a &amp; b.toml&#39; --seed 0x1",
                "<td>n1 without power</td>",
                "<h2>Latency</h2>",
                "<h2>Hops against the shortest ways</h2>",
                "<h2>Overhead and airtime</h2>",
                "<h2>Drops</h2>",
                "<h2>Worst nodes</h2>")) {
            assertTrue(html.contains(part), part);
        }
    }

    /** The colour of faults is theirs alone. */
    @Test
    void the_command_is_no_fault() throws ConfigException {
        assertFalse(report(LINE).contains("code{background:var(--f)"));
    }

    @Test
    void it_needs_nothing_from_elsewhere_and_no_script() throws ConfigException {
        String html = report(LINE);

        assertFalse(html.contains("<script"));
        assertFalse(html.contains("src="));
        assertFalse(html.contains("href="));
        assertFalse(html.contains("url("));
        assertTrue(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
        assertEquals(html.split("<svg", -1).length, html.split("</svg>", -1).length);
    }

    @Test
    void a_failed_check_is_the_verdict() throws ConfigException {
        String html = report(LINE.replace("at_least = 0.5", "at_least = 0.5\nwithin = \"1ms\""));

        assertTrue(html.contains("1 of 2 checks failed."));
        assertTrue(html.contains("<td class=\"bad\">FAILED</td>"));
    }

    @Test
    void a_run_in_which_nothing_was_sent_has_a_report_too() throws ConfigException {
        String html = report(
                "[scenario]\nduration = \"60s\"\n[nodes]\nlayout = \"line\"\ncount = 1\ngateways = [0]\n[[traffic]]\ninterval=\"10s\"\n");

        assertTrue(html.contains("No checks") || html.contains("held"), html.substring(0, 200));
        assertTrue(html.contains("None began in the "));
    }
}
