package io.thicket.sim.view;

import static io.thicket.sim.view.Pages.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import io.thicket.sim.recording.DamagedRun;
import io.thicket.sim.recording.RunFileReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser. */
final class ViewPageTest {
    /** Which item of the list of events stands first in the panel, and where on the screen. */
    private static final String SEEN_FIRST = """
            () => {
              const edge = document.getElementById("panel").getBoundingClientRect().top;
              return [...document.querySelectorAll("#panel .say")]
                .map(each => [each.dataset.at, each.getBoundingClientRect().top]).find(each => each[1] > edge);
            }
            """;

    @TempDir
    private static Path directory;

    @RegisterExtension
    private static final ServedRun SERVED = new ServedRun();

    @RegisterExtension
    private final Pages pages = new Pages();

    private Page open() {
        return pages.open(SERVED.url());
    }

    /** Blocks of a busy network are a tenth of a second. */
    @Test
    void what_was_just_before_a_block_is_not_forgotten_in_it() throws IOException {
        Path path = directory.resolve("blocks.run");
        DamagedRun.whole(path); // a block each second, and a drop in its middle
        try (RunFileReader reader = RunFileReader.open(path);
                ViewServer its = new ViewServer(reader, 0)) {
            Page page = pages.open(its.url() + "#t=3.1");
            page.click("#tab-events");

            until(page, "() => document.querySelector('#panel li.now')?.textContent.includes('00:02.500')", null);
            until(page, "() => document.querySelectorAll('#panel li').length === 4", null);

            assertEquals(
                    List.of(2_500_000),
                    page.evaluate("() => [...thicket.moment.recent(1e6)].filter(e => e.k === 'drop').map(e => e.t)"));
            page.fill("#search", "n0");
            page.keyboard().press("Enter");
            assertTrue(
                    page.locator("#panel").textContent().contains("for at least 100 ms"),
                    page.locator("#panel").textContent());
            pages.close();
        }
    }

    /** The picture of a moment is a little late, and was made anew under whoever had scrolled it. */
    @Test
    void a_list_that_was_just_opened_stays_where_somebody_scrolls_it() {
        Page page = open();

        int centered = (Integer) page.evaluate("""
                        async () => {
                          await thicket.player.go(99e6);
                          await thicket.player.go(100e6);
                          document.getElementById("tab-events").click();
                          const panel = document.getElementById("panel");
                          const centered = panel.scrollTop;
                          panel.scrollTop = 0;
                          return centered;
                        }
                        """);
        page.waitForTimeout(500);

        assertTrue(centered > 0, "nothing to scroll");
        assertEquals(0, page.evaluate("() => document.getElementById('panel').scrollTop"));
        pages.close();
    }

    @Test
    void what_stood_before_is_put_above_what_somebody_reads() throws IOException {
        Path path = directory.resolve("busy.run");
        DamagedRun.busy(path, 50);
        try (RunFileReader reader = RunFileReader.open(path);
                ViewServer its = new ViewServer(reader, 0)) {
            Page page = pages.open(its.url() + "#t=3.5");
            List<Route> held = new ArrayList<>();
            Pages.route(page, "**/api/blocks/2", held::add);
            page.click("#tab-events");
            for (int i = 0; i < 500 && held.isEmpty(); i++) {
                page.waitForTimeout(20);
            }
            page.evaluate("() => { document.getElementById('panel').scrollTop += 120; }");
            List<?> read = (List<?>) page.evaluate(SEEN_FIRST);
            int before = page.locator("#panel li").count();

            held.get(0).resume();
            until(page, "before => document.querySelectorAll('#panel li').length > before", before);

            List<?> now = (List<?>) page.evaluate(SEEN_FIRST);
            assertEquals(read.get(0), now.get(0));
            // Lines are not whole pixels high, and the panel scrolls by whole ones.
            assertEquals(((Number) read.get(1)).doubleValue(), ((Number) now.get(1)).doubleValue(), 1);
            pages.close();
        }
    }

