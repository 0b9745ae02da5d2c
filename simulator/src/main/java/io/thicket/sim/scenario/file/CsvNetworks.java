package io.thicket.sim.scenario.file;

import io.thicket.agent.config.DidYouMean;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tables of links and of places. */
final class CsvNetworks {
    private static final List<String> ROLES = List.of("gateway", "relay", "sensor");

    private CsvNetworks() {}

    /** {@code from,to,pdr}, also with the names that measurement campaigns give these columns; one row is one direction, which has one share. */
    static Imported links(String text) throws ImportException {
        Csv csv = Csv.parse(text);
        String from = csv.column("from", "tx", "source");
        String to = csv.column("to", "rx", "target");
        String delivery = csv.column("pdr", "pdr_mean", "delivery");
        ImportBuilder builder = new ImportBuilder();
        Map<List<String>, Double> shares = new HashMap<>();
        csv.forEach(row -> {
            String fromId = row.requiredText(from);
            String toId = row.requiredText(to);
            double share = row.requiredNumber(delivery); // not measured is not the same as nothing delivered
            Double before = shares.putIfAbsent(List.of(fromId, toId), share);
            if (before != null && before != share) {
                throw new ImportException("the link from '" + fromId + "' to '" + toId + "' is there twice, with "
                        + before + " and with " + share);
            }
            builder.link(builder.node(fromId, fromId), builder.node(toId, toId), share);
        });
        return builder.build();
    }

    /** {@code name,x,y[,role]} in metres, or {@code name,lat,lon[,role]}; a role is one of {@link #ROLES}, or empty for a sensor. */
    static Imported positions(String text) throws ImportException {
        Csv csv = Csv.parse(text);
        String name = csv.column("name", "id", "node");
        PlaceColumns columns = PlaceColumns.of(csv);
        ImportBuilder builder = new ImportBuilder();
        csv.forEach(row -> {
            String id = row.requiredText(name);
            if (builder.knows(id)) {
                throw new ImportException("node '" + id + "' is there twice");
            }
            int node = builder.node(id, id);
            if (!row.text(columns.x()).isEmpty() || !row.text(columns.y()).isEmpty()) {
                double x = row.requiredNumber(columns.x());
                place(builder, node, columns.degrees(), x, row.requiredNumber(columns.y()));
            }
            role(builder, node, row.text("role"));
        });
        return builder.build();
    }

    private static void role(ImportBuilder builder, int node, String role) throws ImportException {
        switch (role) {
            case "gateway" -> builder.gateway(node);
            case "relay" -> builder.relay(node);
            case "sensor", "" -> {
                // What a node is if nothing is said.
            }
            default -> {
                String hint = DidYouMean.hint(role, ROLES);
                throw new ImportException("role '" + role + "' is not one of " + String.join(", ", ROLES)
                        + (hint.isEmpty() ? "" : ": " + hint));
            }
        }
    }

    private static void place(ImportBuilder builder, int node, boolean degrees, double x, double y)
            throws ImportException {
        if (degrees) {
            builder.placeDegrees(node, y, x);
        } else {
            builder.place(node, x, y);
        }
    }
}
