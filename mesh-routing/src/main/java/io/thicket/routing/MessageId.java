package io.thicket.routing;

/** A DATA message's identity end to end: who made it, in which boot, and its number there (1 to 2^32 - 1). */
public record MessageId(NodeId origin, long epoch, long number) {
    /**
     * The numbers of a boot, of messages as of readings, begin with a random one of so many. A disk that was lost, or set back to an old image,
     * makes a node use an epoch again, and if nobody is left who can tell it that, only other numbers tell what it sends from what the former
     * boot sent.
     */
    public static final long FIRST_NUMBERS = 1L << 31;

    @Override
    public String toString() {
        return origin + "/" + epoch + "/" + number;
    }
}
