package io.thicket.sim.scenario.file;

import java.util.List;

/**
 * Something that goes wrong at one time, and right again at another.
 *
 * @param nodes whom it strikes, ascending; both ends for faults of a link; none for a loss everywhere
 * @param untilMs when it ends, {@link #NEVER} if it does not
 * @param loss of {@link Kind#LOSS}
 * @param downMs of {@link Kind#FLAP}: how long the link is down each time
 * @param upMs of {@link Kind#FLAP}: how long it is up in between
 * @param oneWay of {@link Kind#PARTITION}: nothing leaves the nodes, but all is heard by them
 * @param misbehaviour of {@link Kind#INSIDER}, in the words of the laboratory
 */
public record FaultPlan(
        Kind kind,
        long atMs,
        long untilMs,
        List<Integer> nodes,
        double loss,
        long downMs,
        long upMs,
        boolean oneWay,
        String misbehaviour) {
    /** A fault that does not end. */
    public static final long NEVER = Long.MAX_VALUE;

    /** What goes wrong. */
    public enum Kind {
        /** Nodes lose power and, when it ends, start again with nothing in memory. */
        CRASH,
        /** Nodes are cut off from all others. */
        PARTITION,
        /** A share of all receptions, or of those between two nodes, fails. */
        LOSS,
        /** The link between two nodes comes and goes. */
        FLAP,
        /** The broker of gateways is away. */
        BROKER,
        /** Nodes that hold the key misbehave, from the start to the end. */
        INSIDER
    }

    public FaultPlan {
        nodes = List.copyOf(nodes);
    }
}
