package io.thicket.gateway.bridge;

import io.thicket.routing.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Which readings of one node the broker has: ranges of seq by epoch. Its text, retained at the broker under {@code published}, is
 * {@code NODEID EPOCH:RANGES EPOCH:RANGES}, for example {@code 0000000000000017 3:1-4711,4713 4:1-12}. After a broker has forgotten its
 * pages there is {@code before=MS} behind the NodeId: of readings taken before that time (ms since 1970) it may have more.
 */
class LedgerPage extends EpochRanges {
    private static final int MAX_TEXT = 16_384;

    /** A claim of readings is not longer unless one page alone is: some 64 nodes with one reading each. */
    static final int MAX_CLAIM_TEXT = 2_048;

    private static final int MAX_CLAIM_LINES = 128;
    private static final long MAX_NUMBER = 0xffff_ffffL;

    /**
     * Gateways that a power cut starts together begin to know within this time. Were each to write all pages anew that say a second
     * more than it doubts itself, fifty gateways would write each page five times.
     */
    static final long SAME_DOUBT_MS = 60_000;

    private static final String BEFORE = "before=";
    private static final int MAX_TIME_DIGITS = 15;
    private static final int NODE_DIGITS = 16;

    /** The NodeId as a number: a search looks at no other object. */
    private final long key;

    /** What may be at the broker although it is not here. */
    Doubt doubt = Doubt.NONE;

    LedgerPage(NodeId node) {
        key = node.value();
    }

    final NodeId node() {
        return new NodeId(key);
    }

    /** The number of {@link #node}. */
    public final long key() {
        return key;
    }

    /** Adds all of this page to {@code other}. */
    void addTo(LedgerPage other) {
        forEach(other::add);
        other.doubt = other.doubt.orLess(doubt);
    }

    /** Whether this page knows of a reading that {@code other} does not, or is without doubt of a time that is worth a message. */
    boolean exceeds(LedgerPage other) {
        boolean doubtsLess = !other.doubt.isNone() && doubt.beforeMs() < other.doubt.beforeMs() - SAME_DOUBT_MS;
        return doubtsLess || hasMoreThan(other);
    }

    /** Gives each reading, at most so many. Returns how many more it might have given. */
    int forEach(int max, BiConsumer<Long, Long> visitor) {
        int[] left = {max};
        forEach((epoch, first, last) -> {
            for (long seq = first; seq <= last && left[0] > 0; seq++) {
                left[0]--;
                visitor.accept(epoch, seq);
            }
        });
        return left[0];
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(node().toString());
        if (!doubt.isNone()) {
            text.append(' ').append(BEFORE).append(doubt.beforeMs());
        }
        String readings = super.toString();
        return readings.isEmpty()
                ? text.toString()
                : text.append(' ').append(readings).toString();
    }

    /** Reads a page; null if the text is none. What others write into the broker must not stop a gateway. */
    static @Nullable LedgerPage parse(String text) {
        if (text.length() > MAX_TEXT) {
            return null;
        }
        String[] words = text.split(" ", -1);
        NodeId node = nodeId(words[0]);
        if (node == null) {
            return null;
        }
        LedgerPage page = new LedgerPage(node);
        int firstEpoch = 1;
        if (words.length > 1 && words[1].startsWith(BEFORE)) {
            page.doubt = new Doubt(digits(words[1].substring(BEFORE.length()), MAX_TIME_DIGITS));
            firstEpoch = 2;
        }
        if (page.doubt.beforeMs() == -1 || words.length > MAX_EPOCHS + firstEpoch) {
            return null;
        }
        for (int i = firstEpoch; i < words.length; i++) {
            int colon = words[i].indexOf(':');
            long epoch = colon < 0 ? -1 : number(words[i].substring(0, colon));
            if (epoch < 0 || !page.addRanges(epoch, words[i].substring(colon + 1))) {
                return null;
            }
        }
        return page;
    }

    /** Reads the pages of a claim, one a line; empty if a line is none or there are more than in any claim. */
    static List<LedgerPage> parseLines(String text) {
        String[] lines = text.length() > MAX_TEXT ? new String[0] : text.split("\n", MAX_CLAIM_LINES + 1);
        if (lines.length > MAX_CLAIM_LINES) {
            return List.of();
        }
        List<LedgerPage> pages = new ArrayList<>();
        for (String line : lines) {
            LedgerPage page = parse(line);
            if (page == null) {
                return List.of();
            }
            pages.add(page);
        }
        return pages;
    }

    private boolean addRanges(long epoch, String text) {
        String[] words = text.split(",", -1);
        if (words.length > MAX_RANGES) {
            return false;
        }
        for (String range : words) {
            int dash = range.indexOf('-');
            long first = number(dash < 0 ? range : range.substring(0, dash));
            long last = dash < 0 ? first : number(range.substring(dash + 1));
            if (first < 0 || last < first) {
                return false;
            }
            add(epoch, first, last);
        }
        return true;
    }

    /** A number of up to 32 bits, -1 for anything else. */
    static long number(String text) {
        long value = digits(text, 10);
        return value > MAX_NUMBER ? -1 : value;
    }

    private static long digits(String text, int most) {
        if (text.isEmpty() || text.length() > most) {
            return -1;
        }
        long value = 0;
        for (int i = 0; i < text.length(); i++) {
            char digit = text.charAt(i);
            if (digit < '0' || digit > '9') {
                return -1;
            }
            value = 10 * value + (digit - '0');
        }
        return value;
    }

    /** NodeIds with spaces between, empty if the text is something else or has more than one claim may. */
    static List<NodeId> nodeIds(String text) {
        int count = (text.length() + 1) / (NODE_DIGITS + 1);
        if (text.length() + 1 != count * (NODE_DIGITS + 1) || count > OwnPublications.NODES_IN_CLAIM) {
            return List.of();
        }
        List<NodeId> nodes = new ArrayList<>(count);
        for (int at = 0; at < text.length(); at += NODE_DIGITS + 1) {
            NodeId node = nodeId(text.substring(at, at + NODE_DIGITS));
            if (node == null || at + NODE_DIGITS < text.length() && text.charAt(at + NODE_DIGITS) != ' ') {
                return List.of();
            }
            nodes.add(node);
        }
        return nodes;
    }

    /** Sixteen hexadecimal digits, null for anything else. */
    static @Nullable NodeId nodeId(@Nullable String text) {
        if (text == null || text.length() != NODE_DIGITS) {
            return null;
        }
        for (int i = 0; i < NODE_DIGITS; i++) {
            char digit = text.charAt(i);
            if ((digit < '0' || digit > '9') && (digit < 'a' || digit > 'f')) {
                return null;
            }
        }
        return NodeId.parse(text);
    }
}
