package io.thicket.drivers.bus;

/** Whether the adapter sends back what is written (half-duplex adapters whose receiver stays on). */
public enum EchoMode {
    /** Find out from the first exchange. */
    AUTO,
    YES,
    NO
}
