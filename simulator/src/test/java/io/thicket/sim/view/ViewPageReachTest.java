package io.thicket.sim.view;

import static io.thicket.sim.view.Pages.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Whether all of the page can be reached, seen and read: on small screens, by the keyboard, dark and light. */
final class ViewPageReachTest {
    @TempDir
    private static Path directory;

    /** Whether nothing of it is beyond the screen or below something else. */
    private static final String WHOLE = """
            id => {
              const its = document.getElementById(id);
              const box = its.getBoundingClientRect();
              return box.top >= 0 && box.bottom <= innerHeight
                && [.05, .5, .95].every(y => its.contains(document.elementFromPoint(box.left + 20, box.top + y * box.height)));
            }""";

    @RegisterExtension
    private static final ServedRun SERVED = new ServedRun();

    @RegisterExtension
    private final Pages pages = new Pages();

    private Page open(int width, int height) {
        return pages.open(SERVED.url() + "#t=40", ColorScheme.LIGHT, width, height);
    }

    private Page open() {
        return open(1280, 860);
    }

    private static String focused(Page page) {
        return (String) page.evaluate("() => document.activeElement.id || document.activeElement.tagName + ' '"
                + " + document.activeElement.textContent");
    }

    private static void standsAt(Page page, double us) {
        page.waitForTimeout(100);
        assertEquals(us, ((Number) page.evaluate("() => thicket.moment.us")).doubleValue());
    }

    @ParameterizedTest
    @CsvSource({"640, 400", "740, 360", "360, 740", "900, 320", "1280, 360", "1280, 800"})
    void nothing_hides_the_search_and_the_tabs(int width, int height) {
        Page page = open(width, height);

        for (String id : List.of("search", "tab-details", "tab-counts", "zoomin", "layout", "legend")) {
            page.locator("#" + id).scrollIntoViewIfNeeded();
            assertEquals(
                    true,
                    page.evaluate(
                            "id => { const its = document.getElementById(id); const box = its.getBoundingClientRect();"
                                    + " return [[box.left + 3, box.top + 3], [box.right - 3, box.bottom - 3]]"
                                    + ".every(([x, y]) => its.contains(document.elementFromPoint(x, y))); }",
                            id),
                    id);
        }
    }

    @ParameterizedTest
    @CsvSource({"640, 400", "740, 360", "360, 740"})
    void a_small_screen_shows_the_map_and_the_tabs_at_once(int width, int height) {
        Page page = open(width, height);

        assertTrue(((Number) page.evaluate("() => document.getElementById('map').clientHeight")).intValue() >= 120);
        assertEquals(
                true,
                page.evaluate(
                        "() => document.getElementById('tab-details').getBoundingClientRect().bottom <= innerHeight"));
    }

    /** Who moves the scrubber looks at the map meanwhile. */
    @ParameterizedTest
    @CsvSource({"360, 740", "390, 844", "360, 640", "768, 1024"})
    void a_phone_held_upright_shows_the_map_and_the_time_line_at_once(int width, int height) {
        Page page = open(width, height);

        for (String id : List.of("map", "scrub", "play")) {
            assertEquals(true, page.evaluate(WHOLE, id), id);
        }
        page.evaluate("() => scrollTo(0, document.scrollingElement.scrollHeight)");
        assertEquals(true, page.evaluate(WHOLE, "scrub"));
        assertEquals(true, page.evaluate("""
                () => document.getElementById('timeline').getBoundingClientRect().bottom <= innerHeight
                  && document.getElementById('plots').getBoundingClientRect().height > 100"""));
    }

    /** So does whoever holds it sideways, with the panel beside it: the map and the time line were never there together. */
    @ParameterizedTest
    @CsvSource({"740, 360", "640, 360", "844, 390", "667, 375"})
    void a_phone_held_sideways_shows_map_time_line_and_panel_at_once(int width, int height) {
        Page page = open(width, height);

        for (String id : List.of("map", "scrub", "play", "panel", "search")) {
            assertEquals(true, page.evaluate(WHOLE, id), id);
        }
        for (String id : List.of("map", "panel")) {
            assertTrue(
                    ((Number) page.evaluate("id => document.getElementById(id).clientHeight", id)).intValue() >= 100,
                    id);
        }
    }

