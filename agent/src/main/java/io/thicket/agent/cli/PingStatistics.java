package io.thicket.agent.cli;

import io.thicket.agent.senml.JsonWriter;
import java.nio.charset.StandardCharsets;

/** What a run of pings comes to, as ping(8) says it. Another thread may ask when the process is stopped. */
final class PingStatistics {
    private int sent;
    private int answered;
    private long minMs = Long.MAX_VALUE;
    private long maxMs;
    private long sumMs;
    private int minHops = Integer.MAX_VALUE;
    private int maxHops;

    /** One ping: the page of its trace. */
    synchronized void add(JsonView page) {
        sent++;
        if (TraceCommand.isReached(page)) {
            answered++;
            long rttMs = page.number("rttMs", 0);
            minMs = Math.min(minMs, rttMs);
            maxMs = Math.max(maxMs, rttMs);
            sumMs += rttMs;
            minHops = Math.min(minHops, hops(page));
            maxHops = Math.max(maxHops, hops(page));
        }
    }

    static int hops(JsonView page) {
        return Math.max(0, page.list("forth").size() - 1);
    }

    synchronized int answered() {
        return answered;
    }

    private double lossPercent() {
        return sent == 0 ? 0 : Math.round(1_000.0 * (sent - answered) / sent) / 10.0;
    }

    private double averageMs() {
        return Math.round(10.0 * sumMs / Math.max(1, answered)) / 10.0;
    }

    synchronized String text(String node) {
        String first = "--- " + node + " ping statistics ---\n" + sent + " sent, " + answered + " answered, "
                + JsonWriter.text(lossPercent()) + " % loss";
        if (answered == 0) {
            return first;
        }
        String hops = minHops == maxHops ? minHops + "" : minHops + " to " + maxHops;
        return first + "\nrtt min/avg/max = " + minMs + "/" + JsonWriter.text(averageMs()) + "/" + maxMs + " ms, hops "
                + hops;
    }

    synchronized String json(String node) {
        JsonWriter json = new JsonWriter().beginObject();
        json.name("node").value(node);
        json.name("sent").value(sent);
        json.name("answered").value(answered);
        json.name("lossPercent").value(lossPercent());
        json.name("minMs").value(answered == 0 ? -1 : minMs);
        json.name("avgMs").value(answered == 0 ? -1 : averageMs());
        json.name("maxMs").value(answered == 0 ? -1 : maxMs);
        json.name("minHops").value(answered == 0 ? -1 : minHops);
        json.name("maxHops").value(answered == 0 ? -1 : maxHops);
        return new String(json.endObject().toBytes(), StandardCharsets.UTF_8);
    }
}
