package io.thicket.sim.bridge;

import io.thicket.agent.senml.JsonWriter;
import java.util.List;

/**
 * What a bridged run was like, beside the figures of every run.
 *
 * @param mostLagMs the furthest that the simulation was behind the clock
 * @param lateSeconds for how long it was more than 0.1 s behind
 * @param refused tasks from outside that found their queue full
 * @param foreignReadings readings of real agents that arrived at the broker
 * @param witnessProblem why the subscriber that counts readings does not hear now, empty if it does
 * @param places what is reachable where
 */
public record BridgeFigures(
        long mostLagMs,
        double lateSeconds,
        long refused,
        long foreignReadings,
        String witnessProblem,
        List<Place> places) {
    /** A simulation that was late for more than this share of a run did not keep up. */
    private static final double LATE_SHARE = 0.05;

    /**
     * One thing that is reachable.
     *
     * @param kind {@code coap}, {@code link}, {@code sensor} or {@code broker}
     * @param node its number, -1 for all gateways
     * @param name of the node, empty for all gateways
     * @param address where
     */
    public record Place(String kind, int node, String name, String address) {}

    public BridgeFigures {
        places = List.copyOf(places);
    }

    /** Whether the machine kept up with real time in a run of {@code seconds}. */
    public boolean keptUp(double seconds) {
        return lateSeconds <= seconds * LATE_SHARE;
    }

    /** The member {@code bridge} of the summary. */
    public void write(JsonWriter json) {
        json.name("bridge").beginObject();
        json.name("mostLagMs").value(mostLagMs);
        json.name("lateSeconds").value(Math.round(lateSeconds * 1e3) / 1e3);
        json.name("refused").value(refused);
        json.name("foreignReadings").value(foreignReadings);
        json.name("witnessProblem").value(witnessProblem.isEmpty() ? null : witnessProblem);
        json.name("places").beginArray();
        for (Place place : places) {
            json.beginObject().name("kind").value(place.kind());
            if (place.node() >= 0) {
                json.name("node").value(place.node()).name("name").value(place.name());
            }
            json.name("address").value(place.address()).endObject();
        }
        json.endArray().endObject();
    }

    /** For a terminal, of a run of {@code seconds}. */
    public String line(double seconds) {
        return "bridge     at most " + mostLagMs + " ms behind the clock, late for "
                + Math.round(lateSeconds * 10) / 10.0 + " s"
                + (keptUp(seconds) ? "" : ": THIS MACHINE DID NOT KEEP UP with real time")
                + (foreignReadings == 0 ? "" : "; " + foreignReadings + " readings of real agents at the broker")
                + (refused == 0 ? "" : "; " + refused + " tasks refused, the queue was full")
                + (witnessProblem.isEmpty() ? "" : "; readings are not counted now: " + witnessProblem);
    }
}
