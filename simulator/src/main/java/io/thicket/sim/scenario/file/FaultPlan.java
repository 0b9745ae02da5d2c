package io.thicket.sim.scenario.file;

import java.util.List;

/**
 * Something that goes wrong at one time, and right again at another.
 *
 * @param nodes whom it strikes, ascending; both ends for faults of a link, of one that is {@code oneWay} who sends and who hears; none for a loss
 *     everywhere
 * @param untilMs when it ends, {@link #NEVER} if it does not
 * @param amount of {@link Kind#LOSS}, {@link Kind#DUPLICATE}, {@link Kind#REORDER} and {@link Kind#CORRUPT}: the share; of {@link
 *     Kind#CLOCK_DRIFT}: millionths, negative for a slow clock; of {@link Kind#NARROW}: bytes of the largest frame that comes through
 * @param downMs of {@link Kind#FLAP}: how long the link is down each time; of {@link Kind#REORDER}: the longest delay; of {@link
 *     Kind#CLOCK_JUMP}: how far, negative for back
 * @param upMs of {@link Kind#FLAP}: how long it is up in between
 * @param oneWay of {@link Kind#PARTITION}: nothing leaves the nodes, but all is heard by them; of {@link Kind#NARROW}: only frames of
 *     the first to the second
 * @param misbehaviour of {@link Kind#INSIDER}, in the words of the laboratory; of {@link Kind#SENSOR}: {@code silent} or {@code
 *     stuck}; of {@link Kind#CRASH}: what becomes of the disk, kept, torn or lost
 */
public record FaultPlan(
        Kind kind,
        long atMs,
        long untilMs,
        List<Integer> nodes,
        double amount,
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
        INSIDER,
        /** A share of the frames is handed up twice. */
        DUPLICATE,
        /** A share of the frames is handed up late, so that others overtake them. */
        REORDER,
        /** A share of the frames has other bits, which no checksum of the radio saw. */
        CORRUPT,
        /** Frames that are larger than others do not come through. */
        NARROW,
        /** Clocks of nodes run fast or slow. */
        CLOCK_DRIFT,
        /** The time of day of nodes is wrong. */
        CLOCK_JUMP,
        /** Sensors say nothing, or always the same. */
        SENSOR,
        /** Nodes cannot write to their disks, so that none of them starts. */
        DISK_FULL
    }

    public FaultPlan {
        nodes = List.copyOf(nodes);
    }

    /** The same once more, from {@code newAtMs} for as long as this one, to {@code struck}. */
    public FaultPlan again(long newAtMs, List<Integer> struck) {
        long newUntilMs = newAtMs + untilMs - atMs;
        return new FaultPlan(kind, newAtMs, newUntilMs, struck, amount, downMs, upMs, oneWay, misbehaviour);
    }

    /** Whether it has no victim; a fault of links that names none is one of all. */
    public boolean strikesNobody() {
        return nodes.isEmpty() && !isOfLinks();
    }

    /** Whether it is one of links, between the two nodes that it names or of all. */
    public boolean isOfLinks() {
        return switch (kind) {
            case LOSS, FLAP, DUPLICATE, REORDER, CORRUPT, NARROW -> true;
            default -> false;
        };
    }
}
