package io.thicket.routing.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;

/** What a second without traffic costs a relay, by destinations held: its sweep of the tables, and now and then a HELLO. */
final class IdleCost {
    private static final int NEIGHBORS = 10;

    /** Shorter than a route's life. */
    private static final int SECONDS = 15;

    private static final int RELAYS = 20;

    private IdleCost() {}

    public static void main(String[] arguments) {
        System.out.println("| destinations | CPU of an idle second, us (median) | of one destination, ns |");
        System.out.println("| ---: | ---: | ---: |");
        measure(10_000); // the compiler's turn
        for (int destinations : new int[] {10, 100, 1_000, 10_000}) {
            long ns = measure(destinations);
            System.out.println("| " + destinations + " | " + ns / 1_000 + " | " + ns / destinations + " |");
        }
    }

    private static long measure(int destinations) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long[] costs = new long[RELAYS * SECONDS];
        for (int i = 0; i < RELAYS; i++) {
            Relay relay = new Relay(NEIGHBORS, destinations, 1, OpenCipher::new);
            for (int second = 0; second < SECONDS; second++) {
                long before = threads.getCurrentThreadCpuTime();
                relay.pass(1_000);
                costs[i * SECONDS + second] = threads.getCurrentThreadCpuTime() - before;
            }
            if (relay.routes() != destinations) {
                throw new IllegalStateException("destinations were lost");
            }
        }
        Arrays.sort(costs);
        return costs[costs.length / 2];
    }
}
