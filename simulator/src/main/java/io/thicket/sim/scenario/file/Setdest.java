package io.thicket.sim.scenario.file;

import io.thicket.sim.scenario.ns3.Waypoints;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Movement in ns-2's form: {@code $node_(3) set X_ 12.5} and {@code $ns_ at 10.0 "$node_(3) setdest 50 60 5.0"}. What ns-2's own tool
 * writes beside it for its god, who knows all distances, is left out.
 */
final class Setdest {
    /** Most movements. */
    private static final int MAX_MOVES = 1_000_000;

    private static final String NUMBER = "([-+0-9.eE]+)";
    private static final Pattern PLACE = Pattern.compile("\\$node_\\((\\d{1,6})\\) set ([XYZ])_ " + NUMBER);
    private static final Pattern MOVE = Pattern.compile("\\$ns_ at " + NUMBER + " \"\\$node_\\((\\d{1,6})\\) setdest "
            + NUMBER + " " + NUMBER + " " + NUMBER + "\"");

    private static final Pattern JUMP =
            Pattern.compile("\\$ns_ at " + NUMBER + " \"(\\$node_\\(\\d{1,6}\\) set [XYZ]_ " + NUMBER + ")\"");
    private static final Pattern GOD = Pattern.compile("(set god_|\\$god_) .*|\\$ns_ at " + NUMBER + " \"\\$god_ .*\"");

    private record Move(double atS, double x, double y, double speed) {}

    private static final class Track {
        double x = Double.NaN;
        double y = Double.NaN;
        final List<Move> moves = new ArrayList<>();
    }

    private Setdest() {}

    static Imported read(String text) throws ImportException {
        SortedMap<Integer, Track> tracks = new TreeMap<>();
        ImportProblems problems = new ImportProblems();
        int number = 0;
        int moves = 0;
        for (String raw : text.split("\r\n|\n|\r", -1)) {
            number++;
            // Tcl: a statement may end with a semicolon, behind which there may be a comment.
            String line = raw.strip().replaceAll("\\s+", " ").replaceFirst("( ?;)+ ?(#.*)?$", "");
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            Matcher move = MOVE.matcher(line);
            boolean moving = move.matches();
            if (moving && ++moves > MAX_MOVES) {
                throw new ImportException("more than " + MAX_MOVES + " movements");
            }
            if (!problems.read("line " + number, () -> {
                if (moving) {
                    move(tracks, move);
                } else {
                    still(tracks, line);
                }
            })) {
                break;
            }
        }
        problems.throwIfAny(); // a node whose first place could not be read would be told once more
        return imported(tracks);
    }

    private static void move(SortedMap<Integer, Track> tracks, Matcher move) throws ImportException {
        double x = real(move.group(3));
        double y = real(move.group(4));
        ImportBuilder.requirePlace(x, y);
        Move its = new Move(notNegative("time", move.group(1)), x, y, notNegative("speed", move.group(5)));
        track(tracks, move.group(2)).moves.add(its);
    }

    private static void still(SortedMap<Integer, Track> tracks, String line) throws ImportException {
        Matcher jump = JUMP.matcher(line);
        Matcher place = PLACE.matcher(jump.matches() ? jump.group(2) : line);
        if (jump.matches() && real(jump.group(1)) != 0) {
            throw new ImportException(
                    "a place is set at " + jump.group(1) + " s: nodes do not jump, write setdest with a speed");
        }
        if (place.matches()) {
            double metres = real(place.group(3));
            ImportBuilder.requirePlace(metres, 0);
            set(track(tracks, place.group(1)), place.group(2), metres);
        } else if (!GOD.matcher(line).matches()) {
            throw new ImportException("neither a place nor a movement: " + shortened(line));
        }
    }

    private static Imported imported(SortedMap<Integer, Track> tracks) throws ImportException {
        if (tracks.isEmpty()) {
            throw new ImportException("there is no node in it");
        }
        if (tracks.size() > Scenario.MAX_NODES) {
            throw new ImportException("more than " + Scenario.MAX_NODES + " nodes");
        }
        List<String> names = new ArrayList<>();
        List<List<Waypoints.Point>> paths = new ArrayList<>();
        ImportProblems problems = new ImportProblems();
        for (Map.Entry<Integer, Track> node : tracks.entrySet()) {
            Track track = node.getValue();
            boolean more = problems.read("node " + node.getKey(), () -> {
                if (Double.isNaN(track.x) || Double.isNaN(track.y)) {
                    throw new ImportException("it has no first place");
                }
            });
            if (!more) {
                break;
            }
            names.add("n" + node.getKey());
            paths.add(path(track));
        }
        problems.throwIfAny();
        return new Imported(names, paths, List.of(), List.of(), List.of());
    }

    /** A movement that begins before the last one has ended takes over where the node is then. */
    private static List<Waypoints.Point> path(Track track) {
        List<Waypoints.Point> path = new ArrayList<>();
        path.add(new Waypoints.Point(0, track.x, track.y));
        track.moves.sort(Comparator.comparingDouble(Move::atS));
        for (Move move : track.moves) {
            Waypoints.Point from = cut(path, move.atS);
            double dx = move.x - from.x();
            double dy = move.y - from.y();
            double distance = StrictMath.sqrt(dx * dx + dy * dy);
            if (from.atS() > path.get(path.size() - 1).atS()) {
                path.add(from);
            }
            if (move.speed > 0 && distance > 0) {
                path.add(new Waypoints.Point(move.atS + distance / move.speed, move.x, move.y));
            }
        }
        return path;
    }

    /** Where the path is at that time; what it would have done later is taken off. */
    private static Waypoints.Point cut(List<Waypoints.Point> path, double atS) {
        Waypoints.Point after = null;
        while (path.size() > 1 && path.get(path.size() - 1).atS() > atS) {
            after = path.remove(path.size() - 1);
        }
        Waypoints.Point before = path.get(path.size() - 1);
        if (after == null) {
            return new Waypoints.Point(atS, before.x(), before.y());
        }
        double share = (atS - before.atS()) / (after.atS() - before.atS());
        return new Waypoints.Point(
                atS, before.x() + share * (after.x() - before.x()), before.y() + share * (after.y() - before.y()));
    }

    private static void set(Track track, String axis, double value) {
        switch (axis) {
            case "X" -> track.x = value;
            case "Y" -> track.y = value;
            default -> {} // the height is of no account on a plane
        }
    }

    private static Track track(SortedMap<Integer, Track> tracks, String number) {
        return tracks.computeIfAbsent(Integer.parseInt(number), unused -> new Track());
    }

    private static double real(String text) throws ImportException {
        try {
            double value = Double.parseDouble(text);
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            // The one message below is for all that is wrong.
        }
        throw new ImportException("'" + text + "' is no number");
    }

    /** Before the start nothing moves, and nobody goes backwards. */
    private static double notNegative(String what, String text) throws ImportException {
        double value = real(text);
        if (value < 0) {
            throw new ImportException("the " + what + " " + text + " is less than 0");
        }
        return value;
    }

    private static String shortened(String line) {
        return line.length() <= 60 ? line : line.substring(0, 60) + "...";
    }
}
