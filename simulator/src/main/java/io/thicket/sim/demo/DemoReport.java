package io.thicket.sim.demo;

import io.thicket.sim.kernel.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How a run went.
 *
 * @param lost readings that should have arrived, each with the reason as far as it is known
 * @param healMs from the newest kill until every living node had a route around it; -1 if nothing was killed or it did
 *     not heal
 * @param killed name of the relay that was killed last, empty if none
 * @param unhealed whether the network had its time to heal after that kill and did not
 * @param judged whether the run was long enough to ask for hops; one that was broken off at once is not
 */
record DemoReport(
        int nodes,
        int maxHops,
        int readingsOffered,
        int readingsDelivered,
        int duplicates,
        List<String> lost,
        long healMs,
        long latencyP50Ms,
        long latencyP95Ms,
        long seed,
        String killed,
        boolean unhealed,
        boolean judged) {
    /** What the received DATA must have come over at least. */
    static final int REQUIRED_HOPS = 4;

    DemoReport {
        lost = List.copyOf(lost);
    }

    /** Why the run failed, one sentence each; empty if it did not. */
    List<String> failures() {
        List<String> failures = new ArrayList<>();
        if (judged && readingsDelivered == 0) {
            failures.add("no reading arrived at the subscriber");
        }
        if (!lost.isEmpty()) {
            failures.add(lost.size() + " readings older than 10 s did not arrive");
        }
        if (duplicates > 0) {
            failures.add(duplicates + " readings arrived more than once");
        }
        if (judged && maxHops < REQUIRED_HOPS) {
            failures.add("the farthest reading came over " + maxHops + " hops, not " + REQUIRED_HOPS);
        }
        if (unhealed) {
            failures.add("the network did not heal after " + killed + " was killed");
        }
        return failures;
    }

    boolean ok() {
        return failures().isEmpty();
    }

    /** One JSON object on one line. */
    String toJson() {
        StringBuilder json = new StringBuilder();
        json.append(String.format(
                Locale.ROOT,
                "{\"ok\":%b,\"nodes\":%d,\"maxHops\":%d,\"readingsOffered\":%d,\"readingsDelivered\":%d,\"duplicates\":%d",
                ok(),
                nodes,
                maxHops,
                readingsOffered,
                readingsDelivered,
                duplicates));
        json.append(",\"lost\":").append(strings(lost));
        json.append(",\"healMs\":").append(healMs < 0 ? "null" : Long.toString(healMs));
        json.append(String.format(Locale.ROOT, ",\"latencyMs\":{\"p50\":%d,\"p95\":%d}", latencyP50Ms, latencyP95Ms));
        json.append(",\"killed\":").append(killed.isEmpty() ? "null" : quoted(killed));
        json.append(",\"seed\":").append(quoted(new Seeds(seed).toString()));
        json.append(",\"failures\":").append(strings(failures())).append('}');
        return json.toString();
    }

    /** Lines for people. */
    List<String> toLines() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%d nodes: %d of %d readings at the subscriber, %d duplicates, up to %d hops, latency p50 %d ms, p95 %d ms",
                nodes,
                readingsDelivered,
                readingsOffered,
                duplicates,
                maxHops,
                latencyP50Ms,
                latencyP95Ms));
        if (!killed.isEmpty()) {
            lines.add(
                    healMs < 0
                            ? killed + " was killed; not healed yet"
                            : killed + " was killed; healed in " + healMs + " ms");
        }
        lost.stream().limit(20).forEach(reading -> lines.add("lost: " + reading));
        if (lost.size() > 20) {
            lines.add("lost: and " + (lost.size() - 20) + " more");
        }
        failures().forEach(failure -> lines.add("FAILED: " + failure));
        lines.add(ok() ? "OK" : "NOT OK; the same run again: --seed " + new Seeds(seed));
        return lines;
    }

    private static String strings(List<String> texts) {
        StringBuilder json = new StringBuilder("[");
        for (String text : texts) {
            json.append(json.length() > 1 ? "," : "").append(quoted(text));
        }
        return json.append(']').toString();
    }

    private static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < 0x20) {
                json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }
}
