package io.thicket.sim.reference;

import java.util.LinkedHashSet;
import java.util.Set;

/** An entry of the route table (RFC 3561 s2, s6.2). {@link AodvTable} alone changes what decides about loops. */
final class AodvRoute {
    /** Who is told when the route breaks; the address plan bounds it too. */
    static final int MAX_PRECURSORS = 64;

    final int destination;
    int seq;
    boolean seqKnown;
    boolean valid;
    int hops;
    int nextHop;

    /** When a valid route becomes invalid, when an invalid one is forgotten. */
    long expiresMs;

    private final LinkedHashSet<Integer> precursors = new LinkedHashSet<>();

    AodvRoute(int destination) {
        this.destination = destination;
    }

    void addPrecursor(int neighbor) {
        if (precursors.size() < MAX_PRECURSORS) {
            precursors.add(neighbor);
        }
    }

    void clearPrecursors() {
        precursors.clear();
    }

    Set<Integer> precursors() {
        return precursors;
    }
}