    private static void scrubTo(Page page, int ms) {
        page.locator("#scrub")
                .evaluate("(scrub, ms) => { scrub.value = ms; scrub.dispatchEvent(new Event('input')); }", ms);
        until(page, "us => thicket.moment.us === us", ms * 1_000);
    }

    private static String picture(Page page) {
        page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
        return (String) page.evaluate("() => document.getElementById('map').toDataURL()");
    }

    @Test
    void it_loads_without_errors_and_asks_nobody_else() {
        Page page = open();

        assertEquals("seen – Thicket", page.title());
        assertTrue(page.locator("#about").textContent().startsWith("9 nodes, thicket, seed 0x1"));
        assertFalse(page.locator("#legend").textContent().contains("outside"));
        // The description is text.
        assertTrue(page.locator("#panel").textContent().contains("<b>in a square</b>"));
        assertEquals(2, page.locator("#plots canvas").count());
    }

    /** A screen reader says "black left-pointing triangle" for a sign, and nothing for a picture without words. */
    @Test
    void every_button_and_picture_has_a_name_in_words() {
        Page page = open();

        assertEquals("", page.evaluate("""
                        () => [...document.querySelectorAll("button, input, select, canvas")]
                          .filter(each => !each.hidden && each.getAttribute("aria-hidden") !== "true")
                          .filter(each => !/[a-z]{2}/i.test(each.getAttribute("aria-label") ?? each.textContent))
                          .map(each => each.outerHTML).join("\\n")
                        """));
    }

    @Test
    void scrubbing_changes_the_picture_and_back_it_is_the_same() {
        Page page = open();

        scrubTo(page, 50_000);
        String before = picture(page);
        assertTrue(page.locator("#clock").textContent().startsWith("00:50.000"));
        scrubTo(page, 110_000);
        String during = picture(page);
        until(page, "() => document.getElementById('nodesup').textContent === '8 of 9'", null);
        assertTrue(page.locator("#panel").textContent().contains("n4 without power"));
        assertTrue(page.locator("#map").getAttribute("aria-label").contains("8 of 9 nodes up"));
        scrubTo(page, 50_000);

        assertNotEquals(before, during);
        assertEquals(before, picture(page));
    }

    @Test
    void the_keyboard_is_enough() {
        Page page = open();
        scrubTo(page, 30_000);

        page.keyboard().press("ArrowRight");
        until(page, "() => thicket.moment.us > 30e6", null);
        double there = ((Number) page.evaluate("() => thicket.moment.us")).doubleValue();
        Object position = page.evaluate("() => thicket.moment.position");
        page.keyboard().press("ArrowRight");
        until(page, "position => thicket.moment.position > position", position);
        page.keyboard().press("ArrowLeft");
        until(page, "us => thicket.moment.us === us", there);

        page.keyboard().press("?");
        assertTrue(page.locator("#keys").isVisible());
        assertTrue(page.locator("#keylist").textContent().contains("spaceplay or pause←event before"));
        page.keyboard().press("Escape");
        page.keyboard().press("/");
        assertEquals("search", page.evaluate("() => document.activeElement.id"));
        page.keyboard().type("n5");
        page.keyboard().press("Enter");
        assertEquals("n5", page.locator("#panel h2").first().textContent());
        page.keyboard().press("Escape");

        page.keyboard().press("Space");
        until(page, "us => thicket.moment.us > us + 500e3", there);
        assertEquals("Pause", page.locator("#play").textContent());
        page.keyboard().press("Space");
        until(page, "() => !thicket.player.playing", null);
        page.keyboard().press("End");
        until(page, "() => thicket.moment.us === thicket.run.endUs", null);
        page.keyboard().press("Home");
        until(page, "() => thicket.moment.us === 0", null);
    }

    /** Names are lower case, people are not; and whoever has found a node wants the keys back. */
    @Test
    void a_node_is_found_in_capitals_and_the_keys_are_the_pages_again() {
        Page page = open();
        scrubTo(page, 30_000);

        page.keyboard().press("/");
        page.keyboard().type("N5");
        page.keyboard().press("Enter");

        assertEquals("n5", page.locator("#panel h2").first().textContent());
        page.keyboard().press("Space");
        until(page, "() => thicket.player.playing", null);
    }

