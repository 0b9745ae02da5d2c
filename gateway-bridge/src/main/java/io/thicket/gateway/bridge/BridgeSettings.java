package io.thicket.gateway.bridge;

/**
 * How a bridge behaves.
 *
 * @param noSubscribers meaning of PUBACK 0x10
 * @param window most publications without PUBACK; the broker's receive maximum may lower it
 * @param maxReadings most readings held for the broker
 */
public record BridgeSettings(NoSubscribers noSubscribers, int window, int maxReadings) {
    /** Larger windows do not make the client faster: its in-flight structures are linear. */
    public static final int DEFAULT_WINDOW = 20;

    public static final int DEFAULT_MAX_READINGS = 10_000;

    public static final BridgeSettings DEFAULT =
            new BridgeSettings(NoSubscribers.DELIVERED, DEFAULT_WINDOW, DEFAULT_MAX_READINGS);

    public BridgeSettings {
        if (window < 1 || maxReadings < 1) {
            throw new IllegalArgumentException("window " + window + ", readings " + maxReadings);
        }
    }
}
