package io.thicket.sim.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The report of a run in a real browser. */
final class ViewPageReportTest {
    @RegisterExtension
    private final Pages pages = new Pages();

    @TempDir
    private Path directory;

    /** Names that fill the line of a fault, which squeezes the columns beside it. */
    private static final String WORDY = """
            [scenario]
            duration = "380s"
            [nodes]
            layout = "grid"
            count = 9
            names = ["gate_0", "station_1", "station_2", "station_3", "station_4", "station_5", "station_6", "station_7", "station_8"]
            [[traffic]]
            interval = "10s"
            [[fault]]
            kind = "crash"
            nodes = [1, 2, 3, 4, 5, 6, 7]
            at = "360s"
            for = "15s"
            """;

    /** What is on more than one line although nothing in it may break: words, and numbers with their units. */
    private static final String BROKEN = """
            () => {
              const broken = [];
              for (const cell of document.querySelectorAll("td")) {
                const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
                while (texts.nextNode()) {
                  const text = texts.currentNode;
                  for (const part of text.data.matchAll(/[0-9.]+ (?:ms|s|%)(?![a-z])|[^ -]+/g)) {
                    const range = document.createRange();
                    range.setStart(text, part.index);
                    range.setEnd(text, part.index + part[0].length);
                    if (new Set([...range.getClientRects()].map(each => each.top)).size > 1) {
                      broken.push(part[0]);
                    }
                  }
                }
              }
              return broken;
            }""";

    private Path report(String text) throws Exception {
        Scenario scenario = ScenarioReader.parse(text, "a.toml", Path.of("."), Overrides.NONE);
        ScenarioRun run = new ScenarioRun(scenario);
        run.run((simulatedUs, events) -> true);
        Path report = directory.resolve("a.html");
        String command = "thicket sim run " + "a".repeat(80) + ".toml --seed 0x1";
        return Files.writeString(report, HtmlReport.of(RunSummary.of(scenario, run, "abc123", 1, 1, 0), command));
    }

    /** "360 s" was on two lines even where there was much room, and "without" was on a phone. */
    @ParameterizedTest
    @ValueSource(ints = {390, 1280})
    void no_cell_breaks_a_word_or_a_number_from_its_unit(int width) throws Exception {
        Path report = report(WORDY);

        Page page = pages.open(report, width, 900);

        assertEquals(List.of(), page.evaluate(BROKEN));
        assertTrue(
                (Boolean) page.evaluate("() => [...document.querySelectorAll('td')]"
                        + ".find(each => each.textContent.includes('without power')).clientWidth >= 160"),
                "what went wrong is one word wide");
        assertEquals(width, page.evaluate("() => document.scrollingElement.scrollWidth"));
    }

    /** It was 514 wide, and the letters of its charts 3 px high; later its charts were cut, and had to be moved to be seen. */
    @ParameterizedTest
    @ValueSource(ints = {360, 400})
    void on_a_phone_the_report_is_as_wide_as_the_screen_and_its_charts_can_be_read(int width) throws Exception {
        Path report = report(RecordedRun.SCENARIO);

        Page page = pages.open(report, width, 900);

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