    @Test
    void after_the_last_note_the_page_says_so_until_time_goes_on() {
        Page page = open();
        page.keyboard().press("End");
        until(page, "() => thicket.moment.us === thicket.run.endUs", null);

        page.keyboard().press("n");

        until(page, "() => document.getElementById('noted').textContent === 'nothing more of note'", null);
        page.keyboard().press("Home");
        until(page, "() => document.getElementById('noted').textContent === ''", null);
    }

    /** The page counts all packets, and the summary those after the warm-up. */
    @Test
    void from_when_the_summary_counts_is_said_if_it_is_not_the_start() throws IOException {
        assertEquals(0, open().locator("#warmup").count());
        pages.close();

        Path path = directory.resolve("warm.run");
        RecordedRun.into(path, RecordedRun.BETWEEN_NODES.replace("warm_up = \"0s\"", "warm_up = \"30s\""));
        try (RunFileReader reader = RunFileReader.open(path);
                ViewServer other = new ViewServer(reader, 0)) {
            Page page = pages.open(other.url());

            assertEquals(
                    "The summary counts from 00:30 on (warm-up).",
                    page.locator("#warmup").textContent());
            pages.close();
        }
    }

    /** As in maps of communities: a village, and one node in another country. */
    @Test
    void a_map_with_one_node_far_away_begins_where_most_are_and_fit_shows_all() throws IOException {
        StringBuilder places = new StringBuilder("[100000, 0]");
        for (int i = 0; i < 40; i++) {
            places.append(", [")
                    .append(i % 8 * 100)
                    .append(", ")
                    .append(i / 8 * 100)
                    .append(']');
        }
        Path path = directory.resolve("far.run");
        RecordedRun.into(path, """
                        [scenario]
                        name = "far"
                        duration = "20s"
                        warm_up = "0s"
                        [nodes]
                        layout = "explicit"
                        positions = [%s]
                        gateways = [1]
                        """.formatted(places));
        try (RunFileReader reader = RunFileReader.open(path);
                ViewServer other = new ViewServer(reader, 0)) {
            Page page = pages.open(other.url());
            String wide = "wide => Math.abs(thicket.map.xs[8] - thicket.map.xs[1]) > 100 === wide";
            String far = "in_ => thicket.map.xs[0] < document.getElementById('map').clientWidth === in_";

            until(page, wide, true);
            until(page, far, false);
            assertTrue(page.locator("#far").textContent().startsWith("1 node is far from all others"));
            page.keyboard().press("0");
            until(page, wide, false);
            until(page, far, true);
            page.keyboard().press("0");
            until(page, wide, true);
            pages.close();
        }
        assertEquals(0, open().locator("#far").count());
    }

    @Test
    void a_reading_can_be_followed() {
        Page page = open();
        scrubTo(page, 40_000);
        int packet = ((Number)
                        page.evaluate("() => thicket.run.packets.find(each => each.node === 5 && each.at > 20e6).p"))
                .intValue();

        page.click("#tab-packets");
        page.fill("#panel input[type=number]", Integer.toString(packet));
        page.click("#panel form button");
        page.waitForSelector("#story");

        assertTrue(page.locator("#story").textContent().startsWith("Arrived after"));
        String story = page.locator("#panel ol.events").textContent();
        assertTrue(story.contains("n5 makes #" + packet), story);
        assertTrue(story.contains("#" + packet + " of n5 has arrived, 3 hops"), story);
        page.locator("#panel ol.events button").nth(3).click();
        until(page, "() => thicket.moment.us > 20e6 && thicket.moment.us < 40e6", null);
        assertEquals(packet, ((Number) page.evaluate("() => [...thicket.map.highlight][0]")).intValue());
    }

