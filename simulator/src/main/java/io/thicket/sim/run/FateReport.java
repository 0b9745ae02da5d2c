package io.thicket.sim.run;

import io.thicket.sim.lab.Fate;
import io.thicket.sim.lab.Outcome;
import io.thicket.sim.lab.RunFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The part of a report that says what became of packets that did not arrive. */
final class FateReport {
    /** Packets of each row that are named. */
    private static final int NAMED = 3;

    private record Kind(Fate fate, String reason) implements Comparable<Kind> {
        @Override
        public int compareTo(Kind other) {
            int byFate = fate.compareTo(other.fate);
            return byFate == 0 ? reason.compareTo(other.reason) : byFate;
        }
    }

    private FateReport() {}

    /** A table, if anything did not arrive: each packet is in one row, so that all rows are offered less delivered. */
    static void write(HtmlText html, RunSummary summary) {
        Map<Kind, List<RunFigures.PacketRecord>> byKind = new TreeMap<>();
        for (RunFigures.PacketRecord packet : summary.figures().packets()) {
            if (!packet.isDelivered()) {
                Outcome its = packet.outcome();
                byKind.computeIfAbsent(new Kind(its.fate(), its.reason()), none -> new ArrayList<>())
                        .add(packet);
            }
        }
        if (byKind.isEmpty()) {
            return;
        }
        List<String> names = summary.scenario().nodes().names();
        List<List<String>> rows = new ArrayList<>();
        byKind.forEach((kind, packets) -> rows.add(List.of(
                FateText.of(kind.fate(), kind.reason()), Integer.toString(packets.size()), first(packets, names))));
        html.heading("What became of those that did not arrive")
                .table(List.of("", " packets", "the first ones"), rows)
                .paragraph(
                        "Each packet is in one row. Those that had no way in time are in the rows that say so, unless they were"
                                + " settled; all others are told by the last that happened to them. What origins gave up and is"
                                + " under Delivery counts those, too, that arrived all the same or were made before the counting"
                                + " began. Numbers are those of the page of"
                                + " thicket sim view, and of --packets, which has all of them. Readings that were under way, waited or vanished"
                                + " in an insider are kept by their origins, which would have sent them again.");
    }

    private static String first(List<RunFigures.PacketRecord> packets, List<String> names) {
        List<String> first = packets.stream()
                .limit(NAMED)
                .map(packet -> "#" + packet.number() + " of " + names.get(packet.from()) + " at "
                        + Numbers.text(packet.createdUs() / 1e6) + " s" + at(packet.outcome(), names))
                .toList();
        return String.join("; ", first) + (packets.size() > NAMED ? "; ..." : "");
    }

    private static String at(Outcome outcome, List<String> names) {
        return outcome.node() < 0 ? "" : ", at " + names.get(outcome.node());
    }
}
