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
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The report of a run in a real browser. */
final class ViewPageReportTest {
    @TempDir
    private Path directory;

    /** It was 514 wide, and the letters of its charts 3 px high; later its charts were cut, and had to be moved to be seen. */
    @ParameterizedTest
    @ValueSource(ints = {360, 400})
    void on_a_phone_the_report_is_as_wide_as_the_screen_and_its_charts_can_be_read(int width) throws Exception {
        Scenario scenario = ScenarioReader.parse(RecordedRun.SCENARIO, "a.toml", Path.of("."), Overrides.NONE);
        ScenarioRun run = new ScenarioRun(scenario);
        run.run((simulatedUs, events) -> true);
        Path report = directory.resolve("a.html");
        String command = "thicket sim run " + "a".repeat(80) + ".toml --seed 0x1";
        Files.writeString(report, HtmlReport.of(RunSummary.of(scenario, run, "abc123", 1, 1, 0), command));

        try (Chromium chromium = Chromium.start()) {
            Page page = chromium.browser().newPage(new Browser.NewPageOptions().setViewportSize(width, 900));
            page.navigate(report.toUri().toString());

            assertEquals(width, page.evaluate("() => document.scrollingElement.scrollWidth"));
            assertEquals(
                    List.of(),
                    page.evaluate(
                            "() => [...document.querySelectorAll('svg, svg text')]"
                                    + ".filter(each => each.getBoundingClientRect().right > innerWidth).map(each => each.tagName + each.textContent)"));
            double letters = ((Number) page.evaluate("() => { const svg = document.querySelector('svg');"
                            + " return svg.getBoundingClientRect().width / svg.viewBox.baseVal.width"
                            + " * parseFloat(getComputedStyle(svg.querySelector('text')).fontSize); }"))
                    .doubleValue();
            assertTrue(letters >= 7, "letters are " + letters + " px high");
        }
    }
}
