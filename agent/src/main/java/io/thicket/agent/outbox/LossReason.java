package io.thicket.agent.outbox;

/** Why a reading never reached the broker. */
public enum LossReason {
    /** The outbox was full; the oldest reading made room. */
    OUTBOX_FULL,
    /** Older than {@code [outbox] max_age}. */
    TOO_OLD,
    /** A gateway refused it for good. */
    REFUSED,
    /** One reading alone is larger than any message, or than the ways of the last two minutes took. */
    TOO_LARGE,
    /** The node stopped with the reading still in memory. */
    NODE_STOPPED
}
