package io.thicket.routing;

/** Why a DATA message ended here. */
public enum DropReason {
    NO_ROUTE,
    QUEUE_FULL,
    TOO_OLD,
    HOP_LIMIT,
    TOO_LARGE,
    TURN_LIMIT,
    RESTART,
    STALLED
}
