package io.thicket.routing;

/** What is dropped last and sent first when queues fill. */
public enum Priority {
    NORMAL,
    HIGH
}