    /** Of n8, which is cut off until 180 s: its packets arrive later, and that is not what is seen now. */
    @Test
    void what_is_not_there_at_a_moment_is_listed_apart_from_what_never_arrived() {
        Page page = open();
        scrubTo(page, 95_000);
        page.click("#tab-packets");

        page.selectOption("#panel select", "yet");

        String of = "() => [...new Set([...document.querySelectorAll('#panel tbody td:nth-child(2)')]"
                + ".map(each => each.textContent.trim()))].join()";
        until(page, "() => document.querySelector('#panel tbody td') !== null", null);
        assertEquals("n8", page.evaluate(of));
        // As whoever drags the scrubber: while the choice has the keyboard, it is left alone.
        page.locator("#scrub").focus();
        scrubTo(page, 50_000);
        until(
                page,
                "() => document.getElementById('panel').textContent.includes('Every packet made before now has arrived.')",
                null);
    }

    @Test
    void a_packet_between_nodes_that_was_given_up_says_so_and_why() throws IOException {
        Path path = directory.resolve("between.run");
        RecordedRun.into(path, RecordedRun.BETWEEN_NODES);
        try (RunFileReader reader = RunFileReader.open(path);
                ViewServer other = new ViewServer(reader, 0)) {
            Page page = pages.open(other.url());
            int packet =
                    ((Number) page.evaluate("() => thicket.run.packets.find(each => each.at > 23e6).p")).intValue();

            assertEquals("90 s recorded", page.locator("#state").textContent());
            page.click("#tab-packets");
            page.fill("#panel input[type=number]", Integer.toString(packet));
            page.click("#panel form button");
            page.waitForSelector("#story");

            assertEquals(
                    "n2 gave it up: it could not be sent within 30 s, and a packet between nodes is not kept for longer.",
                    page.locator("#story").textContent());
            pages.close();
        }
    }

    /** The scrubber's: what is at the same place is at the same time; and what is no row is zero. */
    @Test
    void plots_have_the_time_of_the_whole_run_and_zeros_where_nothing_was_counted() {
        Page page = open();

        for (String plot : List.of("packets", "frames")) {
            assertEquals(
                    "0 to 240",
                    page.evaluate(
                            "plot => { const x = thicket.plots.plots[plot].scales.x; return x.min + ' to ' + x.max }",
                            plot));
        }
        assertEquals("", page.evaluate("""
                        () => {
                          const rows = new Set(thicket.run.rows.map(row => row[0] / 1e6));
                          const [times, offered] = thicket.plots.plots.packets.data;
                          return times.filter((at, i) => i > 0 && at - times[i - 1] > 1.5 && (rows.has(at) || rows.has(times[i - 1]))).join()
                            + offered.filter((count, i) => count > 0 && !rows.has(times[i])).join();
                        }"""));
    }

    @Test
    void on_a_phone_the_page_is_as_wide_as_the_screen_and_stays_where_it_is() {
        Page page = pages.open(SERVED.url(), ColorScheme.DARK, 390, 844);
        scrubTo(page, 110_000);
        for (String tab : List.of("nodes", "links", "counts", "packets", "events")) {
            page.click("#tab-" + tab);
            assertEquals(390, page.evaluate("() => document.scrollingElement.scrollWidth"), tab);
        }
        page.evaluate("() => scrollTo(0, 0)");

        page.evaluate("() => thicket.player.go(150e6)");

        until(page, "() => document.querySelector('li.now time')?.textContent > '02:2'", null);
        assertEquals(0, ((Number) page.evaluate("() => scrollY")).intValue());
        assertEquals(true, page.evaluate("""
                        () => {
                          const inner = document.querySelector('li.now').getBoundingClientRect();
                          const outer = document.getElementById('panel').getBoundingClientRect();
                          return inner.top >= outer.top && inner.bottom <= outer.bottom;
                        }"""));
    }

    @Test
    void a_drop_is_explained() {
        Page page = open();
        scrubTo(page, 170_000);

        page.keyboard().press("w");
        page.waitForSelector(".why");

        String why = page.locator(".why").textContent();
        assertTrue(why.contains("TOO_OLD") || why.contains("NO_ROUTE") || why.contains("STALLED"), why);
        assertTrue(why.contains("of n8: "), why);
        assertTrue(why.contains("A fault held: n8 cut off from all others."), why);
    }

