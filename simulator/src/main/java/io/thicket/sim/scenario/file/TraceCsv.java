package io.thicket.sim.scenario.file;

import io.thicket.sim.scenario.ns3.Waypoints;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Movement as a table, {@code time,node,x,y}: seconds, a name or number, metres. In between a node goes in a straight line. */
final class TraceCsv {
    private TraceCsv() {}

    /** Puts the ways of the nodes of the table into {@code paths}; the others stay where they are. */
    static void read(Path file, NodeNames names, List<List<Waypoints.Point>> paths) throws ImportException {
        Csv csv = Csv.parse(NetworkImport.text(NetworkImport.content(file)));
        String time = csv.column("time", "time_s");
        csv.column("node");
        csv.column("x");
        csv.column("y");
        Map<Integer, List<Waypoints.Point>> found = new TreeMap<>();
        csv.forEach(row -> {
            double atS = row.requiredNumber(time);
            double x = row.requiredNumber("x");
            double y = row.requiredNumber("y");
            ImportBuilder.requirePlace(x, y);
            int node = names.ofTable(row.requiredText("node"));
            List<Waypoints.Point> path = found.computeIfAbsent(node, unused -> new ArrayList<>());
            if (atS < 0 || !path.isEmpty() && atS <= path.get(path.size() - 1).atS()) {
                throw new ImportException("time " + atS + " is not later than the row of this node before it");
            }
            if (path.isEmpty() && atS > 0) {
                path.add(new Waypoints.Point(0, x, y));
            }
            path.add(new Waypoints.Point(atS, x, y));
        });
        if (found.isEmpty()) {
            throw new ImportException("there are no rows");
        }
        found.forEach(paths::set);
    }
}
