package io.thicket.sim.run;

import io.thicket.sim.lab.RunFigures;
import io.thicket.sim.scenario.file.NodePlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What came of each node's packets, and of its battery, as a table. */
public final class NodeCsv {
    private static final String HEAD =
            "name,role,x,y,made,possible,delivered,p50_ms,p95_ms,mean_hops,joules,charge,lifetime_days,sent_s,heard_s,ran_dry\n";

    private NodeCsv() {}

    /** The whole file; cells of what was not measured are empty. */
    public static String of(RunSummary summary) {
        NodePlan nodes = summary.scenario().nodes();
        List<List<RunFigures.PacketRecord>> bySource = new ArrayList<>();
        for (int i = 0; i < nodes.count(); i++) {
            bySource.add(new ArrayList<>());
        }
        summary.figures().packets().forEach(packet -> bySource.get(packet.from())
                .add(packet));
        Map<Integer, EnergyFigures.Node> batteries = new HashMap<>();
        summary.energy().nodes().forEach(battery -> batteries.put(battery.node(), battery));
        StringBuilder csv = new StringBuilder(HEAD);
        for (int i = 0; i < nodes.count(); i++) {
            csv.append(nodes.names().get(i)).append(',');
            csv.append(nodes.gateways().contains(i) ? "gateway" : nodes.isSensor(i) ? "sensor" : "relay");
            csv.append(',').append(Numbers.text(nodes.positions().x(i, 0)));
            csv.append(',').append(Numbers.text(nodes.positions().y(i, 0)));
            packets(csv, bySource.get(i));
            EnergyFigures.Node battery = batteries.get(i);
            if (battery == null) {
                csv.append(",,,,,,");
            } else {
                cell(csv, battery.usedJ());
                cell(csv, battery.charge());
                cell(csv, battery.lifetimeDays());
                cell(csv, battery.sentS());
                cell(csv, battery.heardS());
                cell(csv, battery.deaths());
            }
            csv.append('\n');
        }
        return csv.toString();
    }

    private static void packets(StringBuilder csv, List<RunFigures.PacketRecord> packets) {
        List<RunFigures.PacketRecord> arrived =
                packets.stream().filter(RunFigures.PacketRecord::isDelivered).toList();
        List<Double> latencies = arrived.stream()
                .map(RunFigures.PacketRecord::latencyMs)
                .sorted()
                .toList();
        cell(csv, packets.size());
        cell(csv, packets.stream().filter(RunFigures.PacketRecord::possible).count());
        cell(csv, arrived.size());
        cell(csv, RunFigures.percentile(latencies, 50));
        cell(csv, RunFigures.percentile(latencies, 95));
        cell(
                csv,
                arrived.stream()
                        .mapToInt(RunFigures.PacketRecord::hops)
                        .average()
                        .orElse(Double.NaN));
    }

    private static void cell(StringBuilder csv, double value) {
        csv.append(',').append(Double.isFinite(value) ? Numbers.text(value) : "");
    }

    private static void cell(StringBuilder csv, long value) {
        csv.append(',').append(value);
    }
}
