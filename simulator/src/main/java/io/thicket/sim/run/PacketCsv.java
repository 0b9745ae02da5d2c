package io.thicket.sim.run;

import io.thicket.agent.senml.JsonWriter;
import io.thicket.sim.lab.Measured;
import io.thicket.sim.lab.RunFigures;
import io.thicket.sim.scenario.file.NodePlan;
import java.util.List;
import java.util.stream.Collectors;

/** What became of each packet, as a table. */
public final class PacketCsv {
    private PacketCsv() {}

    /** The whole file; a packet that was not delivered has empty cells. */
    public static String of(RunSummary summary) {
        NodePlan nodes = summary.scenario().nodes();
        StringBuilder csv = new StringBuilder(
                "created_s,from,to,delivered,latency_ms,hops,shortest_hops,copies,possible,values,number,fate,why\n");
        for (RunFigures.PacketRecord packet : summary.figures().packets()) {
            csv.append(packet.createdUs() / 1e6)
                    .append(',')
                    .append(nodes.names().get(packet.from()))
                    .append(',')
                    .append(packet.to() < 0 ? "gateway" : nodes.names().get(packet.to()))
                    .append(',')
                    .append(packet.isDelivered() ? 1 : 0)
                    .append(',')
                    .append(packet.isDelivered() ? Numbers.text(packet.latencyMs()) : "")
                    .append(',')
                    .append(packet.isDelivered() ? String.valueOf(packet.hops()) : "")
                    .append(',')
                    .append(packet.shortest() >= 0 ? String.valueOf(packet.shortest()) : "")
                    .append(',')
                    .append(packet.copies())
                    .append(',')
                    .append(packet.possible() ? 1 : 0)
                    .append(',')
                    .append(CsvCell.of(values(packet.values())))
                    .append(',')
                    .append(packet.number())
                    .append(',')
                    .append(packet.outcome().fate())
                    .append(',')
                    .append(CsvCell.of(FateText.why(packet.outcome(), nodes.names())))
                    .append('\n');
        }
        return csv.toString();
    }

    /** {@code temperature=21.5 Cel;humidity=40 %RH}. */
    private static String values(List<Measured> values) {
        return values.stream()
                .map(each -> each.name() + "=" + JsonWriter.text(each.value())
                        + (each.unit() == null ? "" : " " + each.unit()))
                .collect(Collectors.joining(";"));
    }
}
