package io.thicket.drivers;

/** How far a value can be trusted. It travels with the value to the broker. */
public enum Quality {
    GOOD,
    UNCERTAIN,
    BAD,
    STALE,
    WARMING_UP
}
