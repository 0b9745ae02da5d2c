package io.thicket.sim.demo;

import java.util.List;

/**
 * Everything that the view shows, at one moment.
 *
 * @param brokerUrl where data goes
 * @param embedded whether the broker is the demo's own
 * @param seed as text
 * @param elapsedMs since the start
 * @param nodes in order, the gateway first
 * @param newest arrivals, newest first
 * @param offered readings made
 * @param delivered readings at the subscriber
 * @param duplicates readings at the subscriber more than once
 * @param overdue readings of living nodes that are older than 10 s and not at the subscriber
 * @param maxHops of received DATA
 * @param p50Ms latency
 * @param p95Ms latency
 * @param events what happened, newest last
 * @param hints command lines to try in another terminal
 */
record DemoPicture(
        String brokerUrl,
        boolean embedded,
        String seed,
        long elapsedMs,
        List<NodeLine> nodes,
        List<ReadingBook.Arrived> newest,
        int offered,
        int delivered,
        int duplicates,
        int overdue,
        int maxHops,
        long p50Ms,
        long p95Ms,
        List<String> events,
        List<String> hints) {

    DemoPicture {
        nodes = List.copyOf(nodes);
        newest = List.copyOf(newest);
        events = List.copyOf(events);
        hints = List.copyOf(hints);
    }

    /**
     * One node.
     *
     * @param name of the node
     * @param up whether it runs
     * @param gateway whether it is the gateway
     * @param nextHop name of the next node on the way to the gateway, empty if it has no route
     * @param hops to the gateway as its routing says, -1 without a route
     */
    record NodeLine(String name, boolean up, boolean gateway, String nextHop, int hops) {}
}
