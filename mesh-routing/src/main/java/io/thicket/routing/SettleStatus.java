package io.thicket.routing;

/** How a gateway settled a message end to end (E2EACK key 3; the wire value is the ordinal). */
public enum SettleStatus {
    /** The broker acknowledged everything in it. */
    BROKER_ACKED,
    /** The gateway has it on its own disk. */
    STORED,
    /** The gateway had settled it before. */
    DUPLICATE,
    /** The gateway refuses it for good (undecodable); the origin must report it and not repeat it. */
    REFUSED
}
