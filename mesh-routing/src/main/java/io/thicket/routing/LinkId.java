package io.thicket.routing;

/** One of a node's own links (an interface, a peer list, a radio), numbered from 0 by its owner. */
public record LinkId(int value) {
    private static final LinkId FIRST = new LinkId(0);

    /** The same object for the first link of all nodes: in a large simulation it is looked at with each frame of each of them. */
    public static LinkId of(int value) {
        return value == 0 ? FIRST : new LinkId(value);
    }

    @Override
    public String toString() {
        return "link" + value;
    }
}
