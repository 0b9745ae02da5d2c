package io.thicket.routing;

/** Where a message goes: to one node, or to whichever gateway is best. */
public sealed interface Destination {
    /** One node by its NodeId. */
    record Node(NodeId id) implements Destination {}

    /** Any gateway (anycast); the engine pins one. */
    record AnyGateway() implements Destination {}

    /** The one value of {@link AnyGateway}. */
    Destination GATEWAY = new AnyGateway();

    static Destination node(NodeId id) {
        return new Node(id);
    }
}
