package io.thicket.sim.run;

import java.util.Iterator;
import java.util.Map;

/** A run's checks in the form that build servers read: one test case each. */
public final class JunitXml {
    private static final String HEAD = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

    private JunitXml() {}

    /** The whole file. */
    public static String of(RunSummary summary) {
        StringBuilder xml = new StringBuilder(HEAD);
        String suite = summary.scenario().name();
        long failures =
                summary.checks().stream().filter(check -> !check.holds()).count();
        xml.append("<testsuite name=\"")
                .append(escaped(suite))
                .append("\" tests=\"")
                .append(summary.checks().size())
                .append("\" failures=\"")
                .append(failures)
                .append("\" errors=\"0\" time=\"")
                .append(Numbers.text(summary.wallSeconds()))
                .append("\">\n");
        // Build servers take cases of one name for one.
        Iterator<String> names = CheckNames.apart(
                        summary.checks().stream().map(CheckResult::name).toList())
                .iterator();
        for (CheckResult check : summary.checks()) {
            xml.append("  <testcase classname=\"")
                    .append(escaped(suite))
                    .append("\" name=\"")
                    .append(escaped(names.next()))
                    .append('"');
            if (check.holds()) {
                xml.append("/>\n");
            } else {
                xml.append(">\n    <failure message=\"")
                        .append(escaped(check.text()))
                        .append("\">seed 0x")
                        .append(Long.toHexString(summary.scenario().seed()))
                        .append(
                                summary.bridge().isPresent()
                                        ? ", bridged"
                                        : ", trace " + summary.figures().traceHash())
                        .append(escaped(summary.violation().isEmpty() ? "" : "\n" + summary.violation()))
                        .append("</failure>\n  </testcase>\n");
            }
        }
        return xml.append("</testsuite>\n").toString();
    }

    /** Many runs as one suite: a test case for each that failed, by its name, with the reason; the others are one more. */
    public static String of(String suite, int runs, Map<String, String> failures) {
        StringBuilder xml = new StringBuilder(HEAD);
        String name = escaped(suite);
        xml.append("<testsuite name=\"" + name + "\" tests=\"" + (failures.size() + 1) + "\" failures=\""
                + failures.size() + "\" errors=\"0\">\n");
        xml.append("  <testcase classname=\"" + name + "\" name=\"" + Plural.of(runs - failures.size(), "run")
                + " that found nothing\"/>\n");
        failures.forEach((each, reason) -> {
            String first = reason.lines().findFirst().orElse("");
            xml.append("  <testcase classname=\"" + name + "\" name=\"" + escaped(each) + "\">\n    <failure message=\""
                    + escaped(first) + "\">" + escaped(reason) + "</failure>\n  </testcase>\n");
        });
        return xml.append("</testsuite>\n").toString();
    }

    /** A run that could not be, as a suite with one error; {@code why} is told in its first line. */
    public static String error(String suite, String why) {
        String name = escaped(suite);
        String first = why.lines().findFirst().orElse("");
        return HEAD + "<testsuite name=\"" + name + "\" tests=\"1\" failures=\"0\" errors=\"1\">\n"
                + "  <testcase classname=\"" + name + "\" name=\"the run\">\n    <error message=\"" + escaped(first)
                + "\">"
                + escaped(why) + "</error>\n  </testcase>\n</testsuite>\n";
    }

    /** Whether a file that begins like this is one of these. */
    public static boolean isOne(String begin) {
        return begin.startsWith(HEAD + "<testsuite ");
    }

    private static String escaped(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&quot;");
                case '\n' -> out.append("&#10;");
                // XML 1.0 has no other control characters, not even escaped.
                default -> out.append(c < 0x20 ? ' ' : c);
            }
        }
        return out.toString();
    }
}
