package io.thicket.sim.view;

import static io.thicket.sim.view.Pages.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The page while time goes on, by itself or in a run that grows, and when the program behind it ends. */
final class ViewPageLiveTest {
    @TempDir
    private static Path directory;

    @RegisterExtension
    private static final ServedRun SERVED = new ServedRun();

    @RegisterExtension
    private final Pages pages = new Pages();

    private static GrowingRun growing(String name) throws IOException {
        return new GrowingRun(directory.resolve(name));
    }

    /** A button that is pressed is still the same one when it is let go, however often the panel was made anew. */
    @Test
    void buttons_beside_a_playing_map_can_be_clicked() throws IOException {
        try (ViewServer server = new ViewServer(SERVED.run(), 0)) {
            Page page = pages.open(server.url());
            page.keyboard().press("Home"); // at the end it would begin anew, and other rows be under the pointer
            until(page, "() => thicket.moment.us === 0", null);
            page.click("#tab-nodes");
            page.evaluate(
                    "() => { thicket.player.speed = 1; }"); // a busy machine must not be at the run's end before the
            // click
            page.click("#play");

            // Not hover(), which waits for a button that stays for two pictures: on a busy machine none does.
            @SuppressWarnings("unchecked")
            List<Number> at = (List<Number>) page.evaluate(
                    "() => { const its = document.querySelectorAll('#panel tbody button')[3].getBoundingClientRect();"
                            + " return [its.x + its.width / 2, its.y + its.height / 2]; }");
            page.mouse().move(at.get(0).doubleValue(), at.get(1).doubleValue());
            page.mouse().down();
            page.waitForTimeout(700);
            page.mouse().up();

            assertEquals("n3", page.locator("#panel h2").first().textContent());
            double there = ((Number) page.evaluate("() => thicket.moment.us")).doubleValue();
            until(page, "us => thicket.moment.us > us", there);
            page.keyboard().press("Space");
            pages.close();
        }
    }

    /** What lets the former one go runs only afterwards: one press in eight was lost so, right after that of the play button. */
    @Test
    void a_button_that_is_pressed_right_after_another_one_stays() throws IOException {
        try (ViewServer server = new ViewServer(SERVED.run(), 0)) {
            Page page = pages.open(server.url());
            page.keyboard().press("Home");
            page.click("#tab-nodes");
            page.evaluate("() => { thicket.player.speed = 1; thicket.player.play(); }");
            page.evaluate("() => { window.its = document.querySelectorAll('#panel tbody button')[3];"
                    + " dispatchEvent(new PointerEvent('pointerup'));"
                    + " its.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true })); }");
            double there = ((Number) page.evaluate("() => thicket.moment.us")).doubleValue();
            until(page, "us => thicket.moment.us > us + 5e5", there);

            assertEquals(true, page.evaluate("() => its.isConnected"));
            page.evaluate("() => dispatchEvent(new PointerEvent('pointerup'))");
            until(page, "() => !its.isConnected", null);
            pages.close();
        }
    }

    @Test
    void the_keyboard_stays_where_it_is_while_it_plays() throws IOException {
        try (ViewServer server = new ViewServer(SERVED.run(), 0)) {
            Page page = pages.open(server.url());
            page.click("#tab-events");
            page.locator("#panel input[type=checkbox]").nth(3).focus();

            page.keyboard().press("Space");

            assertEquals(
                    true, page.locator("#panel input[type=checkbox]").nth(3).isChecked());
            assertEquals(false, page.evaluate("() => thicket.player.playing"));
            page.evaluate("() => thicket.player.play()");
            until(page, "() => thicket.moment.us > 10e6", null);
            assertEquals(
                    3,
                    page.evaluate(
                            "() => [...document.querySelectorAll('#panel input')].indexOf(document.activeElement)"));
            page.evaluate("() => thicket.player.pause()");
            pages.close();
        }
    }

    @Test
    void what_is_typed_beside_a_growing_run_stays() throws IOException {
        try (GrowingRun growing = growing("typed.run");
                ViewServer server = new ViewServer(growing.source(), 0)) {
            growing.second(1);
            Page page = pages.open(server.url());
            page.click("#tab-packets");
            page.locator("#panel input[type=number]").focus();
            page.keyboard().type("1");

            growing.second(2);
            until(page, "() => thicket.run.endUs === 2e6", null);
            page.keyboard().type("7");

            assertEquals("17", page.locator("#panel input[type=number]").inputValue());
            page.keyboard().press("Enter");
            page.waitForSelector("#story");
            growing.source().finish();
            until(page, "() => thicket.run.state === 'done'", null);
            pages.close();
        }
    }

