package io.thicket.sim.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import io.thicket.sim.recording.RunFileReader;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Whether what the page says of a run as a whole is so. */
final class ViewPageTruthTest {
    private static final String PLOT = "#plotpackets canvas";

    @TempDir
    private Path directory;

    @RegisterExtension
    private final Pages pages = new Pages();

    @Test
    void a_run_that_was_ended_early_says_where_of_what_was_planned() throws IOException {
        Path path = directory.resolve("early.run");
        RecordedRun.into(path, RecordedRun.BETWEEN_NODES, 40_000_000);
        try (RunFileReader reader = RunFileReader.open(path);
                ViewServer server = new ViewServer(reader, 0)) {
            Page page = pages.open(server.url());

            assertEquals(
                    "ends at 00:40 of 01:30 planned", page.locator("#state").textContent());
            pages.close();
        }
    }

    /** The table of a long run stops before the plots do. */
    @Test
    void the_plots_do_not_promise_more_rows_than_the_table_has() throws IOException {
        Path path = directory.resolve("rows.run");
        RecordedRun.into(path, RecordedRun.OF_MANY_ROWS);
        try (RunFileReader reader = RunFileReader.open(path);
                ViewServer server = new ViewServer(reader, 0)) {
            Page page = pages.open(server.url());
            assertTrue(
                    ((Number) page.evaluate("() => thicket.run.rows.length")).intValue() > 500, "the run is too short");

            assertEquals(
                    "Over time: packets. The table Counts has the last 500 rows of the same.",
                    page.locator(PLOT).getAttribute("aria-label"));
            page.click("#tab-counts");
            assertEquals(500, page.locator("#panel tbody tr").count());
            pages.close();
        }
    }

    @Test
    void the_plots_of_a_short_run_have_all_of_it_in_the_table() throws IOException {
        try (GrowingRun growing = new GrowingRun(directory.resolve("short.run"));
                ViewServer server = new ViewServer(growing.source(), 0)) {
            growing.second(1);
            growing.source().finish();
            Page page = pages.open(server.url());

            assertEquals(
                    "Over time: packets. The table Counts has the same.",
                    page.locator(PLOT).getAttribute("aria-label"));
            pages.close();
        }
    }
}
