package io.thicket.routing.bench;

import java.util.ArrayList;
import java.util.List;

/** How much heap the tables of one relay take: what is left of the heap after collections, with and without them. */
final class TableMemory {
    private static final int NEIGHBORS = 10;
    private static final int COLLECTIONS = 4;

    private TableMemory() {}

    /** Bytes that a relay takes which holds so many destinations and has forwarded so many messages. */
    static long relayBytes(int destinations, int messages) {
        return relayBytes(destinations, messages, 0);
    }

    /** The same with an alternate for each of {@code alternates} destinations, which are none or all. */
    static long relayBytes(int destinations, int messages, int alternates) {
        List<Relay> kept = new ArrayList<>();
        new Relay(NEIGHBORS, 1, 1, OpenCipher::new).forward(); // classes and constants
        long before = usedBytes();
        Relay relay = new Relay(NEIGHBORS, destinations, 1, OpenCipher::new);
        for (int i = 0; i < messages; i++) {
            relay.forward();
        }
        if (alternates > 0) {
            relay.learnBetter();
        }
        kept.add(relay);
        long bytes = usedBytes() - before;
        if (kept.get(0).routes() != destinations || kept.get(0).alternates() != alternates) {
            throw new IllegalStateException("destinations or alternates were lost");
        }
        return bytes;
    }

    /**
     * What one more destination takes. Measured between two sizes at which the tables for the names of origins, which are bounded
     * and no part of a destination, are full.
     */
    static double eachBytes(boolean alternates) {
        int few = 4_000;
        int many = 10_000;
        long more = relayBytes(many, 0, alternates ? many : 0) - relayBytes(few, 0, alternates ? few : 0);
        return (double) more / (many - few);
    }

    private static long usedBytes() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    /** Prints a table: bytes of a relay by destinations, quiet and with full windows of what it forwarded. */
    public static void main(String[] arguments) {
        System.out.println(
                "| destinations | quiet, bytes | with an alternate each, bytes | after 100 000 messages, bytes |");
        System.out.println("| ---: | ---: | ---: | ---: |");
        relayBytes(10_000, 0, 10_000); // classes and constants
        for (int destinations : new int[] {10, 100, 1_000, 10_000}) {
            long quiet = relayBytes(destinations, 0);
            long alternates = relayBytes(destinations, 0, destinations);
            long busy = relayBytes(destinations, 100_000);
            System.out.println("| " + destinations + " | " + quiet + " | " + alternates + " | " + busy + " |");
        }
        System.out.printf(
                "One more destination: %.1f bytes; with an alternate and a second reason: %.1f bytes%n",
                eachBytes(false), eachBytes(true));
    }
}