    /** The run ends while the page still waits for an answer from before. */
    @Test
    void the_end_of_a_run_is_not_missed() throws IOException {
        try (GrowingRun growing = growing("end.run");
                ViewServer server = new ViewServer(growing.source(), 0)) {
            growing.second(1);
            Page page = pages.open(server.url());
            until(page, "() => thicket.moment.us === 1e6", null);
            List<Runnable> held = new ArrayList<>();
            Pages.route(page, "**/api/index*", route -> {
                if (held.isEmpty()) {
                    var answer = route.fetch();
                    held.add(() -> route.fulfill(new Route.FulfillOptions().setResponse(answer)));
                } else {
                    route.resume();
                }
            });

            growing.second(2);
            for (int i = 0; i < 500 && held.isEmpty(); i++) {
                page.waitForTimeout(20);
            }
            growing.source().finish();
            held.get(0).run();

            until(page, "() => thicket.run.state === 'done'", null);
            pages.close();
        }
    }

    /** A browser keeps six connections to a server, for all its tabs together. */
    @Test
    void eight_tabs_of_one_browser_all_follow_the_run() throws IOException {
        try (GrowingRun growing = growing("tabs.run");
                ViewServer server = new ViewServer(growing.source(), 0)) {
            growing.second(1);
            List<Page> tabs = new ArrayList<>();
            tabs.add(pages.open(server.url()));
            while (tabs.size() < 8) {
                tabs.add(pages.another(tabs.get(0)));
            }

            growing.second(2);
            for (Page tab : tabs) {
                until(tab, "() => thicket.moment.us === 2e6", null);
            }
            growing.second(3);
            growing.source().finish();
            for (Page tab : tabs) {
                until(tab, "() => thicket.run.state === 'done' && thicket.moment.us === 3e6", null);
            }
            pages.close();
        }
    }

    /** Of a live run for hours, of which each picture is the same block once more. */
    @Test
    void a_block_that_grows_is_in_memory_once() throws IOException {
        try (GrowingRun growing = growing("once.run");
                ViewServer server = new ViewServer(growing.source(), 0)) {
            growing.second(1);
            Page page = pages.open(server.url());
            for (int second = 2; second <= 5; second++) {
                growing.second(second);
                until(page, "us => thicket.moment.us === us", second * 1_000_000);
            }

            assertEquals(1, page.evaluate("() => thicket.run.cache.size"));
            growing.source().finish();
            until(page, "() => thicket.run.state === 'done'", null);
            pages.close();
        }
    }

    private static void setHidden(Page page, boolean hidden) {
        page.evaluate(
                "hidden => { Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });"
                        + " document.dispatchEvent(new Event('visibilitychange')); }",
                hidden);
    }

    @Test
    void a_hidden_page_asks_rarely_and_at_once_when_it_is_shown() throws IOException {
        try (GrowingRun growing = growing("hidden.run");
                ViewServer server = new ViewServer(growing.source(), 0)) {
            growing.second(1);
            Page page = pages.open(server.url());
            until(page, "() => thicket.moment.us === 1e6", null);
            List<String> asked = new ArrayList<>();
            setHidden(page, true);
            page.waitForTimeout(500); // the wait that had begun is over, and the first long one has begun
            page.onRequest(request -> asked.add(request.url()));

            page.waitForTimeout(1_500);
            assertEquals(List.of(), asked);
            growing.second(2);
            setHidden(page, false);

            page.waitForTimeout(200);
            until(page, "() => thicket.moment.us === 2e6", null);
            growing.source().finish();
            until(page, "() => thicket.run.state === 'done'", null);
            pages.close();
        }
    }

    /** It is one moment's trouble of the same program: nothing is loaded anew. */
    @Test
    void a_program_that_answers_again_is_followed_further() throws IOException {
        try (GrowingRun growing = growing("again.run");
                ViewServer server = new ViewServer(growing.source(), 0)) {
            growing.second(1);
            Page page = pages.open(server.url());
            page.evaluate("() => { window.same = true; }");
            Pages.route(page, "**/api/live", Route::abort);
            until(page, "() => document.getElementById('banner').textContent.includes('does not answer')", null);
            growing.second(2);

            page.unroute("**/api/live");

            until(page, "() => window.same && thicket.moment.us === 2e6", null);
            assertTrue(page.locator("#banner").isHidden());
            growing.source().finish();
            until(page, "() => thicket.run.state === 'done'", null);
            pages.close();
            pages.serverMayBeGone();
        }
    }

