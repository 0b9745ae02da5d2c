package io.thicket.sim.scenario.file;

/**
 * Something that must hold at the end.
 *
 * @param limit the least good value of {@link Kind#DELIVERY}, {@link Kind#BATTERY} and {@link Kind#LIFETIME}, the largest of all others
 * @param withinMs of {@link Kind#DELIVERY}: what is older counts as lost
 * @param percentile of {@link Kind#LATENCY} and {@link Kind#RECOVERY}
 * @param ofPossible of {@link Kind#DELIVERY}: whether packets without any physical way are left out
 */
public record CheckPlan(Kind kind, double limit, long withinMs, double percentile, boolean ofPossible) {
    /** No limit of time. */
    public static final long ANY_TIME = Long.MAX_VALUE;

    /** What is looked at. */
    public enum Kind {
        /** Share of packets delivered. */
        DELIVERY,
        /** A percentile of the time from origin to destination, ms. */
        LATENCY,
        /** Routing loops. */
        LOOPS,
        /** Packets that were delivered once more. */
        DUPLICATES,
        /** Readings that their nodes hold for delivered although the broker never had them. */
        SILENT_LOSSES,
        /** Control frames per node and minute. */
        CONTROL,
        /** After each fault: a percentile, over the sources, of the time that the first packet made then takes, ms. */
        RECOVERY,
        /** Frames handed to the MAC for each delivered packet. */
        COST,
        /** How often a battery ran dry. */
        BATTERY_DEATHS,
        /** Share of charge that is left in the emptiest battery. */
        BATTERY,
        /** Days that a full battery lasts, of the node where that is shortest. */
        LIFETIME
    }
}
