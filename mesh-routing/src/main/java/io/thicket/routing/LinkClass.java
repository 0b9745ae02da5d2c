package io.thicket.routing;

/** The kind of a link; it selects the timers of routing.md section 2.6. */
public enum LinkClass {
    ETHERNET,
    WIFI,
    LORA
}
