package io.thicket.sim.run;

import io.thicket.sim.lab.RunFigures;
import io.thicket.sim.scenario.file.FaultPlan;
import java.util.List;
import java.util.Locale;

/** The pictures of a report, as SVG; each stands beside a table that says the same. */
final class ReportCharts {
    /** So that letters of 11 can be read where a phone shows all of it. */
    private static final int WIDTH = 480;

    private static final int HEIGHT = 150;
    private static final int LEFT = 44;
    private static final int BOTTOM = 20;
    private static final int COLUMNS = 120;

    /** What the text at the end of an axis may take. */
    private static final int LAST_TEXT = 70;

    private ReportCharts() {}

    /** Packets by the time when they were made: arrived, not arrived, never possible; faults behind them. */
    static String delivery(RunSummary summary) {
        double endUs = summary.simulatedSeconds() * 1e6; // of a run that was ended early, before that of its scenario
        int[][] counts = new int[COLUMNS][3];
        int most = 1;
        for (RunFigures.PacketRecord packet : summary.figures().packets()) {
            int[] column = counts[(int) Math.min(COLUMNS - 1, packet.createdUs() * COLUMNS / endUs)];
            column[packet.isDelivered() ? 0 : packet.possible() ? 1 : 2]++;
            most = Math.max(most, column[0] + column[1] + column[2]);
        }
        StringBuilder svg = begin("Packets by the time when they were made");
        for (FaultPlan fault : summary.scenario().faults()) {
            boolean began = fault.atMs() * 1e3 < endUs;
            if (began && fault.kind() != FaultPlan.Kind.INSIDER) {
                double untilUs = Math.min(endUs, fault.untilMs() * 1e3);
                bar(svg, "fault", x(fault.atMs() * 1e3 / endUs), 0, (untilUs - fault.atMs() * 1e3) / endUs * plot(), 1);
            }
        }
        String[] kinds = {"good", "bad", "none"};
        for (int i = 0; i < COLUMNS; i++) {
            double from = 0;
            for (int kind = 0; kind < kinds.length; kind++) {
                double share = counts[i][kind] / (double) most;
                bar(svg, kinds[kind], x(i / (double) COLUMNS), from, plot() / COLUMNS - 0.4, share);
                from += share;
            }
        }
        axes(svg, "0", Integer.toString(most), "0 s", Numbers.text(endUs / 1e6) + " s");
        return svg.append("</svg>").toString();
    }

    /** Share of what arrived at that age or younger; the axis of time is logarithmic from 1 ms. */
    static String latency(List<Double> ascendingMs) {
        StringBuilder svg = begin("Share of the delivered packets by their latency");
        double longest = Math.max(10, ascendingMs.isEmpty() ? 10 : ascendingMs.get(ascendingMs.size() - 1));
        double decades = StrictMath.log10(longest);
        svg.append("<polyline class=\"line\" points=\"");
        int step = Math.max(1, ascendingMs.size() / 400);
        for (int i = 0; i < ascendingMs.size(); i += step) {
            point(svg, ascendingMs.get(i), (i + 1.0) / ascendingMs.size(), decades);
        }
        if (!ascendingMs.isEmpty()) {
            point(svg, longest, 1, decades);
        }
        svg.append("\"/>");
        for (double ms = 10; ms < longest; ms *= 10) {
            double along = x(StrictMath.log10(ms) / decades);
            if (along > WIDTH - LAST_TEXT) {
                break;
            }
            String at = number(along);
            svg.append("<text text-anchor=\"middle\" x=\"")
                    .append(at)
                    .append("\" y=\"")
                    .append(HEIGHT - 4);
            svg.append("\">").append(HtmlText.escaped(span(ms))).append("</text>");
        }
        axes(svg, "0 %", "100 %", "1 ms", span(longest));
        return svg.append("</svg>").toString();
    }

    private static void point(StringBuilder svg, double ms, double share, double decades) {
        double along = StrictMath.log10(Math.max(1, ms)) / decades;
        svg.append(number(x(along))).append(',').append(number(y(share))).append(' ');
    }

    static String span(double ms) {
        return ms < 1_000 ? Numbers.text(Math.rint(ms)) + " ms" : Numbers.text(Math.rint(ms / 100) / 10) + " s";
    }

    private static StringBuilder begin(String what) {
        return new StringBuilder("<svg role=\"img\" viewBox=\"0 0 " + WIDTH + " " + HEIGHT + "\" aria-label=\""
                + HtmlText.escaped(what) + "\"><title>" + HtmlText.escaped(what) + "</title>");
    }

    private static void bar(StringBuilder svg, String kind, double left, double from, double width, double share) {
        if (share > 0) {
            svg.append("<rect class=\"").append(kind).append("\" x=\"").append(number(left));
            svg.append("\" y=\"").append(number(y(from + share))).append("\" width=\"");
            svg.append(number(Math.max(1, width))).append("\" height=\"");
            svg.append(number(y(from) - y(from + share))).append("\"/>");
        }
    }

    private static void axes(StringBuilder svg, String low, String high, String first, String last) {
        svg.append("<path class=\"axis\" d=\"M").append(LEFT).append(" 4V").append(HEIGHT - BOTTOM);
        svg.append('H').append(WIDTH - 4).append("\"/>");
        text(svg, "end", LEFT - 4, HEIGHT - BOTTOM, low);
        text(svg, "end", LEFT - 4, 14, high);
        text(svg, "start", LEFT, HEIGHT - 4, first);
        text(svg, "end", WIDTH - 4, HEIGHT - 4, last);
    }

    private static void text(StringBuilder svg, String anchor, int x, int y, String text) {
        svg.append("<text text-anchor=\"")
                .append(anchor)
                .append("\" x=\"")
                .append(x)
                .append("\" y=\"")
                .append(y);
        svg.append("\">").append(HtmlText.escaped(text)).append("</text>");
    }

    private static double plot() {
        return WIDTH - LEFT - 4.0;
    }

    private static double x(double share) {
        return LEFT + share * plot();
    }

    private static double y(double share) {
        return HEIGHT - BOTTOM - share * (HEIGHT - BOTTOM - 6);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
