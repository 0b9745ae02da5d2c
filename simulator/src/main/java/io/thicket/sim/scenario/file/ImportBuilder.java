package io.thicket.sim.scenario.file;

import io.thicket.agent.config.ProposedName;
import io.thicket.routing.Identity;
import io.thicket.sim.scenario.ns3.Waypoints;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Gathers nodes and links from a foreign file within the bounds of a scenario, and gives every node a name of ours. */
final class ImportBuilder {
    /** Metres of a degree of latitude. */
    private static final double METRES_PER_DEGREE = 111_195;

    private static final double MAX_METRES = 1e7;

    private record Direction(int from, int to) {}

    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> names = new ArrayList<>();
    private final Set<String> taken = new HashSet<>();
    private final List<double @Nullable []> places = new ArrayList<>();
    private final TreeSet<Integer> gateways = new TreeSet<>();
    private final TreeSet<Integer> relays = new TreeSet<>();
    private final Map<Direction, Double> links = new LinkedHashMap<>();
    private boolean geographic;

    /** The number of the node with that foreign id, a new one if it has not been named before. */
    int node(String id, String label) throws ImportException {
        Integer known = numbers.get(id);
        if (known != null) {
            return known;
        }
        if (names.size() == Scenario.MAX_NODES) {
            throw ImportException.full("more than " + Scenario.MAX_NODES + " nodes");
        }
        int number = names.size();
        numbers.put(id, number);
        names.add(nameOf(label, number));
        places.add(null);
        return number;
    }

    boolean knows(String id) {
        return numbers.containsKey(id);
    }

    int count() {
        return names.size();
    }

    /** A place in metres. */
    void place(int node, double x, double y) throws ImportException {
        requirePlace(x, y);
        places.set(node, new double[] {x, y});
    }

    /** Refuses places, in metres, with which distances could not be reckoned any more. */
    static void requirePlace(double x, double y) throws ImportException {
        if (!(Math.abs(x) <= MAX_METRES) || !(Math.abs(y) <= MAX_METRES)) {
            throw new ImportException("a position of " + x + ", " + y + " m");
        }
    }

    /** A place in degrees; a file has either these or metres. */
    void placeDegrees(int node, double latitude, double longitude) throws ImportException {
        if (!(Math.abs(latitude) <= 90) || !(Math.abs(longitude) <= 180)) {
            throw new ImportException("a position of " + latitude + ", " + longitude + " degrees");
        }
        geographic = true;
        places.set(node, new double[] {longitude, latitude});
    }

    void gateway(int node) {
        gateways.add(node);
    }

    void relay(int node) {
        relays.add(node);
    }

    /** One direction of a link. Of several the best counts: they are several radios. */
    void link(int from, int to, double delivery) throws ImportException {
        if (from == to) {
            throw new ImportException("node '" + names.get(from) + "' has a link to itself");
        }
        if (!(delivery >= 0 && delivery <= 1)) {
            throw new ImportException("a link delivers a share of 0 to 1, not " + delivery);
        }
        if (links.size() == Imported.MAX_LINKS) {
            throw ImportException.full("more than " + Imported.MAX_LINKS + " directions of links");
        }
        links.merge(new Direction(from, to), delivery, Math::max);
    }

    Imported build() throws ImportException {
        if (names.isEmpty()) {
            throw new ImportException("there is no node in it");
        }
        List<LinkRow> rows = new ArrayList<>();
        links.forEach((link, delivery) -> {
            if (delivery > 0) {
                rows.add(new LinkRow(link.from(), link.to(), delivery));
            }
        });
        return new Imported(names, paths(), new ArrayList<>(gateways), new ArrayList<>(relays), rows);
    }

    /** Nodes without a place stand in the middle of the others; null if no node has one. */
    private @Nullable List<List<Waypoints.Point>> paths() {
        if (geographic) {
            bringTogether();
        }
        List<double[]> placed = places.stream().filter(Objects::nonNull).toList();
        if (placed.isEmpty()) {
            return null;
        }
        double middleX = middle(placed, 0);
        double middleY = middle(placed, 1);
        // Towns are small: a plane that touches the middle is exact to a metre.
        double scaleX = geographic ? METRES_PER_DEGREE * StrictMath.cos(StrictMath.toRadians(middleY)) : 1;
        double scaleY = geographic ? METRES_PER_DEGREE : 1;
        double originX = geographic ? middleX : 0;
        double originY = geographic ? middleY : 0;
        List<List<Waypoints.Point>> paths = new ArrayList<>();
        for (double[] place : places) {
            double x = place == null ? middleX : place[0];
            double y = place == null ? middleY : place[1];
            paths.add(List.of(new Waypoints.Point(0, (x - originX) * scaleX, (y - originY) * scaleY)));
        }
        return paths;
    }

    /** The mean; of degrees the median, since a node that does not know where it is says 0, 0, and all would be distorted for it. */
    private double middle(List<double[]> placed, int axis) {
        return geographic
                ? placed.stream().mapToDouble(place -> place[axis]).sorted().toArray()[placed.size() / 2]
                : placed.stream().mapToDouble(place -> place[axis]).sum() / placed.size();
    }

    /** Counts longitudes around their mean direction: the mean of 179 and -179 degrees as numbers is on the other side of the earth. */
    private void bringTogether() {
        double east = 0;
        double north = 0;
        for (double[] place : places) {
            if (place != null) {
                east += StrictMath.sin(StrictMath.toRadians(place[0]));
                north += StrictMath.cos(StrictMath.toRadians(place[0]));
            }
        }
        double middle = StrictMath.toDegrees(StrictMath.atan2(east, north));
        for (double[] place : places) {
            if (place != null) {
                place[0] = Longitudes.near(middle, place[0]);
            }
        }
    }

    private String nameOf(String label, int number) {
        String proposed = ProposedName.of(label);
        String base = proposed.isEmpty() ? "n" + number : proposed;
        String wanted = base;
        for (int next = number; !taken.add(wanted); next++) {
            String suffix = "-" + next;
            wanted = base.substring(0, Math.min(base.length(), Identity.MAX_NAME_LENGTH - suffix.length())) + suffix;
        }
        return wanted;
    }
}
