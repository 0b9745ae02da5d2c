package io.thicket.routing;

/** A DATA message's identity end to end: who made it, in which boot, and its number there (from 1). */
public record MessageId(NodeId origin, long epoch, long number) {
    @Override
    public String toString() {
        return origin + "/" + epoch + "/" + number;
    }
}
