package io.thicket.routing.check;

/** A safety property: it holds after every event, whatever the medium, the faults and the other nodes do. */
public interface Invariant {
    /** The number of section 4.1 and what it says, for the failure's message. */
    String name();

    /** Looks at what the last event changed at {@code touched}. An empty text if all is well, else what is wrong. */
    String check(NetworkState network, int touched);
}
