package io.thicket.routing.engine;

/**
 * The nodes that the relays of one request reach on one link, by prefix: made once for a question that asks for every
 * neighbour of every neighbour. Heard lists are short arrays, and looking through each relay's again for each of these
 * took 512 x 128 x 64 x 128 steps at the bounds; this takes 64 x 128 to make and one look-up a node.
 */
final class CoveredNodes {
    /** Open addressing, at most half full; 0 is an empty place. */
    private final int[] table;

    private boolean zero;

    CoveredNodes(RouteRequest request, Interface link) {
        int nodes = 0;
        for (Neighbor relay : request.relays) {
            nodes += relay.link == link ? 1 + HeardList.size(relay.heardList) : 0;
        }
        table = new int[Math.max(2, Integer.highestOneBit(Math.max(1, nodes)) * 4)];
        for (Neighbor relay : request.relays) {
            if (relay.link == link) {
                add(relay.id().prefix());
                for (int i = 0; i < HeardList.size(relay.heardList); i++) {
                    add(HeardList.get(relay.heardList, i));
                }
            }
        }
    }

    private void add(int prefix) {
        if (prefix == 0) {
            zero = true;
        } else {
            table[placeOf(prefix)] = prefix;
        }
    }

    boolean contains(int prefix) {
        return prefix == 0 ? zero : table[placeOf(prefix)] == prefix;
    }

    /** How many of this {@link HeardList} are not covered. */
    int missing(int[] reached) {
        int missing = 0;
        for (int i = 0; i < HeardList.size(reached); i++) {
            missing += contains(HeardList.get(reached, i)) ? 0 : 1;
        }
        return missing;
    }

    private int placeOf(int prefix) {
        int place = (prefix * 0x9e3779b1) >>> 1 & table.length - 1;
        while (table[place] != 0 && table[place] != prefix) {
            place = place + 1 & table.length - 1;
        }
        return place;
    }
}
