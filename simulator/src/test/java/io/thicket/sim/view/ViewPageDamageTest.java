package io.thicket.sim.view;

import static io.thicket.sim.view.Pages.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import io.thicket.sim.recording.DamagedRun;
import io.thicket.sim.recording.RunFileReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The page on recordings of which a part cannot be read. */
final class ViewPageDamageTest {
    private static final String PART = "damaged from 00:02.000 to 00:04.000.";

    @TempDir
    private Path directory;

    private Path path;

    @RegisterExtension
    private final Pages pages = new Pages();

    @BeforeEach
    void write() throws IOException {
        path = directory.resolve("a.run");
        DamagedRun.whole(path);
    }

    private static void press(Page page, String key, int us) {
        page.keyboard().press(key);
        until(page, "us => thicket.moment.us === us && !thicket.player.busy", us);
        page.evaluate("() => new Promise(done => setTimeout(done, 250))"); // the panel follows
    }

    private static String text(Page page, String id) {
        return page.locator(id).isVisible() ? page.locator(id).textContent() : "";
    }

    @Test
    void damage_is_told_and_can_be_passed() throws IOException {
        DamagedRun.damage(path, 2, 3);
        try (RunFileReader reader = RunFileReader.open(path);
                ViewServer server = new ViewServer(reader, 0)) {
            Page page = pages.open(server.url());
            assertTrue(text(page, "#banner").contains(PART), text(page, "#banner"));

            press(page, "Home", 0);
            press(page, "n", 500_000);
            press(page, "n", 1_500_000);
            assertEquals("", text(page, "#nothing"));
            press(page, "n", 2_500_000);
            assertTrue(text(page, "#nothing").contains(PART), text(page, "#nothing"));
            assertTrue(text(page, "#panel").contains(PART), text(page, "#panel"));
            assertFalse(page.locator("#map").isVisible(), "nodes of which nothing is known are on the map");
            press(page, "n", 3_500_000);
            press(page, "n", 4_500_000);
            assertEquals("", text(page, "#nothing"));
            assertTrue(page.locator("#map").isVisible());
            assertFalse(text(page, "#panel").contains(PART));

            press(page, "ArrowLeft", 1_500_000);
            press(page, "ArrowRight", 4_500_000);
            page.evaluate("() => thicket.player.go(3.9e6)");
            press(page, "w", 1_500_000);
            assertTrue(text(page, "#panel").contains("NO_ROUTE"), text(page, "#panel"));
            page.keyboard().press("Space");
            until(page, "() => thicket.moment.us === thicket.run.endUs", null);
            pages.close();
        }
    }

    /** As the page finds it: the file was whole when it was opened. */
    @Test
    void damage_that_comes_later_is_told_too() throws IOException {
        try (RunFileReader reader = RunFileReader.open(path);
                ViewServer server = new ViewServer(reader, 0)) {
            Page page = pages.open(server.url());
            assertEquals("", text(page, "#banner"));
            DamagedRun.damage(path, 2, 3);
            page.evaluate("() => thicket.player.go(3.9e6)");
            until(page, "() => thicket.moment.us === 3.9e6", null);

            press(page, "w", 1_500_000);
            press(page, "ArrowRight", 4_500_000);

            assertTrue(text(page, "#banner").contains(PART), text(page, "#banner"));
            assertFalse(text(page, "#banner").contains("program"), text(page, "#banner"));
            pages.close();
            pages.blocksMayBeDamaged();
        }
    }

    @Test
    void a_failure_is_over_when_something_works() throws IOException {
        try (RunFileReader reader = RunFileReader.open(path);
                ViewServer server = new ViewServer(reader, 0)) {
            Page page = pages.open(server.url());
            Pages.route(page, "**/api/blocks/*", Route::abort);
            page.keyboard().press("Home");
            until(page, "() => document.getElementById('banner').textContent.includes('program still running')", null);
            page.unroute("**/api/blocks/*");

            press(page, "Home", 0);

            assertEquals("", text(page, "#banner"));
            pages.close();
            pages.serverMayBeGone();
        }
    }

    /** The end of the file is there: nobody ended that run early, and nobody cut its file off. */
    @Test
    void a_damaged_index_is_told_from_a_missing_end() throws IOException {
        DamagedRun.damageIndex(path);
        try (RunFileReader reader = RunFileReader.open(path);
                ViewServer server = new ViewServer(reader, 0)) {
            Page page = pages.open(server.url());

            assertEquals(
                    "The index of this recording is damaged. All of the run was found without it.",
                    text(page, "#banner"));
            pages.close();
        }
        DamagedRun.damage(path, 4);
        try (RunFileReader reader = RunFileReader.open(path);
                ViewServer server = new ViewServer(reader, 0)) {
            Page page = pages.open(server.url());

            assertEquals(
                    "The index of this recording is damaged. Shown is what was found without it, up to 00:04.000.",
                    text(page, "#banner"));
            assertEquals("damaged", text(page, "#state"));
        }
    }

    /** Of a wish that comes while another one is being fulfilled, which then fails. */
    @Test
    void the_newest_wish_is_fulfilled_though_the_one_before_it_failed() throws IOException {
        try (RunFileReader reader = RunFileReader.open(path);
                ViewServer server = new ViewServer(reader, 0)) {
            Page page = pages.open(server.url());
            page.evaluate("() => thicket.player.go(3.5e6)");
            List<Route> held = new ArrayList<>();
            Pages.route(page, "**/api/blocks/0", held::add);
            page.keyboard().press("Home");
            waitFor(page, held);

            page.keyboard().press("End");
            held.get(0).abort();

            until(page, "() => !thicket.player.busy", null);
            until(page, "() => thicket.moment.us === thicket.run.endUs", null);
            assertEquals("", text(page, "#banner"));
            pages.close();
            pages.serverMayBeGone();
        }
    }

    /** What was not done yet is no success: it took away the words about what just failed. */
    @Test
    void a_failure_is_not_over_while_something_is_under_way() throws IOException {
        try (RunFileReader reader = RunFileReader.open(path);
                ViewServer server = new ViewServer(reader, 0)) {
            Page page = pages.open(server.url());
            page.evaluate("() => thicket.player.go(3.5e6)");
            Pages.route(page, "**/api/blocks/1", Route::abort);
            page.evaluate("() => { location.hash = 't=1.5'; }");
            until(page, "() => document.getElementById('banner').textContent.includes('program still running')", null);
            List<Route> held = new ArrayList<>();
            Pages.route(page, "**/api/blocks/0", held::add);
            page.keyboard().press("Home");
            waitFor(page, held);

            page.keyboard().press("Home");
            page.waitForTimeout(100);

            assertTrue(text(page, "#banner").contains("program still running"), text(page, "#banner"));
            held.get(0).resume();
            until(page, "() => thicket.moment.us === 0", null);
            until(page, "() => document.getElementById('banner').hidden", null);
            pages.close();
            pages.serverMayBeGone();
        }
    }

    private static void waitFor(Page page, List<Route> held) {
        for (int i = 0; i < 500 && held.isEmpty(); i++) {
            page.waitForTimeout(20);
        }
    }
}
