package io.thicket.routing;

/** One of a node's own links (an interface, a peer list, a radio), numbered from 0 by its owner. */
public record LinkId(int value) {
    @Override
    public String toString() {
        return "link" + value;
    }
}