    @Test
    void the_same_name_can_be_searched_once_more() {
        Page page = open();
        for (int i = 0; i < 2; i++) {
            page.locator("#search").focus();
            if (i == 0) {
                page.keyboard().type("n5");
            }
            page.keyboard().press("Enter");

            assertEquals("n5", page.locator("#panel h2").first().textContent());
            page.keyboard().press("Escape");
            assertEquals("seen", page.locator("#panel h2").first().textContent());
        }
        pages.close();
    }

    @Test
    void back_from_why_something_was_dropped_leads_to_where_the_question_was_asked() {
        Page page = open();
        scrubTo(page, 170_000);
        page.fill("#search", "n5");
        page.keyboard().press("Enter");
        page.keyboard().press("w");
        page.waitForSelector(".why");
        page.getByText("Back", new Page.GetByTextOptions().setExact(true)).click();
        assertEquals("n5", page.locator("#panel h2").first().textContent());

        page.click("#tab-events");
        page.locator("#panel li.warn button", new Page.LocatorOptions().setHasText("drops"))
                .first()
                .click();
        page.waitForSelector(".why");
        page.keyboard().press("w"); // one question after the other
        until(page, "() => !thicket.player.busy", null);
        page.getByText("Back", new Page.GetByTextOptions().setExact(true)).click();

        assertEquals("true", page.locator("#tab-events").getAttribute("aria-selected"));
        assertEquals(1, page.locator("#panel li.now").count());
        page.click("#tab-details");
        assertEquals("n5", page.locator("#panel h2").first().textContent());
    }

    /** No drop is there to be told of, and nothing that was chosen is lost by the question. */
    @Test
    void back_from_the_answer_that_nothing_was_dropped_leads_there_too() {
        Page page = open();
        scrubTo(page, 30_000);
        page.fill("#search", "n5");
        page.keyboard().press("Enter");
        page.click("#tab-links");

        page.keyboard().press("w");

        assertTrue(page.locator("#panel").textContent().contains("No message was dropped"));
        page.getByText("Back", new Page.GetByTextOptions().setExact(true)).click();
        assertEquals("true", page.locator("#tab-links").getAttribute("aria-selected"));
        assertEquals(5, page.evaluate("() => thicket.map.selection.node"));
    }

    @Test
    void dark_is_the_systems_wish_and_the_switchs() {
        Page page = pages.open(SERVED.url(), ColorScheme.DARK);
        String dark = (String) page.evaluate("() => getComputedStyle(document.body).backgroundColor");
        assertEquals("dark", page.evaluate("() => document.documentElement.dataset.theme"));
        String darkPicture = picture(page);

        page.click("#theme");

        assertEquals("light", page.evaluate("() => document.documentElement.dataset.theme"));
        assertNotEquals(dark, page.evaluate("() => getComputedStyle(document.body).backgroundColor"));
        assertNotEquals(darkPicture, picture(page));
    }

    /** Nodes and links are kept as they were drawn; colours are not among what a moment is made of. */
    @Test
    void the_map_follows_the_systems_wish_while_it_stands() {
        Page page = pages.open(SERVED.url(), ColorScheme.DARK);
        scrubTo(page, 50_000);
        String dark = picture(page);
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        until(page, "() => document.documentElement.dataset.theme === 'light'", null);
        String light = picture(page);
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        until(page, "() => document.documentElement.dataset.theme === 'dark'", null);

        assertNotEquals(dark, light);
        assertEquals(dark, picture(page));
    }

    @Test
    void a_map_without_room_is_no_error() {
        Page page = open();
        scrubTo(page, 50_000);
        String before = picture(page);
        page.evaluate(
                "() => { const { style } = document.getElementById('map'); style.flex = 'none'; style.height = '0'; }");
        scrubTo(page, 110_000);
        until(page, "() => document.getElementById('map').clientHeight === 0", null);
        page.evaluate(
                "() => { const { style } = document.getElementById('map'); style.flex = ''; style.height = ''; }");
        scrubTo(page, 50_000);
        until(page, "() => document.getElementById('map').clientHeight > 0", null);

        assertEquals(before, picture(page));
    }

