package io.thicket.sim.view;

import static io.thicket.sim.view.Pages.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.thicket.sim.recording.BlockInfo;
import io.thicket.sim.recording.RunSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names as long as they may be: no place is pushed wider by them, and all of each can be read somewhere. */
final class ViewPageNamesTest {
    @TempDir
    private static Path directory;

    @RegisterExtension
    private static final ServedRun SERVED = new ServedRun(Renamed::new);

    @RegisterExtension
    private final Pages pages = new Pages();

    /** A recording may come from elsewhere: scenarios allow half as long names only. */
    private record Renamed(RunSource its) implements RunSource {
        @Override
        public String header() {
            return Pattern.compile("\"n([0-9])\"")
                    .matcher(its.header())
                    .replaceAll(n -> '"' + name(Integer.parseInt(n.group(1))) + '"');
        }

        @Override
        public List<BlockInfo> blocks() {
            return its.blocks();
        }

        @Override
        public byte[] packedBlock(int number) throws IOException {
            return its.packedBlock(number);
        }

        @Override
        public State state() {
            return its.state();
        }
    }

    /** 64 characters, of which the last ones tell it from others. */
    private static String name(int node) {
        return "w".repeat(50) + "-station-0000" + node;
    }

    @ParameterizedTest
    @CsvSource({"1280, 860", "390, 844"})
    void no_name_makes_the_panel_wider(int width, int height) {
        Page page = pages.open(SERVED.url() + "#t=170", ColorScheme.LIGHT, width, height);
        page.fill("#search", name(5));
        page.keyboard().press("Enter");
        assertFits(page, "a node");
        for (String tab : List.of("events", "packets", "nodes", "links", "counts")) {
            page.click("#tab-" + tab);
            assertFits(page, tab);
        }
        page.click("#tab-links");
        page.locator("#panel tbody tr button").first().click();
        assertFits(page, "a link");
        page.click("#tab-packets");
        page.selectOption("#panel select", "slow");
        assertFits(page, "slow packets");
        page.locator("#panel tbody button").first().click();
        page.waitForSelector("#story");
        assertFits(page, "a packet");
        page.keyboard().press("w");
        page.waitForSelector(".why");
        assertFits(page, "why");
        page.fill("#search", name(6));
        page.keyboard().press("Enter");
        page.getByText("Its events").click();
        assertFits(page, "its events");
    }

    private static void assertFits(Page page, String what) {
        assertEquals(
                "",
                page.evaluate(
                        "() => { const its = document.getElementById('panel');"
                                + " return its.scrollWidth > its.clientWidth ? its.scrollWidth + ' of ' + its.clientWidth : ''; }"),
                what);
        assertEquals(page.viewportSize().width, page.evaluate("() => document.scrollingElement.scrollWidth"), what);
    }

    @Test
    void a_name_that_a_table_shortens_is_whole_under_the_pointer() {
        Page page = pages.open(SERVED.url() + "#t=50");
        page.click("#tab-nodes");

        assertEquals(
                name(3),
                page.locator("#panel tbody tr").nth(3).locator("td").first().getAttribute("title"));
        assertEquals(
                "ellipsis",
                page.locator("#panel tbody td").first().evaluate("its => getComputedStyle(its).textOverflow"));
        assertEquals(
                name(3),
                page.locator("#panel tbody tr").nth(3).locator("td").first().textContent());
    }

    /** What the canvas was told to write, and where: its middle, and how wide it is. */
    @ParameterizedTest
    @CsvSource({"1280, 860", "390, 844"})
    void names_on_the_map_are_shortened_and_inside_of_it(int width, int height) {
        Page page = pages.open(SERVED.url() + "#t=50", ColorScheme.LIGHT, width, height);

        page.evaluate("""
                () => {
                  window.written = [];
                  const { fillText } = CanvasRenderingContext2D.prototype;
                  CanvasRenderingContext2D.prototype.fillText = function (text, x, y) {
                    if (!this.canvas.isConnected) written.push({ text, x, y, half: this.measureText(text).width / 2 });
                    return fillText.call(this, text, x, y);
                  };
                  thicket.map.shape = "";
                  thicket.map.onNeed();
                }""");
        until(page, "() => written.length >= 6", null);

        assertEquals("", page.evaluate("""
                () => {
                  const { clientWidth } = document.getElementById("map");
                  const buttons = document.getElementById("zoom");
                  return written.filter(({ text, x, y, half }) => x - half < 0 || x + half > clientWidth || !text.includes("…")
                    || (y - 11 < buttons.offsetTop + buttons.offsetHeight && x + half > buttons.offsetLeft)
                    || !/0000[0-9]$/.test(text)).map(each => JSON.stringify(each)).join();
                }"""));
    }

    @Test
    void the_whole_name_of_a_node_is_told_under_the_pointer() {
        Page page = pages.open(SERVED.url() + "#t=50");
        Object at = page.evaluate("() => { const box = document.getElementById('map').getBoundingClientRect();"
                + " return [box.left + thicket.map.xs[7], box.top + thicket.map.ys[7]]; }");
        double[] point = ((List<?>) at)
                .stream().mapToDouble(each -> ((Number) each).doubleValue()).toArray();

        page.mouse().move(point[0], point[1]);
        assertEquals(name(7), page.locator("#map").getAttribute("title"));
        page.mouse().move(point[0] - 60, point[1] - 60);
        assertEquals("", page.locator("#map").getAttribute("title"));
        assertTrue(page.locator("#map").getAttribute("aria-label").startsWith("Map at"));
    }
}
