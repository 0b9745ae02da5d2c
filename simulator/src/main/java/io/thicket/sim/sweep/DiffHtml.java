package io.thicket.sim.sweep;

import java.util.List;
import java.util.Locale;

/** The page of a comparison. */
final class DiffHtml {
    private static final int WIDTH = 260;
    private static final int MARGIN = 8;

    private static final String HEAD = """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <meta name="viewport" content="width=device-width"><title>A and B</title><style>
            :root{color-scheme:light dark;--t:#1d2522;--d:#5d6a65;--l:#d5dad7;--a:#1f6fb2;--b:#b35a00;--p:#fbfaf7}
            @media(prefers-color-scheme:dark){:root{--t:#e6ece9;--d:#a0ada7;--l:#34403b;--a:#6db3ec;--b:#f0a35a;--p:#121715}}
            body{font:15px/1.5 system-ui,sans-serif;color:var(--t);background:var(--p);max-width:72rem;margin:1.5rem auto;padding:0 1rem}
            table{border-collapse:collapse;font-variant-numeric:tabular-nums}th,td{text-align:left;padding:.15rem .8rem .15rem 0;border-bottom:1px solid var(--l)}
            .a{color:var(--a)}.b{color:var(--b)}line.a,circle.a{stroke:var(--a);fill:var(--a);stroke-width:2}line.b,circle.b{stroke:var(--b);fill:var(--b);stroke-width:2}
            small{color:var(--d)}
            </style></head><body><h1>A and B</h1>
            """;

    private DiffHtml() {}

    static String head(String a, String b) {
        return HEAD + "<p><b class=\"a\">A</b> " + escaped(a) + "<br><b class=\"b\">B</b> " + escaped(b)
                + "</p>\n<table><thead><tr><th>point</th><th>figure</th><th>A</th><th>B</th><th>95 % intervals</th>"
                + "<th>B - A</th><th></th></tr></thead><tbody>\n";
    }

    static void row(StringBuilder html, Comparison its, String a, String b, String difference) {
        html.append("<tr><td>").append(escaped(its.point()));
        html.append("</td><td>").append(escaped(its.figure()));
        html.append("</td><td class=\"a\">")
                .append(a)
                .append("</td><td class=\"b\">")
                .append(b);
        html.append("</td><td>").append(picture(its.a(), its.b()));
        html.append("</td><td>").append(difference).append("</td><td>");
        html.append(its.isSignificant() ? "different" : "").append("</td></tr>\n");
    }

    static String foot(List<String> notes) {
        StringBuilder html = new StringBuilder("</tbody></table>\n");
        notes.forEach(note -> html.append("<p><small>").append(escaped(note)).append("</small></p>\n"));
        return html.append("</body></html>\n").toString();
    }

    private static String picture(Estimate a, Estimate b) {
        double low = Math.min(low(a), low(b));
        double high = Math.max(high(a), high(b));
        double scale = high > low ? (WIDTH - 2 * MARGIN) / (high - low) : 0;
        return "<svg width=\"" + WIDTH + "\" height=\"24\" role=\"img\" aria-label=\"" + Json.text(low) + " to "
                + Json.text(high) + "\">" + bar(a, "a", 7, low, scale) + bar(b, "b", 17, low, scale) + "</svg>";
    }

    private static String bar(Estimate its, String kind, int y, double from, double scale) {
        return String.format(
                Locale.ROOT,
                "<line class=\"%1$s\" x1=\"%2$.1f\" x2=\"%3$.1f\" y1=\"%4$d\" y2=\"%4$d\"/><circle class=\"%1$s\" cx=\"%5$.1f\" cy=\"%4$d\" r=\"3\"/>",
                kind,
                MARGIN + (low(its) - from) * scale,
                MARGIN + (high(its) - from) * scale,
                y,
                MARGIN + (its.mean() - from) * scale);
    }

    private static double low(Estimate its) {
        return Double.isFinite(its.low()) ? its.low() : its.mean();
    }

    private static double high(Estimate its) {
        return Double.isFinite(its.high()) ? its.high() : its.mean();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
