package io.thicket.sim.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.sim.demo.DemoPicture.NodeLine;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemoScreenTest {
    private static final List<String> HINTS = List.of(
            "mosquitto_sub -V 5 -p 1883 -t 'thicket/v1/+/n/+/data' -v",
            "coap-client-notls -m get coap://127.0.0.1:5683/nodes",
            "coap-client-notls -m get -P coap://127.0.0.1:5683 coap://n11/sensors/air");

    private final DemoScreen plain = new DemoScreen(false, false);

    @Test
    void twelve_nodes_fit_a_screen_of_24_by_80_with_keys_and_hints() {
        List<String> lines = plain.lines(picture(12), 24, 80);

        assertEquals(24, lines.size());
        assertTrue(lines.stream().allMatch(line -> line.length() <= 80));
        assertTrue(lines.get(0).startsWith("Thicket demo  12 nodes  01:05  broker tcp://127.0.0.1:1883"));
        assertEquals("n0 gateway", lines.get(2).substring(0, 10));
        assertTrue(lines.stream().anyMatch(line -> line.contains("`- n11")), "the far end is visible");
        assertTrue(lines.stream().anyMatch(line -> line.contains("n11    21.5 C  6 hops      42 ms")), lines.toString());
        assertTrue(lines.stream().anyMatch(line -> line.endsWith("coap://n11/sensors/air")));
        assertEquals("k kill a relay in use   r revive   q quit", lines.get(23));
    }

    @Test
    void colour_does_not_change_what_is_visible() {
        List<String> coloured = new DemoScreen(true, false).lines(picture(12), 24, 80);
        List<String> without = plain.lines(picture(12), 24, 80);

        for (int i = 0; i < without.size(); i++) {
            assertEquals(
                    without.get(i).stripTrailing(),
                    coloured.get(i).replaceAll("\u001b\\[[0-9]*m", "").stripTrailing());
            assertTrue(DemoScreen.visibleLength(coloured.get(i)) <= 80);
        }
    }

    @Test
    void narrow_and_low_terminals_get_less_and_nothing_is_wider_or_longer() {
        for (int rows = 1; rows < 40; rows++) {
            for (int columns = 1; columns < 120; columns += 7) {
                List<String> lines = new DemoScreen(true, true).lines(picture(30), rows, columns);
                assertTrue(lines.size() <= rows, rows + " rows");
                for (String line : lines) {
                    assertTrue(DemoScreen.visibleLength(line) <= columns, columns + " columns: " + line);
                }
            }
        }
    }

    @Test
    void what_does_not_fit_is_counted() {
        List<String> lines = plain.lines(picture(30), 24, 80);

        assertTrue(lines.stream().anyMatch(line -> line.contains("... and ")));
    }

    @Test
    void the_dead_and_those_without_a_route_are_named_and_a_loop_does_not_hang_the_view() {
        DemoPicture picture = picture(List.of(
                new NodeLine("n0", true, true, "", 0),
                new NodeLine("n1", false, false, "n0", 1),
                new NodeLine("n2", true, false, "", -1),
                new NodeLine("n3", true, false, "n4", 2),
                new NodeLine("n4", true, false, "n3", 2)));

        List<String> lines = plain.lines(picture, 24, 80);

        assertTrue(lines.get(3).startsWith("n1 is dead"));
        assertTrue(lines.get(4).startsWith("n2 looks for a route"));
        assertTrue(lines.get(5).startsWith("n3 looks for a route"));
    }

    private static DemoPicture picture(int nodes) {
        List<NodeLine> lines = new ArrayList<>();
        lines.add(new NodeLine("n0", true, true, "", 0));
        for (int i = 1; i < nodes; i++) {
            lines.add(new NodeLine("n" + i, true, false, "n" + Math.max(0, i - 2), (i + 1) / 2));
        }
        return picture(lines);
    }

    private static DemoPicture picture(List<NodeLine> nodes) {
        return new DemoPicture(
                "tcp://127.0.0.1:1883",
                true,
                "0x5eed",
                65_000,
                nodes,
                List.of(new ReadingBook.Arrived("n11", "n11/1/33", 33, "21.5 \u00b0C", 65_000, 42, 6)),
                330,
                325,
                0,
                0,
                6,
                12,
                240,
                List.of("n3 killed", "healed in 412 ms"),
                HINTS);
    }
}
