package io.thicket.sim.demo;

import io.thicket.sim.demo.DemoPicture.NodeLine;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Lays a {@link DemoPicture} out as lines that fit a terminal. Pure: the same picture gives the same lines. */
final class DemoScreen {
    private static final int NARROW = 64;
    private static final int EVENT_LINES = 2;
    private static final String KEYS = "k kill a relay in use   r revive   q quit";

    private final boolean colour;
    private final boolean unicode;

    DemoScreen(boolean colour, boolean unicode) {
        this.colour = colour;
        this.unicode = unicode;
    }

    /** At most {@code rows} lines of at most {@code columns} visible characters. */
    List<String> lines(DemoPicture picture, int rows, int columns) {
        List<String> head = head(picture);
        List<String> foot = foot(picture, rows, columns);
        int middle = Math.max(0, rows - head.size() - foot.size());
        List<String> screen = new ArrayList<>();
        head.forEach(line -> screen.add(cut(line, columns)));
        screen.addAll(middle(picture, middle, columns));
        foot.forEach(line -> screen.add(cut(line, columns)));
        return screen.size() > rows ? screen.subList(0, rows) : screen;
    }

    private List<String> head(DemoPicture picture) {
        long seconds = picture.elapsedMs() / 1000;
        List<String> lines = new ArrayList<>();
        lines.add(paint(
                "1",
                String.format(
                        Locale.ROOT,
                        "Thicket demo  %d nodes  %02d:%02d  broker %s%s",
                        picture.nodes().size(),
                        seconds / 60,
                        seconds % 60,
                        picture.brokerUrl(),
                        picture.embedded() ? " (built in)" : "")));
        String counts = String.format(
                Locale.ROOT,
                "%d of %d readings arrived  up to %d hops  p50 %d ms  p95 %d ms",
                picture.delivered(),
                picture.offered(),
                picture.maxHops(),
                picture.p50Ms(),
                picture.p95Ms());
        String trouble = (picture.overdue() > 0 ? "  " + picture.overdue() + " overdue" : "")
                + (picture.duplicates() > 0 ? "  " + picture.duplicates() + " twice" : "");
        lines.add(trouble.isEmpty() ? counts : counts + paint("31", trouble));
        return lines;
    }

    private List<String> foot(DemoPicture picture, int rows, int columns) {
        List<String> lines = new ArrayList<>();
        if (rows >= 16) {
            List<String> events = picture.events();
            int from = Math.max(0, events.size() - EVENT_LINES);
            lines.add(rule(columns));
            for (int i = 0; i < EVENT_LINES; i++) {
                lines.add(from + i < events.size() ? paint("33", events.get(from + i)) : "");
            }
        }
        if (rows >= 20) {
            lines.add(paint("1", "Try in another terminal:"));
            picture.hints().forEach(hint -> lines.add("  " + paint("36", hint)));
        }
        lines.add(paint("7", KEYS));
        return lines;
    }

    private List<String> middle(DemoPicture picture, int rows, int columns) {
        boolean narrow = columns < NARROW;
        int left = narrow ? columns : columns / 2;
        List<String> tree = tree(picture.nodes());
        if (tree.size() > rows && rows > 0) {
            int hidden = tree.size() - rows + 1;
            tree = new ArrayList<>(tree.subList(0, rows - 1));
            tree.add("... and " + hidden + " more");
        }
        List<String> lines = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            String line = row < tree.size() ? tree.get(row) : "";
            if (!narrow) {
                String arrival =
                        row < picture.newest().size() ? arrival(picture.newest().get(row)) : "";
                line = padded(cut(line, left - 1), left) + cut(arrival, columns - left);
            } else {
                line = cut(line, columns);
            }
            lines.add(line);
        }
        return lines;
    }

    private String arrival(ReadingBook.Arrived reading) {
        String hops = reading.hops() < 0 ? "" : reading.hops() == 1 ? "1 hop" : reading.hops() + " hops";
        return String.format(
                Locale.ROOT,
                "%-4s %8s  %-7s %6d ms",
                reading.node(),
                unicode ? reading.value() : reading.value().replace("\u00b0", ""),
                hops,
                reading.latencyMs());
    }

    /** The routes to the gateway as a tree, then who has none. */
    private List<String> tree(List<NodeLine> nodes) {
        List<String> lines = new ArrayList<>();
        Set<String> shown = new LinkedHashSet<>();
        for (NodeLine node : nodes) {
            if (node.gateway()) {
                shown.add(node.name());
                lines.add(node.up() ? paint("32", node.name()) + " gateway" : paint("31", node.name() + " is dead"));
                branches(nodes, node, "", shown, lines);
            }
        }
        for (NodeLine node : nodes) {
            if (shown.add(node.name())) {
                lines.add(
                        node.up()
                                ? paint("33", node.name() + " looks for a route")
                                : paint("31", node.name() + " is dead"));
            }
        }
        return lines;
    }

    private void branches(List<NodeLine> nodes, NodeLine parent, String indent, Set<String> shown, List<String> lines) {
        List<NodeLine> children = nodes.stream()
                .filter(node -> node.up() && node.nextHop().equals(parent.name()) && !shown.contains(node.name()))
                .toList();
        for (int i = 0; i < children.size(); i++) {
            NodeLine child = children.get(i);
            boolean last = i == children.size() - 1;
            if (!shown.add(child.name())) {
                continue;
            }
            String branch = unicode ? (last ? "\u2514\u2500 " : "\u251c\u2500 ") : (last ? "`- " : "|- ");
            lines.add(indent + branch + paint("32", child.name()));
            branches(nodes, child, indent + (last ? "   " : unicode ? "\u2502  " : "|  "), shown, lines);
        }
    }

    private String rule(int columns) {
        return (unicode ? "\u2500" : "-").repeat(Math.max(0, columns));
    }

    private String paint(String code, String text) {
        return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - visibleLength(text)));
    }

    static int visibleLength(String text) {
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '\u001b') {
                i = text.indexOf('m', i);
            } else {
                length++;
            }
        }
        return length;
    }

    /** The first {@code width} visible characters; escape sequences are kept whole. */
    private static String cut(String text, int width) {
        StringBuilder kept = new StringBuilder();
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '\u001b') {
                int end = text.indexOf('m', i);
                kept.append(text, i, end + 1);
                i = end;
            } else if (length < width) {
                kept.append(text.charAt(i));
                length++;
            }
        }
        return kept.toString();
    }
}
