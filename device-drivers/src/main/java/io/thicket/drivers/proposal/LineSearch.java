package io.thicket.drivers.proposal;

import io.thicket.drivers.checksum.Checksum;
import java.util.ArrayList;
import java.util.List;

/** Lines of text, also such that were sent with seven bits and parity and heard with eight. */
final class LineSearch {
    private static final double MIN_SHARE = 0.95;
    private static final int MIN_LINES = 2;
    private static final int MAX_LINE = 1024;

    /** 95 printable characters, tabulator and line ends, of 256. */
    private static final double BY_CHANCE = 98.0 / 256;

    private LineSearch() {}

    static List<Proposal> in(Recorded recorded) {
        List<Proposal> proposals = new ArrayList<>();
        read(recorded, "", proposals);
        String parity = parity(recorded);
        if (proposals.isEmpty() && !parity.isEmpty()) {
            read(recorded.sevenBits(), parity, proposals);
        }
        return proposals;
    }

    /** {@code 7E1} or {@code 7O1} if the highest bit of every byte makes its ones even, or odd. */
    private static String parity(Recorded recorded) {
        int even = 0;
        for (int i = 0; i < recorded.size(); i++) {
            even += Integer.bitCount(recorded.at(i)) % 2 == 0 ? 1 : 0;
        }
        int odd = recorded.size() - even;
        boolean clear = Math.max(even, odd) >= MIN_SHARE * recorded.size()
                && Chance.against(Math.max(even, odd), recorded.size(), 0.5) >= Chance.ENOUGH;
        return clear ? even > odd ? "7E1" : "7O1" : "";
    }

    private static void read(Recorded recorded, String format, List<Proposal> proposals) {
        int printable = 0;
        int lines = 0;
        int checked = 0;
        int wrong = 0;
        int begin = 0;
        int longest = 0;
        for (int i = 0; i < recorded.size(); i++) {
            int b = recorded.at(i);
            boolean end = b == '\r' || b == '\n';
            printable += end || b == '\t' || b >= 0x20 && b <= 0x7E ? 1 : 0;
            if (end) {
                if (i > begin) {
                    lines++;
                    longest = Math.max(longest, i - begin);
                    int right = nmea(recorded, begin, i);
                    checked += right > 0 ? 1 : 0;
                    wrong += right < 0 ? 1 : 0;
                }
                begin = i + 1;
            }
        }
        double significance = Chance.against(printable, recorded.size(), BY_CHANCE);
        double share = recorded.size() == 0 ? 0 : (double) printable / recorded.size();
        if (lines < MIN_LINES || share < MIN_SHARE || significance < Chance.ENOUGH || longest > MAX_LINE) {
            return;
        }
        List<String> evidence = new ArrayList<>();
        evidence.add(Math.round(100 * share) + " % of the bytes are printable; by chance at most once in 10^"
                + (long) significance);
        if (!format.isEmpty()) {
            evidence.add("the highest bit is the parity of the others: open the port with " + format);
        }
        boolean sentences = Chance.against(checked, lines, 1.0 / 256) >= Chance.ENOUGH;
        if (sentences) {
            evidence.add(checked + " of " + lines
                    + " lines end with the xor of what is before, as in NMEA 0183: driver nmea0183");
        } else {
            evidence.add("lines have no check that is known: driver text.keyvalue, text.csv, text.json or text.regex");
        }
        double right = sentences ? (double) checked / Math.max(1, checked + wrong) : Proposal.UNCHECKED;
        proposals.add(new Proposal(
                "line",
                share * right,
                format,
                "lines of at most " + longest + " characters" + (sentences ? ", *XX of NMEA 0183" : ""),
                null,
                lines,
                sentences ? wrong : 0,
                evidence,
                FrameText.line()));
    }

    /** 1 if the line is a sentence with the right check, -1 with a wrong one, 0 if it is none. */
    private static int nmea(Recorded recorded, int from, int to) {
        int first = recorded.at(from);
        if (to - from < 6 || first != '$' && first != '!' || recorded.at(to - 3) != '*') {
            return 0;
        }
        byte[] body = recorded.part(from + 1, to - 3);
        int value = Character.digit(recorded.at(to - 2), 16) * 16 + Character.digit(recorded.at(to - 1), 16);
        return value == Checksum.XOR8.over(body, 0, body.length) ? 1 : -1;
    }
}
