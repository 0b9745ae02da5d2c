package io.thicket.sim.lab;

/**
 * What happens to one reception between the radio and the node.
 *
 * @param copies how often the frame is handed up, 1 if nothing goes wrong, 0 if it is not
 * @param delayUs how long the driver keeps it, 0 if it does not
 * @param corrupt whether some of its bits are others, which no checksum of the radio saw
 */
public record Mishap(int copies, long delayUs, boolean corrupt) {
    /** Nothing goes wrong. */
    public static final Mishap NONE = new Mishap(1, 0, false);

    /** It does not come to the node. */
    public static final Mishap LOST = new Mishap(0, 0, false);
}
