package io.thicket.sim.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import io.thicket.sim.run.HtmlReport;
import io.thicket.sim.run.RunSummary;
import io.thicket.sim.run.ScenarioRun;
import io.thicket.sim.scenario.file.Overrides;
import io.thicket.sim.scenario.file.Scenario;
import io.thicket.sim.scenario.file.ScenarioReader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report of a run in a real browser. */
final class ViewPageReportTest {
    @TempDir
    private Path directory;

    /** It was 514 wide, and the letters of its charts 3 px high. */
    @Test
    void on_a_phone_the_report_is_as_wide_as_the_screen_and_its_charts_can_be_read() throws Exception {
        Scenario scenario = ScenarioReader.parse(RecordedRun.SCENARIO, "a.toml", Path.of("."), Overrides.NONE);
        ScenarioRun run = new ScenarioRun(scenario);
        run.run((simulatedUs, events) -> true);
        Path report = directory.resolve("a.html");
        String command = "thicket sim run " + "a".repeat(80) + ".toml --seed 0x1";
        Files.writeString(report, HtmlReport.of(RunSummary.of(scenario, run, "abc123", 1, 1, 0), command));

        try (Chromium chromium = Chromium.start()) {
            Page page = chromium.browser().newPage(new Browser.NewPageOptions().setViewportSize(400, 900));
            page.navigate(report.toUri().toString());

            assertEquals(400, page.evaluate("() => document.scrollingElement.scrollWidth"));
            double chart = ((Number) page.evaluate("() => document.querySelector('svg').getBoundingClientRect().width"))
                    .doubleValue();
            assertTrue(chart * 11 / 860 >= 7, "letters are " + chart * 11 / 860 + " px high"); // 11 of 860 units
        }
    }
}