    /** The time line that stays lies over nothing that has the keyboard. */
    @Test
    void what_has_the_keyboard_is_not_under_the_time_line_of_a_phone() {
        Page page = open(390, 844);
        page.click("#tab-nodes");
        page.locator("#tab-nodes").focus();

        assertEquals(true, page.evaluate("""
                async () => {
                  const panel = document.getElementById('panel');
                  panel.focus();
                  const buttons = [...panel.querySelectorAll('button')];
                  for (const each of buttons) {
                    each.focus();
                    const box = each.getBoundingClientRect();
                    if (!each.contains(document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2))) return each.textContent;
                  }
                  return buttons.length > 5;
                }"""));
    }

    @ParameterizedTest
    @CsvSource({"360, 740", "640, 400", "1280, 800"})
    void no_node_of_the_whole_network_lies_under_the_buttons(int width, int height) {
        Page page = open(width, height);
        for (int layout = 0; layout < 2; layout++) {
            page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");

            assertEquals("", page.evaluate("""
                            () => {
                              const map = document.getElementById('map').getBoundingClientRect();
                              const buttons = document.getElementById('zoom').getBoundingClientRect();
                              const { xs, ys, radius } = thicket.map;
                              const around = radius + 8; // with the ring of a chosen one
                              return [...xs].map((x, n) => [n, x, ys[n]]).filter(([, x, y]) => x + around > buttons.left - map.left
                                && y - around < buttons.bottom - map.top || x - around < 0).join(' | ');
                            }"""));
            page.click("#layout");
        }
    }

    @Test
    void a_focused_list_keeps_its_keys() {
        Page page = open();
        page.locator("#speed").focus();

        page.keyboard().press("End");
        page.keyboard().press("n");
        page.keyboard().press("m");
        page.keyboard().press("Shift+ArrowLeft");

        standsAt(page, 40e6);
        assertEquals(false, page.evaluate("() => thicket.map.asTree"));
        assertEquals("300", page.locator("#speed").inputValue());
    }

    @Test
    void the_focused_scrubber_moves_by_its_own_keys() {
        Page page = open();
        page.locator("#scrub").focus();

        page.keyboard().press("ArrowRight");
        until(page, "() => Math.abs(thicket.moment.us - 42.4e6) < 1e4", null); // a hundredth of the run
        page.keyboard().press("PageUp");
        until(page, "() => Math.abs(thicket.moment.us - 66.4e6) < 1e4", null);
        page.keyboard().press("ArrowDown");
        until(page, "() => Math.abs(thicket.moment.us - 64e6) < 1e4", null);
        page.keyboard().press("Home");
        until(page, "() => thicket.moment.us === 0", null);
        assertEquals("10", page.locator("#speed").inputValue());
    }

    @Test
    void a_click_on_the_scrubber_leaves_the_keys_to_the_page() {
        Page page = open();
        page.locator("#scrub").click();
        until(page, "() => Math.abs(thicket.moment.us - 120e6) < 1e6", null);

        page.keyboard().press("End");
        page.keyboard().press("Space");

        assertEquals("BODY", page.evaluate("() => document.activeElement.tagName"));
        until(page, "() => thicket.player.playing || thicket.moment.us < 240e6", null);
    }

    @Test
    void the_focused_panel_scrolls() {
        Page page = open(1280, 500);
        page.click("#tab-counts");
        page.locator("#panel").focus();

        page.keyboard().press("End");
        until(page, "() => document.getElementById('panel').scrollTop > 0", null);
        page.keyboard().press("Home");
        until(page, "() => document.getElementById('panel').scrollTop === 0", null);
        page.keyboard().press("ArrowDown");
        page.keyboard().press("Space");
        until(page, "() => document.getElementById('panel').scrollTop > 0", null);

        standsAt(page, 40e6);
        assertEquals("10", page.locator("#speed").inputValue());
    }

    @Test
    void arrows_go_from_tab_to_tab() {
        Page page = open();
        page.locator("#tab-details").focus();

        page.keyboard().press("ArrowRight");
        page.keyboard().press("ArrowRight");
        assertEquals("tab-packets", focused(page));
        assertEquals("true", page.locator("#tab-packets").getAttribute("aria-selected"));
        page.keyboard().press("End");
        assertEquals("tab-counts", focused(page));
        page.keyboard().press("ArrowRight");
        assertEquals("tab-details", focused(page));
        page.keyboard().press("ArrowLeft");
        page.keyboard().press("Home");
        assertEquals("tab-details", focused(page));

        standsAt(page, 40e6);
        page.keyboard().press("Tab"); // one stop for all of them
        assertEquals("panel", focused(page));
    }

