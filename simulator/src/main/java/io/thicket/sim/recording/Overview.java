package io.thicket.sim.recording;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What the overview of a run needs of one block: rows of counts, what a person should notice, and what became of packets. */
final class Overview {
    /** Notable events of a whole recording; those behind are still among the events. */
    static final int MAX_NOTES = 20_000;

    /** Rows of a whole run, at most about so many. */
    static final int ROWS = 2_000;

    private static final int COLUMNS = 6;
    static final int OFFERED = 0;
    static final int DELIVERED = 1;
    static final int DROPPED = 2;
    static final int LOST = 3;
    static final int DATA_FRAMES = 4;
    static final int CONTROL_FRAMES = 5;

    private final long rowUs;
    private final StringBuilder rows = new StringBuilder();
    private final List<String> notes = new ArrayList<>();
    private final StringBuilder made = new StringBuilder();
    private final StringBuilder ended = new StringBuilder();
    private final long[] row = new long[COLUMNS];
    private long rowAtUs;
    private int allNotes;

    Overview(long durationUs) {
        rowUs = Math.max(1_000_000, (durationUs / ROWS + 999_999) / 1_000_000 * 1_000_000);
    }

    long rowUs() {
        return rowUs;
    }

    void count(long atUs, int column) {
        turn(atUs);
        row[column]++;
    }

    private void turn(long atUs) {
        long its = atUs / rowUs * rowUs;
        if (its != rowAtUs) {
            rows.append(rowText());
            clearRow();
            rowAtUs = its;
        }
    }

    private void clearRow() {
        Arrays.fill(row, 0);
    }

    private String rowText() {
        StringBuilder text = new StringBuilder();
        long sum = 0;
        text.append('[').append(rowAtUs);
        for (long value : row) {
            text.append(',').append(value);
            sum += value;
        }
        return sum == 0 ? "" : text.append("],").toString();
    }

    void note(CharSequence event) {
        allNotes++;
        if (allNotes <= MAX_NOTES) {
            notes.add(event.toString());
        }
    }

    void made(int packet, int node, int to, long atUs) {
        made.append('[').append(packet).append(',').append(node).append(',');
        made.append(to).append(',').append(atUs).append("],");
    }

    void ended(int packet, long atUs, int hops) {
        ended.append('[').append(packet).append(',').append(atUs);
        ended.append(',').append(hops).append("],");
    }

    /** One JSON object: rows, notes, and packets that were made and that ended (hops -1: lost). */
    String json() {
        return "{\"rows\":[" + trimmed(rows + rowText()) + "],\"notes\":[" + String.join(",", notes) + "],\"made\":["
                + trimmed(made.toString()) + "],\"ended\":[" + trimmed(ended.toString()) + "]}";
    }

    private static String trimmed(String list) {
        return list.endsWith(",") ? list.substring(0, list.length() - 1) : list;
    }

    /** The next block begins. */
    void clear() {
        rows.setLength(0);
        notes.clear();
        made.setLength(0);
        ended.setLength(0);
        clearRow();
    }
}
