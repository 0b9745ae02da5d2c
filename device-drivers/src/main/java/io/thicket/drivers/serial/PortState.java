package io.thicket.drivers.serial;

/** Where a port is in its life: CLOSED, OPENING, SETTLING, READY, LOST, then OPENING again. */
public enum PortState {
    CLOSED,
    OPENING,
    SETTLING,
    READY,
    LOST
}
