package io.thicket.drivers.virtual;

import java.util.Map;

/** Makes what a device sends out of values, in the order and units of its description. */
public interface VirtualFrames {
    /** The numbers that can be set, with those of the example that it writes into. */
    Map<String, Double> values();

    /** The least and the largest number that can be said of that name. */
    double[] range(String name);

    /** The bytes with these values; those that are missing are as in the example. */
    byte[] encode(Map<String, Double> values);
}
