package io.thicket.sim.run;

import java.util.List;
import java.util.regex.Pattern;

/** The few forms that a report is made of. Everything that is put in is escaped. */
final class HtmlText {
    private static final Pattern MEASURE = Pattern.compile("[0-9][0-9.]* (?:ms|s|%|ppm|bytes)(?![A-Za-z0-9])");

    /** A cell of more letters is kept wide enough for a few words in a line; rather the table scrolls. */
    private static final int LONG = 30;

    private final StringBuilder out = new StringBuilder();

    HtmlText raw(String markup) {
        out.append(markup).append('\n');
        return this;
    }

    HtmlText heading(String text) {
        return raw("<h2>" + escaped(text) + "</h2>");
    }

    HtmlText paragraph(String text) {
        return raw("<p>" + escaped(text) + "</p>");
    }

    /** A table, which scrolls by itself where it is too wide; columns whose head begins with a space hold numbers. */
    HtmlText table(List<String> heads, List<List<String>> rows) {
        out.append("<div class=\"wide\"><table><thead><tr>");
        for (String head : heads) {
            out.append("<th scope=\"col\"").append(number(head)).append('>');
            out.append(escaped(head.strip())).append("</th>");
        }
        out.append("</tr></thead><tbody>\n");
        for (List<String> row : rows) {
            out.append("<tr>");
            for (int i = 0; i < row.size(); i++) {
                String cell = row.get(i);
                String kind = cell.startsWith("FAILED")
                        ? " class=\"bad\""
                        : cell.length() > LONG ? " class=\"long\"" : number(heads.get(i));
                out.append("<td")
                        .append(kind)
                        .append('>')
                        .append(unbroken(escaped(cell)))
                        .append("</td>");
            }
            out.append("</tr>\n");
        }
        return raw("</tbody></table></div>");
    }

    /** Numbers stay on one line with their units; by markup and not by other spaces, so that what is copied is as it was. */
    private static String unbroken(String escaped) {
        return MEASURE.matcher(escaped).replaceAll("<span>$0</span>");
    }

    private static String number(String head) {
        return head.startsWith(" ") ? " class=\"n\"" : "";
    }

    static String escaped(String text) {
        StringBuilder safe = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '&' -> safe.append("&amp;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.append(c);
            }
        }
        return safe.toString();
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