    @Test
    void a_program_that_ends_while_it_plays_is_told() throws IOException {
        Page page;
        try (ViewServer server = new ViewServer(SERVED.run(), 0)) {
            page = pages.open(server.url());
            // As in a recording of many blocks, of which the next one is not there yet.
            page.evaluate("() => { thicket.run.cache.clear(); }");
        }
        page.click("#play");

        until(page, "() => !document.getElementById('banner').hidden", null);
        until(page, "() => document.getElementById('play').textContent === 'Play'", null);
        page.click("#tab-packets");
        page.locator("#panel select").selectOption("slow");
        page.evaluate("() => { document.getElementById('banner').hidden = true; }");
        page.locator("#panel tbody button").first().click();
        until(page, "() => !document.getElementById('banner').hidden", null);
        assertTrue(page.locator("#banner").textContent().contains("Is the program still running"));
        pages.serverMayBeGone();
    }

    /** Never a mixture of two runs. */
    @Test
    void a_program_that_comes_back_is_asked_anew() throws IOException {
        try (GrowingRun first = growing("first.run")) {
            int port;
            Page page;
            try (ViewServer server = new ViewServer(first.source(), 0)) {
                port = server.port();
                first.second(1);
                page = pages.open(server.url());
                until(page, "() => thicket.moment.us === 1e6", null);
            }
            until(page, "() => !document.getElementById('banner').hidden", null);

            try (ViewServer server = new ViewServer(SERVED.run(), port)) {
                // These wait through the page's being loaded anew.
                page.locator("#name").getByText("seen").waitFor();
                page.waitForSelector("body[data-ready]");
                assertTrue(page.locator("#banner").isHidden());
                pages.close();
            }
            pages.serverMayBeGone();
        }
    }

    /** A page of a recording asks nobody how it goes on: it learns it from the next answer. */
    @Test
    void a_recording_is_not_mixed_with_what_another_program_shows_at_its_port() throws IOException {
        try (GrowingRun other = growing("other.run")) {
            other.second(1);
            other.source().finish();
            int port;
            Page page;
            try (ViewServer server = new ViewServer(SERVED.run(), 0)) {
                port = server.port();
                page = pages.open(server.url());
                page.evaluate("() => { thicket.run.cache.clear(); }");
            }
            try (ViewServer server = new ViewServer(other.source(), port)) {
                page.keyboard().press("Home");

                page.locator("#name").getByText(GrowingRun.HOSTILE).waitFor();
                page.waitForSelector("body[data-ready]");
                assertEquals(1_000_000, page.evaluate("() => thicket.run.endUs"));
                pages.close();
            }
            pages.serverMayBeGone();
        }
    }

    @Test
    void a_packet_that_is_followed_before_its_end_is_told_to_its_end() throws IOException {
        try (GrowingRun growing = growing("followed.run");
                ViewServer server = new ViewServer(growing.source(), 0)) {
            growing.second(1);
            growing.made(2);
            Page page = pages.open(server.url());
            page.click("#tab-packets");
            page.locator("#panel input[type=number]").fill("1");
            page.keyboard().press("Enter");
            page.waitForSelector("#story");
            String before = page.locator("#story").textContent();

            growing.lost(3, 2);
            until(page, "() => document.getElementById('story').textContent.includes('gave it up')", null);

            assertTrue(before.contains("has not left") && before.contains("yet"), before);
            growing.source().finish();
            until(page, "() => thicket.run.state === 'done'", null);
            pages.close();
        }
    }

    /** Who reads what was at a moment is not thrown back to the middle of the list by each picture of the run. */
    @Test
    void a_list_that_somebody_reads_beside_a_growing_run_stays_where_it_is() throws IOException {
        try (GrowingRun growing = growing("read.run");
                ViewServer server = new ViewServer(growing.source(), 0)) {
            growing.second(1);
            Page page = pages.open(server.url());
            for (int second = 2; second <= 8; second++) {
                growing.second(second);
            }
            until(page, "() => thicket.moment.us === 8e6", null);
            page.click("#play"); // pause
            page.click("#tab-events");
            page.evaluate(
                    "() => { document.getElementById('panel').scrollTop = 0; window.first = document.querySelector('#panel li'); }");

            growing.second(9);
            until(page, "() => thicket.run.endUs === 9e6", null);
            page.waitForTimeout(500);

            assertEquals(0, page.evaluate("() => document.getElementById('panel').scrollTop"));
            assertEquals(true, page.evaluate("() => first.isConnected"));
            growing.source().finish();
            until(page, "() => thicket.run.state === 'done'", null);
            pages.close();
        }
    }

    @Test
    void a_time_in_the_address_is_gone_to_when_it_is_changed_there() throws IOException {
        try (ViewServer server = new ViewServer(SERVED.run(), 0)) {
            Page page = pages.open(server.url());

            page.evaluate("() => { location.hash = '#t=3.5'; }");

            until(page, "() => thicket.moment.us === 35e5", null);
            pages.close();
        }
    }
}