    /** While it plays, a large network is drawn anew now and then only; where it stands the picture is that of the moment. */
    @Test
    void a_map_that_is_behind_while_it_plays_is_right_when_it_stands() {
        Page page = open();
        scrubTo(page, 95_000);
        String before = picture(page);
        page.evaluate("() => { thicket.map.patienceMs = 1e9; thicket.player.speed = 60; thicket.player.play(); }");
        until(page, "() => thicket.moment.us > 105e6", null);
        Object behind = page.evaluate("() => thicket.map.groundOf !== thicket.moment.changes");
        page.evaluate("() => thicket.player.pause()");
        until(page, "() => !thicket.player.busy", null);
        String stands = picture(page);
        Object us = page.evaluate("() => thicket.moment.us");
        page.evaluate("async us => { await thicket.player.go(0); await thicket.player.go(us); }", us);

        assertEquals(true, behind);
        assertNotEquals(before, stands);
        assertEquals(stands, picture(page));
    }

    /** The tree is laid out more rarely still. */
    @Test
    void a_tree_that_is_behind_while_it_plays_is_right_when_it_stands() {
        Page page = open();
        scrubTo(page, 95_000);
        page.evaluate("() => { thicket.map.asTree = true; thicket.player.speed = 60; thicket.player.play(); }");
        until(page, "() => thicket.moment.us > 105e6", null);
        page.evaluate("() => { thicket.map.laidOut = performance.now(); thicket.player.pause(); }");
        until(page, "() => !thicket.player.busy", null);

        until(page, "() => thicket.map.laidOutOf === thicket.moment.changes", null);
    }

    @Test
    void tables_hold_what_the_pictures_show() {
        Page page = open();
        scrubTo(page, 59_000);

        page.click("#tab-nodes");
        assertEquals(9, page.locator("#panel tbody tr").count());
        page.click("#tab-links");
        assertEquals(12, page.locator("#panel tbody tr").count());
        page.click("#tab-counts");
        assertEquals(
                page.evaluate("() => thicket.run.rows.length"),
                page.locator("#panel tbody tr").count());
        page.click("#tab-links");
        page.locator("#panel tbody tr button").first().click();
        assertEquals(2, page.locator("#panel tbody tr").count());
    }

    @Test
    void a_click_on_the_map_chooses_a_node() {
        Page page = open();
        scrubTo(page, 59_000);
        picture(page);
        double x = ((Number) page.evaluate("() => thicket.map.xs[7]")).doubleValue();
        double y = ((Number) page.evaluate("() => thicket.map.ys[7]")).doubleValue();

        page.locator("#map").click(new com.microsoft.playwright.Locator.ClickOptions().setPosition(x, y));

        assertEquals("n7", page.locator("#panel h2").first().textContent());
    }

    @Test
    void a_finished_run_is_shown_at_its_end() {
        Page page = open();

        assertEquals(240_000_000, ((Number) page.evaluate("() => thicket.moment.us")).intValue());
        until(page, "() => document.getElementById('nodesup').textContent === '9 of 9'", null);
    }

    @Test
    void a_time_in_the_address_is_where_the_page_opens() {
        Page page = pages.open(SERVED.url() + "#t=110.5");

        assertEquals(110_500_000, ((Number) page.evaluate("() => thicket.moment.us")).intValue());
        until(page, "() => document.getElementById('nodesup').textContent === '8 of 9'", null);
    }

    @Test
    void what_is_no_time_in_the_address_is_as_none() {
        Page page = pages.open(SERVED.url() + "#t=-5e3");

        assertEquals(240_000_000, ((Number) page.evaluate("() => thicket.moment.us")).intValue());
    }