    @Test
    void after_a_click_on_a_tab_arrows_step_through_the_events() {
        Page page = open();
        page.click("#tab-events");

        page.keyboard().press("ArrowRight");

        until(page, "() => thicket.moment.us > 40e6", null);
        assertEquals("true", page.locator("#tab-events").getAttribute("aria-selected"));
    }

    @Test
    void what_was_opened_in_the_panel_has_the_focus() {
        Page page = open();
        page.locator("#search").focus();
        page.keyboard().type("n5");
        page.keyboard().press("Enter");
        assertEquals("H2 n5", focused(page));

        page.locator("#panel li button").first().focus();
        page.keyboard().press("Enter");
        page.waitForSelector("#story");
        assertTrue(focused(page).startsWith("H2 Packet #"), focused(page));
        page.keyboard().press("Tab");
        assertEquals("BUTTON n5", focused(page));

        page.locator("#panel p button").last().focus();
        page.keyboard().press("Enter");
        assertTrue(focused(page).startsWith("FORM"), focused(page));
        page.keyboard().press("Space");
        until(page, "() => thicket.player.playing", null);
    }

    @Test
    void the_heading_keeps_the_focus_while_time_goes_on() {
        Page page = open();
        page.locator("#search").focus();
        page.keyboard().type("n5");
        page.keyboard().press("Enter");
        page.evaluate(
                "() => { window.blurred = 0; document.activeElement.addEventListener('blur', () => window.blurred++); }");

        page.keyboard().press("Space");
        until(page, "() => thicket.moment.us > 50e6", null);

        assertEquals("H2 n5", focused(page));
        assertEquals(0, page.evaluate("() => window.blurred")); // a screen reader would begin anew
    }

    @Test
    void leaving_the_search_with_tab_goes_on_to_the_tabs() {
        Page page = open();
        page.locator("#search").focus();
        page.keyboard().type("n5");

        page.keyboard().press("Tab");

        assertEquals("n5", page.locator("#panel h2").first().textContent());
        assertEquals("tab-details", focused(page));
    }

    @Test
    void an_event_that_was_gone_to_keeps_the_focus() {
        Page page = open();
        page.click("#tab-events");
        page.locator("#panel li.later button").nth(5).focus();
        String at = (String) page.evaluate("() => document.activeElement.closest('li').textContent");

        page.keyboard().press("Enter");

        until(page, "() => thicket.moment.us > 40e6", null);
        page.waitForTimeout(400);
        assertEquals(at, page.evaluate("() => document.activeElement.closest('li')?.textContent"));
        assertEquals("true", page.evaluate("() => document.activeElement.closest('li').getAttribute('aria-current')"));
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void events_before_and_after_the_moment_can_be_read(ColorScheme scheme) {
        Page page = pages.open(SERVED.url() + "#t=70", scheme);
        page.click("#tab-events");
        page.waitForSelector("li.later");

        assertEquals("", page.evaluate("""
                        () => {
                          const numbers = color => color.match(/[0-9.]+/g).map(Number);
                          const light = rgb => rgb.map(each => each / 255).map(each => each <= .04045 ? each / 12.92 : ((each + .055) / 1.055) ** 2.4)
                            .reduce((sum, each, i) => sum + each * [.2126, .7152, .0722][i], 0);
                          const ground = its => { let at = its; while (numbers(getComputedStyle(at).backgroundColor)[3] === 0) at = at.parentElement;
                            return numbers(getComputedStyle(at).backgroundColor).slice(0, 3); };
                          const opacity = its => its === document.body ? 1 : getComputedStyle(its).opacity * opacity(its.parentElement);
                          const contrast = its => {
                            const back = ground(its);
                            const share = opacity(its);
                            const front = numbers(getComputedStyle(its).color).slice(0, 3).map((each, i) => each * share + back[i] * (1 - share));
                            const [one, other] = [light(front), light(back)].sort((a, b) => b - a);
                            return (one + .05) / (other + .05);
                          };
                          return [...document.querySelectorAll('ol.events time, ol.events button')].filter(each => contrast(each) < 4.5)
                            .map(each => contrast(each).toFixed(2) + ' ' + each.parentElement.className + ' ' + each.textContent).join('\\n');
                        }"""));
    }

    @Test
    void the_legend_has_the_ring_of_a_node_without_a_route() {
        Page page = open();

        assertTrue(page.locator("#legend").textContent().contains("no route"));
        assertEquals(
                "dashed",
                page.evaluate("() => getComputedStyle(document.querySelector('#legend i.ring')).borderTopStyle"));
    }
}
