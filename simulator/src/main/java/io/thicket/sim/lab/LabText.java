package io.thicket.sim.lab;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A report for people and for programs. */
public final class LabText {
    private LabText() {}

    /** Names and values in the order of the report; numbers, texts and maps of numbers. */
    static Map<String, Object> fields(LabReport r) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("scenario", r.scenario());
        map.put("protocol", r.protocol());
        map.put("radio", r.radio());
        map.put("seed", r.seed());
        map.put("nodes", r.nodes());
        map.put("seconds", r.seconds());
        map.put("sent", r.sent());
        map.put("delivered", r.delivered());
        map.put("pdr", r.pdr());
        map.put("pdr2s", r.pdr2s());
        map.put("pdr30s", r.pdr30s());
        map.put("pdr30sLowerBound95", r.lowerBound95());
        map.put("boundNow", r.boundNow());
        map.put("bound30s", r.bound30s());
        map.put("lostOfLiving", r.lostOfLiving());
        map.put("duplicates", r.duplicates());
        map.put("latencyP50Ms", r.latencyP50Ms());
        map.put("latencyP95Ms", r.latencyP95Ms());
        map.put("latencyP99Ms", r.latencyP99Ms());
        map.put("latencyMaxMs", r.latencyMaxMs());
        map.put("hopsMean", r.hopsMean());
        map.put("shortestMean", r.shortestMean());
        map.put("controlPerDelivered", r.controlPerDelivered());
        map.put("framesPerDelivered", r.framesPerDelivered());
        map.put("airFramesPerDelivered", r.airFramesPerDelivered());
        map.put("bytesPerDelivered", r.bytesPerDelivered());
        map.put("airtimeMsPerDelivered", r.airtimeMsPerDelivered());
        map.put("controlPerNodeMinute", r.controlPerNodeMinute());
        map.put("mostControlPerMinute", r.mostControlPerMinute());
        map.put("frames", r.frames());
        map.put("drops", r.drops());
        map.put("macRetryLimit", r.macRetryLimit());
        map.put("macExpired", r.macExpired());
        map.put("macQueueFull", r.macQueueFull());
        map.put("macRetransmissions", r.macRetransmissions());
        map.put("receptionsDestroyed", r.receptionsDestroyed());
        map.put("routeChanges", r.routeChanges());
        map.put("originRepeats", r.originRepeats());
        map.put("originGivenUp", r.originGivenUp());
        map.put("alarms", r.alarms());
        map.put("recoverySurvivors", r.recovery().survivors());
        map.put("recoveryDelivered", r.recovery().delivered());
        map.put("recoveryP50Ms", r.recovery().p50Ms());
        map.put("recoveryP95Ms", r.recovery().p95Ms());
        map.put("recoveryMaxMs", r.recovery().maxMs());
        map.put("recoveryAffected", r.recovery().affected());
        map.put("recoveryAffectedP50Ms", r.recovery().affectedP50Ms());
        map.put("firstDeliveredIn60s", r.firstDeliveredIn60s());
        map.put("floods", r.floods());
        map.put("floodTransmissionsMean", r.floodTransmissionsMean());
        map.put("floodReachMean", r.floodReachMean());
        map.put("events", r.events());
        map.put("wallSeconds", r.wallS());
        map.put("traceHash", r.hash());
        return map;
    }

    /** One JSON object on one line; what cannot be said (no packets) is null. */
    public static String json(LabReport report) {
        StringBuilder out = new StringBuilder();
        value(out, fields(report));
        return out.toString();
    }

    /** A table of a few lines. */
    public static List<String> lines(LabReport r) {
        List<String> lines = new ArrayList<>();
        lines.add(line(
                "%s, %s, %s radio, %d nodes, seed %d, %.0f s counted",
                r.scenario(), r.protocol(), r.radio(), r.nodes(), r.seed(), r.seconds()));
        lines.add(line(
                "delivered  %d of %d = %.5f   within 2 s %.5f   within 30 s %.5f (at least %.5f with 95 %%)",
                r.delivered(), r.sent(), r.pdr(), r.pdr2s(), r.pdr30s(), r.lowerBound95()));
        lines.add(line(
                "bound      at once %.5f   within 30 s %.5f   lost although source and way lived %d   duplicates %d",
                r.boundNow(), r.bound30s(), r.lostOfLiving(), r.duplicates()));
        lines.add(line(
                "latency    p50 %.1f ms   p95 %.1f   p99 %.1f   max %.1f",
                r.latencyP50Ms(), r.latencyP95Ms(), r.latencyP99Ms(), r.latencyMaxMs()));
        lines.add(line(
                "hops       %.3f mean, %.3f shortest   route changes %d",
                r.hopsMean(), r.shortestMean(), r.routeChanges()));
        lines.add(line(
                "each costs %.3f control   %.2f frames (%.2f on the air)   %.0f bytes   %.2f ms of airtime",
                r.controlPerDelivered(),
                r.framesPerDelivered(),
                r.airFramesPerDelivered(),
                r.bytesPerDelivered(),
                r.airtimeMsPerDelivered()));
        lines.add(line(
                "control    %.2f frames per node and minute, %.1f of the busiest node",
                r.controlPerNodeMinute(), r.mostControlPerMinute()));
        lines.add("frames     " + r.frames());
        lines.add(line(
                "mac        %d retransmissions   %d given up   %d expired   %d refused   %d receptions destroyed",
                r.macRetransmissions(), r.macRetryLimit(), r.macExpired(), r.macQueueFull(), r.receptionsDestroyed()));
        lines.add(line(
                "drops      %s   origins repeated %d and gave up %d   alarms %d",
                r.drops(), r.originRepeats(), r.originGivenUp(), r.alarms()));
        if (r.recovery().survivors() > 0) {
            lines.add(line(
                    "recovery   first of %d of %d survivors: p50 %.0f ms   p95 %.0f   max %.0f   of %d next to the dead: p50 %.0f",
                    r.recovery().delivered(),
                    r.recovery().survivors(),
                    r.recovery().p50Ms(),
                    r.recovery().p95Ms(),
                    r.recovery().maxMs(),
                    r.recovery().affected(),
                    r.recovery().affectedP50Ms()));
        }
        lines.add(line("start      %.4f of the sources had delivered after 60 s", r.firstDeliveredIn60s()));
        if (r.floods() > 0) {
            lines.add(line(
                    "floods     %d: %.1f transmissions each, %.1f nodes reached",
                    r.floods(), r.floodTransmissionsMean(), r.floodReachMean()));
        }
        lines.add(line(
                "run        %d events in %.1f s   hash %s",
                r.events(), r.wallS(), r.hash().substring(0, 16)));
        return lines;
    }

    static String line(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    private static void value(StringBuilder out, Object value) {
        if (value instanceof Map<?, ?> map) {
            String separator = "{";
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                out.append(separator).append('"').append(entry.getKey()).append("\":");
                value(out, entry.getValue());
                separator = ",";
            }
            out.append(map.isEmpty() ? "{}" : "}");
        } else if (value instanceof Double number) {
            out.append(Double.isFinite(number) ? String.format(Locale.ROOT, "%.6g", number) : "null");
        } else if (value instanceof Number) {
            out.append(value);
        } else {
            out.append('"').append(value).append('"'); // names of ours: nothing to escape
        }
    }
}