    @Test
    void faults_that_hold_at_the_same_time_stand_under_each_other_and_a_click_goes_to_each() {
        Page page = open();

        assertEquals(List.of(0, 1), page.evaluate("() => thicket.marks.bars.map(bar => bar.row)"));
        clickBar(page, 1);
        until(page, "() => thicket.moment.us === 100e6", null);
        assertTrue(page.locator("#marks").getAttribute("title").endsWith(", 01:40 to 02:10"));
        clickBar(page, 0);
        until(page, "() => thicket.moment.us === 60e6", null);
        assertTrue(page.locator("#marks").getAttribute("title").endsWith(", 01:00 to 03:00"));
    }

    /** At its right end: there the bars do not stand over each other. */
    private static void clickBar(Page page, int bar) {
        Object at = page.evaluate("""
                bar => {
                  const { left, top } = document.getElementById('marks').getBoundingClientRect();
                  const its = thicket.marks.bars[bar];
                  return [left + its.right - 2, top + (its.top + its.bottom) / 2];
                }""", bar);
        double[] point = ((List<?>) at)
                .stream().mapToDouble(each -> ((Number) each).doubleValue()).toArray();
        page.mouse().move(point[0], point[1]);
        page.mouse().click(point[0], point[1]);
    }

    @Test
    void faults_beyond_the_eighth_row_share_it_and_each_click_goes_to_the_next() throws IOException {
        Path path = directory.resolve("many.run");
        RecordedRun.into(path, RecordedRun.manyFaults(10));
        try (RunFileReader reader = RunFileReader.open(path);
                ViewServer other = new ViewServer(reader, 0)) {
            Page page = pages.open(other.url());

            assertEquals(
                    List.of(0, 1, 2, 3, 4, 5, 6, 7, 7, 7),
                    page.evaluate("() => thicket.marks.bars.map(bar => bar.row)"));
            for (int second : List.of(17, 18, 19, 17)) {
                clickBar(page, 9);
                until(page, "us => thicket.moment.us === us", second * 1_000_000);
            }
            pages.close();
        }
    }

    @Test
    void a_recording_that_is_cut_off_is_shown_and_says_so() throws IOException {
        Path cut = directory.resolve("cut.run");
        RecordedRun.into(cut);
        byte[] whole = Files.readAllBytes(cut);
        Files.write(cut, Arrays.copyOf(whole, whole.length - 20));
        try (RunFileReader reader = RunFileReader.open(cut);
                ViewServer other = new ViewServer(reader, 0)) {
            Page page = pages.open(other.url());

            assertTrue(page.locator("#banner").textContent().contains("The end of this recording is missing"));
            scrubTo(page, 50_000);
            pages.close();
        }
    }

    @Test
    void a_run_is_shown_while_it_grows() throws IOException {
        try (GrowingRun growing = new GrowingRun(directory.resolve("growing.run"));
                ViewServer other = new ViewServer(growing.source(), 0)) {
            growing.second(1);
            Page page = pages.open(other.url());
            until(page, "() => thicket.moment.us === 1e6", null);

            growing.second(2);
            growing.second(3);

            until(page, "() => thicket.moment.us === 3e6", null);
            assertEquals("true", page.locator("#live").getAttribute("aria-pressed"));
            page.keyboard().press("Home");
            until(page, "() => thicket.moment.us === 0", null);
            growing.second(4);
            until(page, "() => thicket.run.endUs === 4e6", null);
            assertEquals(0, ((Number) page.evaluate("() => thicket.moment.us")).intValue());
            page.keyboard().press("l");
            until(page, "() => thicket.player.following", null);
            growing.second(5);
            growing.source().finish();
            until(page, "() => thicket.run.state === 'done'", null);
            until(page, "() => thicket.moment.us === 5e6", null); // whoever follows sees the end
            pages.close();
        }
    }

