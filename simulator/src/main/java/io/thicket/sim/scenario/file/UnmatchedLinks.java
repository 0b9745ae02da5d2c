package io.thicket.sim.scenario.file;

import io.thicket.sim.scenario.file.MeasuredLinks.Place;
import io.thicket.sim.scenario.file.MeasuredLinks.Row;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Why nothing of a table of links can be used for something that it is there for: which column of which file, and what helps.
 *
 * @param links the table
 * @param nodes the table of places, or null
 * @param name the column with the names of places
 * @param read how many rows the table of links has
 */
record UnmatchedLinks(Path links, @Nullable Path nodes, String name, int read) {
    /** Names or values that a message shows. */
    private static final int SHOWN = 5;

    /** No row has all {@code wanted} values; {@code others} are those that rows had first in the place of one. */
    List<String> where(Map<String, String> wanted, Map<String, Set<String>> others) {
        List<String> words = new ArrayList<>();
        String column = "";
        for (Map.Entry<String, String> each : wanted.entrySet()) {
            words.add(each.getKey() + " = " + each.getValue());
            // Rows that had all before it came furthest: theirs is the value to change.
            column = others.containsKey(each.getKey()) ? each.getKey() : column;
        }
        return List.of(start() + "0 have " + String.join(" and ", words) + " (--where): column " + column + " has "
                + shown(others.getOrDefault(column, Set.of())));
    }

    /** No row is one of a link with a signal. */
    List<String> signal(String... columns) {
        String named = String.join(
                ", ", Stream.of(columns).filter(each -> !each.isEmpty()).toList());
        return List.of(start() + "of 0 there are two names and a signal (columns " + named
                + "): fill them in, one row for each direction");
    }

    /**
     * What {@code rows} lack, all of them.
     *
     * @param from its column, as of {@code to}
     * @param distance its column, empty if there is none
     * @param delivered its column, empty if there is none
     */
    List<String> of(
            List<Row> rows, Map<String, Place> places, String from, String to, String distance, String delivered) {
        List<String> told = new ArrayList<>();
        boolean noDistance = rows.stream().allMatch(row -> Double.isNaN(row.distanceM()));
        boolean noShare = rows.stream().allMatch(row -> Double.isNaN(row.delivered()));
        if (noDistance && !distance.isEmpty()) {
            told.add(start() + "of 0 there is a distance (column " + distance + "): fill in metres"
                    + (nodes == null ? "" : ", or take the column out, so that places of " + nodes + " count"));
        } else if (noDistance && nodes != null) {
            told.add(start() + places(rows, places, from, to));
        } else if (noDistance && noShare) {
            told.add(start()
                    + "of 0 there is a distance: add a column distance_m, or give places with --nodes NODES.csv");
        }
        if (noShare && (noDistance || !delivered.isEmpty())) {
            told.add(start() + "of 0 there is a share delivered"
                    + (delivered.isEmpty() ? ": add a column pdr" : " (column " + delivered + "): fill it in")
                    + ", shares of 0 to 1");
        }
        return told;
    }

    private String places(List<Row> rows, Map<String, Place> places, String from, String to) {
        Set<String> names = new LinkedHashSet<>();
        rows.forEach(row -> names.addAll(List.of(row.from(), row.to())));
        boolean any = rows.stream().anyMatch(row -> places.containsKey(row.from()) && places.containsKey(row.to()));
        if (any) {
            return "of 0 both names (columns " + from + " and " + to + ") have places in " + nodes
                    + " that are not the same: two nodes do not stand at one place";
        }
        return "of 0 both names (columns " + from + " and " + to + ": " + shown(names) + ") are in column " + name
                + " of "
                + nodes + " (" + (places.isEmpty() ? "none with a place" : shown(places.keySet()))
                + "): write the names alike in both files, or add a column distance_m";
    }

    private String start() {
        return links + ": " + read + (read == 1 ? " row" : " rows") + " read, ";
    }

    private static String shown(Collection<String> names) {
        return String.join(", ", names.stream().limit(SHOWN).toList()) + (names.size() > SHOWN ? ", ..." : "");
    }
}
