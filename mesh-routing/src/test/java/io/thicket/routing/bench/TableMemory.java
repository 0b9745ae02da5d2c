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
        List<Relay> kept = new ArrayList<>();
        new Relay(NEIGHBORS, 1, 1, OpenCipher::new).forward(); // classes and constants
        long before = usedBytes();
        Relay relay = new Relay(NEIGHBORS, destinations, 1, OpenCipher::new);
        for (int i = 0; i < messages; i++) {
            relay.forward();
        }
        kept.add(relay);
        long bytes = usedBytes() - before;
        if (kept.get(0).routes() != destinations) {
            throw new IllegalStateException("destinations were lost");
        }
        return bytes;
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
                "| destinations | quiet, bytes | each beyond the first ten | after 100 000 messages, bytes |");
        System.out.println("| ---: | ---: | ---: | ---: |");
        relayBytes(10_000, 0); // classes and constants
        long few = relayBytes(10, 0);
        for (int destinations : new int[] {10, 100, 1_000, 10_000}) {
            long quiet = relayBytes(destinations, 0);
            long busy = relayBytes(destinations, 100_000);
            String each = destinations == 10 ? "" : String.valueOf((quiet - few) / (destinations - 10));
            System.out.println("| " + destinations + " | " + quiet + " | " + each + " | " + busy + " |");
        }
    }
}