    @Test
    void a_live_run_with_a_time_in_the_address_stays_there() throws IOException {
        try (GrowingRun growing = new GrowingRun(directory.resolve("stays.run"));
                ViewServer other = new ViewServer(growing.source(), 0)) {
            growing.second(1);
            growing.second(2);
            Page page = pages.open(other.url() + "#t=1");

            growing.second(3);
            until(page, "() => thicket.run.endUs === 3e6", null);
            assertEquals(1_000_000, ((Number) page.evaluate("() => thicket.moment.us")).intValue());
            assertEquals("false", page.locator("#live").getAttribute("aria-pressed"));
            pages.close();
        }
    }

    /** A simulated node's link to real agents, which no node of the map is. */
    @Test
    void what_comes_from_outside_and_goes_there_is_seen() throws IOException {
        try (GrowingRun growing = new GrowingRun(directory.resolve("outside.run"))) {
            growing.second(1);
            growing.second(2);
            growing.source().finish();
            try (ViewServer other = new ViewServer(growing.source(), 0)) {
                Page page = pages.open(other.url());
                scrubTo(page, 1_290);
                String before = picture(page);
                assertEquals(1, ((Number) page.evaluate("() => thicket.map.shown")).intValue()); // the one on the air
                scrubTo(page, 1_310);
                String after = picture(page);

                assertEquals(2, ((Number) page.evaluate("() => thicket.map.shown")).intValue());
                assertNotEquals(before, after);
                assertTrue(page.locator("#legend").textContent().contains("agents outside"));
                page.click("#tab-events");
                page.locator(".filters label")
                        .filter(new com.microsoft.playwright.Locator.FilterOptions().setHasText("other frames"))
                        .locator("input")
                        .check();
                String events = page.locator("ol.events").textContent();
                assertTrue(events.contains("got from outside data, 90 bytes"), events);
                assertTrue(events.contains("→ outside: acknowledgement, 40 bytes"), events);
                assertTrue(events.contains("got from outside a frame that it cannot open, 30 bytes"), events);
                assertTrue(events.contains("an agent outside, has arrived, 2 hops"), events);
                pages.close();
            }
        }
    }

    /** Who asks the system for less motion sees each frame all the same, standing. */
    @Test
    void frames_stand_where_motion_is_not_wanted() throws IOException {
        try (GrowingRun growing = new GrowingRun(directory.resolve("still.run"))) {
            growing.second(1);
            growing.second(2);
            growing.source().finish();
            try (ViewServer other = new ViewServer(growing.source(), 0)) {
                Page page = pages.open(other.url());
                scrubTo(page, 1_210);
                String moving = picture(page);
                scrubTo(page, 1_290);
                assertNotEquals(moving, picture(page));

                page.emulateMedia(new Page.EmulateMediaOptions().setReducedMotion(ReducedMotion.REDUCE));
                until(page, "() => matchMedia('(prefers-reduced-motion: reduce)').matches", null);
                String still = picture(page);
                assertEquals(1, page.evaluate("() => thicket.map.shown"));
                scrubTo(page, 1_210);
                assertEquals(still, picture(page));
                scrubTo(page, 1_190);
                assertNotEquals(still, picture(page)); // before it is on the air

                page.emulateMedia(new Page.EmulateMediaOptions().setReducedMotion(ReducedMotion.NO_PREFERENCE));
                scrubTo(page, 1_210);
                assertEquals(moving, picture(page));
                pages.close();
            }
        }
    }

    @Test
    void names_are_never_markup() throws IOException {
        try (GrowingRun hostile = new GrowingRun(directory.resolve("hostile.run"))) {
            hostile.second(1);
            hostile.source().finish();
            try (ViewServer other = new ViewServer(hostile.source(), 0)) {
                Page page = pages.open(other.url());
                scrubTo(page, 1_000);
                for (String tab : List.of("details", "events", "packets", "nodes", "links", "counts")) {
                    page.click("#tab-" + tab);
                }
                page.click("#tab-nodes");

                assertTrue(page.locator("#panel").textContent().contains(GrowingRun.HOSTILE));
                assertEquals(0, page.locator("#panel img").count());
                assertNull(page.evaluate("() => window.hacked ?? null"));
                pages.close();
            }
        }
    }
}
