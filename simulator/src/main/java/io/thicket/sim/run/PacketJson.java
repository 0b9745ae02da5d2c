package io.thicket.sim.run;

import io.thicket.agent.senml.JsonWriter;
import io.thicket.sim.lab.Measured;
import io.thicket.sim.lab.RunFigures;
import java.util.List;

/** What became of each packet, as JSON: an object on a line for each, so that large files can be read line by line. */
public final class PacketJson {
    private PacketJson() {}

    /** The whole file; what is not known is null. */
    public static String of(RunSummary summary) {
        List<String> names = summary.scenario().nodes().names();
        StringBuilder lines = new StringBuilder();
        for (RunFigures.PacketRecord packet : summary.figures().packets()) {
            JsonWriter json = new JsonWriter().beginObject();
            json.name("createdSeconds").value(packet.createdUs() / 1e6);
            json.name("from").value(names.get(packet.from()));
            json.name("to").value(packet.to() < 0 ? "gateway" : names.get(packet.to()));
            json.name("delivered").value(packet.isDelivered());
            json.name("latencyMs");
            Numbers.write(json, packet.isDelivered() ? packet.latencyMs() : Double.NaN);
            json.name("hops");
            Numbers.write(json, packet.isDelivered() ? packet.hops() : Double.NaN);
            json.name("shortestHops");
            Numbers.write(json, packet.shortest() >= 0 ? packet.shortest() : Double.NaN);
            json.name("copies").value(packet.copies());
            json.name("possible").value(packet.possible());
            json.name("values").beginArray();
            for (Measured each : packet.values()) {
                json.beginObject().name("n").value(each.name());
                if (each.unit() != null) {
                    json.name("u").value(each.unit());
                }
                json.name("v").value(each.value()).endObject();
            }
            json.endArray().name("number").value(packet.number());
            json.name("fate").value(packet.outcome().fate().name()).name("why");
            String why = FateText.why(packet.outcome(), names);
            if (why.isEmpty()) {
                json.nullValue();
            } else {
                json.value(why);
            }
            lines.append(json.endObject()).append('\n');
        }
        return lines.toString();
    }
}
