package io.thicket.sim.run;

import io.thicket.sim.scenario.file.ImportException;
import io.thicket.sim.scenario.file.Imported;
import io.thicket.sim.scenario.file.LinkRow;
import io.thicket.sim.scenario.file.NetworkImport;
import io.thicket.sim.scenario.file.NetworkImport.Format;
import io.thicket.sim.scenario.file.NodePlan;
import io.thicket.sim.scenario.file.Scenario;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Which nodes, roles and links an exported network loses: forms of others have no place for everything. It is read back and compared. */
public final class ExportLosses {
    /** More nodes are not listed one by one. */
    private static final int LISTED = 50;

    /** Shares that differ by less are one. */
    private static final double ALIKE = 0.01;

    private ExportLosses() {}

    /** Sentences about {@code text}, which is the network of {@code scenario} in that form; empty if all comes back. */
    public static List<String> of(Scenario scenario, Format format, String text) {
        NodePlan nodes = scenario.nodes();
        Imported back;
        try {
            back = NetworkImport.read(format, text.getBytes(StandardCharsets.UTF_8));
        } catch (ImportException e) {
            return List.of("no scenario can read it: " + e.getMessage());
        }
        // Movement for ns-2 has numbers only.
        List<String> names = format == Format.SETDEST
                ? IntStream.range(0, nodes.count()).mapToObj(i -> "n" + i).toList()
                : nodes.names();
        Set<String> kept = new HashSet<>(back.names());
        List<String> losses = new ArrayList<>();
        List<String> lost = names.stream().filter(name -> !kept.contains(name)).toList();
        if (!lost.isEmpty()) {
            losses.add("nodes without a link are not in it: " + listed(lost));
        }
        if (!names.equals(nodes.names())) {
            losses.add("names are not in it: a scenario that reads it has n0, n1 and so on");
        }
        List<String> gateways = nodes.gateways().stream().map(names::get).toList();
        List<String> relays = IntStream.range(0, nodes.count())
                .filter(nodes.relays()::contains)
                .mapToObj(names::get)
                .toList();
        // Without any, the first node becomes one.
        List<Integer> itsGateways = back.gateways().isEmpty() ? List.of(0) : back.gateways();
        List<String> missing = new ArrayList<>();
        setting("gateways", gateways, itsGateways, back, kept, missing);
        setting("relays", relays, back.relays(), back, kept, missing);
        if (!missing.isEmpty()) {
            losses.add("roles are not in it: write " + String.join(" and ", missing)
                    + " into the [nodes] of a scenario that reads it");
        }
        if (format == Format.NETJSON) {
            links(new NetworkExport(scenario).rows(), nodes, back, losses);
        }
        return losses;
    }

    /** A link of NetJSON is one number for both directions. */
    private static void links(List<LinkRow> rows, NodePlan nodes, Imported back, List<String> losses) {
        Map<List<String>, Double> kept = new HashMap<>();
        for (LinkRow row : back.links()) {
            kept.put(List.of(back.names().get(row.from()), back.names().get(row.to())), row.delivery());
        }
        List<String> oneWay = new ArrayList<>();
        Set<Set<String>> other = new HashSet<>();
        for (LinkRow row : rows) {
            List<String> ends =
                    List.of(nodes.names().get(row.from()), nodes.names().get(row.to()));
            Double delivery = kept.get(ends);
            if (delivery == null) {
                oneWay.add(String.join(" to ", ends));
            } else if (StrictMath.abs(delivery - row.delivery()) >= ALIKE) {
                other.add(Set.copyOf(ends));
            }
        }
        if (!oneWay.isEmpty()) {
            losses.add("links of one direction are not in it: " + listed(oneWay));
        }
        if (!other.isEmpty()) {
            losses.add("a link delivers the same in both directions there, which " + Plural.of(other.size(), "link")
                    + (other.size() == 1 ? " does not" : " do not"));
        }
    }

    /** What a scenario must say of {@code key} to have the nodes {@code wanted} in that role, if it does not have them anyway. */
    private static void setting(
            String key, List<String> wanted, List<Integer> its, Imported back, Set<String> kept, List<String> missing) {
        List<String> possible = wanted.stream().filter(kept::contains).toList();
        Set<String> usual = its.stream().map(back.names()::get).collect(Collectors.toSet());
        if (!usual.equals(Set.copyOf(possible))) {
            missing.add(
                    possible.size() > LISTED
                            ? key + " = [...], its " + possible.size() + ","
                            : key + " = ["
                                    + possible.stream()
                                            .map(name -> "\"" + name + "\"")
                                            .collect(Collectors.joining(", "))
                                    + "]");
        }
    }

    private static String listed(List<String> names) {
        return names.size() <= LISTED
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, LISTED)) + " and " + (names.size() - LISTED) + " more";
    }
}
